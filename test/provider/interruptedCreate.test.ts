import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user } from "../support/ids";
import { providerHarness, roster } from "../support/providerHarness";
import { rejection } from "../support/rejection";

const alice = user(1);
const RESOURCES = {
  SeatAssignment: { productCode: "on_call", userId: alice },
  SeatRoster: roster({ alice }),
};

for (const [resource, inputs] of Object.entries(RESOURCES)) {
  onEachEntryPoint(
    `a ${resource} with existing: "reject" that was killed after its POST`,
    (entryPoint) => {
      const ctx = providerHarness(resource, 1, entryPoint);

      it('names an interrupted run as the likely reason, and one run with "adopt" as the way out', async () => {
        const rejecting = { ...inputs, existing: "reject" };
        await ctx.provider.check(rejecting);
        ctx.simulator.onRequest = ({ method }) => {
          if (method === "POST") void ctx.provider.stop();
        };
        await rejection(ctx.provider.create(rejecting));
        ctx.simulator.onRequest = undefined;
        expect(ctx.simulator.org.holders("on_call")).to.deep.equal([alice]);

        // What was being created is not in the state.
        await ctx.nextRun();
        await ctx.provider.check(rejecting);
        const { message } = await rejection(ctx.provider.create(rejecting));
        expect(message)
          .to.match(/\binterrupted\b/)
          .and.include('run once with `existing: "adopt"`');

        await ctx.nextRun();
        const adopting = { ...inputs, existing: "adopt" };
        await ctx.provider.check(adopting);
        await ctx.provider.create(adopting);
        expect(ctx.writes()).to.deep.equal([]);
      });
    },
  );
}
