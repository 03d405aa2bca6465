import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { user } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const program = `import * as pulumi from "@pulumi/pulumi";
import { SeatAssignment, SeatRoster } from "pulumi-datadog-seats";
const secret = pulumi.secret;
new SeatAssignment("alice", { productCode: "on_call", userId: secret("${alice}") });
new SeatRoster("one", { productCode: "on_call", members: { bob: secret("${bob}") } });
new SeatRoster("all", { productCode: "incident_response", members: secret({ carol: "${carol}" }) });
`;

describe("the UUIDs of users that are secrets", () => {
  const ctx = stackHarness({ users: 3 });

  async function expectSecrets() {
    const resources = await ctx.stack.seats();
    const state = new Map(resources.map((resource) => [resource.urn.split("::").at(-1), resource]));
    const { id, ...rest } = state.get("alice") ?? {};
    expect(id).to.equal(`on_call/${alice}`);
    expect(JSON.stringify(rest)).to.not.include(alice);
    expect(JSON.stringify(state.get("one"))).to.not.include(bob);
    expect(JSON.stringify(state.get("all"))).to.not.include(carol);
  }

  it("show in the id of a SeatAssignment, and nowhere in the state of a SeatRoster", async () => {
    writeFileSync(join(ctx.stack.folder, "index.ts"), program);
    await ctx.stack.up();
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([alice, bob]);
    expect(ctx.simulator.org.holders("incident_response")).to.deep.equal([carol]);

    await expectSecrets();
    await ctx.stack.refresh();
    await expectSecrets();
    await ctx.stack.preview("--expect-no-changes");
  });
});
