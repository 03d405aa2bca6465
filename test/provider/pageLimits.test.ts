import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user, users } from "../support/ids";
import { providerHarness } from "../support/providerHarness";
import { rejection } from "../support/rejection";

const seat = (n: number) => ({ productCode: "on_call", userId: user(n) });
const id = (n: number) => `on_call/${user(n)}`;

onEachEntryPoint("the seats of more users than a page holds", (entryPoint) => {
  const ctx = providerHarness("SeatAssignment", 10, entryPoint);
  const hold = (count: number) => {
    for (const userId of users(count)) ctx.simulator.org.claim("on_call", userId);
  };
  const gets = () => ctx.simulator.count("GET");

  const limits = [
    { does: "allows pages of 1,000", pageLimit: { max: 1000, above: "capped" }, refresh: 3 },
    { does: "caps pages at 100", pageLimit: { max: 100, above: "capped" }, refresh: 13 },
    { does: "refuses more than 100", pageLimit: { max: 100, above: 400 }, refresh: 13 },
  ] as const;
  for (const { does, pageLimit, refresh } of limits) {
    it(`are refreshed in ${refresh} requests where Datadog ${does}, and adopted`, async () => {
      Object.assign(ctx.simulator.behaviour, { pageLimit });
      hold(1200);
      const reads = users(1200)
        .slice(1000)
        .map((_, n) => ctx.provider.read(id(1001 + n), seat(1001 + n)));
      const found = await Promise.all(reads);
      expect(found.map((one) => one.id)).to.deep.equal(
        users(1200)
          .slice(1000)
          .map((one) => `on_call/${one}`),
      );
      expect((await ctx.provider.read(id(1201), seat(1201))).id).to.equal("");
      expect(gets()).to.equal(refresh);
      expect((await ctx.provider.create(seat(1100))).outputs).to.include({ adopted: true });
      expect(ctx.writes()).to.deep.equal([]);
    });
  }

  for (const page of [2, 5]) {
    it(`are found where page ${page} of 1,000 is refused`, async () => {
      hold(5100);
      ctx.simulator.faults.add({ method: "GET", page, status: 400 });
      expect((await ctx.provider.read(id(5050), seat(5050))).outputs).to.include(seat(5050));
      expect((await ctx.provider.read(id(5101), seat(5101))).id).to.equal("");
      expect(gets()).to.equal(1 + page + 51);
    });
  }

  it("are neither dropped nor assigned where a page is longer than asked for", async () => {
    hold(120);
    const data = users(1001).map((one) => ({ id: one, type: "seat-users" }));
    const tooLong = { method: "GET", status: 200, body: { data, meta: {} } } as const;
    ctx.simulator.faults.add({ ...tooLong, times: 2 });
    for (const call of [
      () => ctx.provider.read(id(110), seat(110)),
      () => ctx.provider.create(seat(121)),
    ]) {
      expect((await rejection(call())).message).to.include("although at most 100 were asked for");
    }
    expect(ctx.writes()).to.deep.equal([]);
    expect((await ctx.provider.read(id(110), seat(110))).id).to.equal(id(110));
  });
});
