import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { PLUGIN } from "../support/entryPoints";
import { user, users } from "../support/ids";
import { shownKeys } from "../support/secrecy";
import { stackHarness } from "../support/stackHarness";

const SEAT = "datadog-seats:index:SeatAssignment";
const ROSTER = "datadog-seats:index:SeatRoster";
const seat = (n: number, more = {}) => ({
  name: `seat-${n}`,
  productCode: "on_call",
  userId: user(n),
  ...more,
});
const quietly = ["--yes", "--skip-preview"];
const importing = ["--generate-code=false", "--protect=false", ...quietly];

describe("the native plugin", () => {
  const ctx = stackHarness({ entryPoint: "plugin", users: 300 });
  const holders = () => ctx.simulator.org.holders("on_call");
  const methods = () => ctx.simulator.requests.map(({ method }) => method);

  it("imports a roster, and 300 seats by a file, without a write; the next preview shows no change", async () => {
    const { stack, simulator } = ctx;
    for (const id of users(300)) simulator.org.claim("on_call", id);
    for (const id of users(2)) simulator.org.claim("incident_response", id);
    await stack.succeeds("import", ROSTER, "team", "incident_response/roster", ...importing);
    simulator.clearRequests();
    const resources = users(300).map((id, n) => {
      return { type: SEAT, name: `seat-${n + 1}`, id: `on_call/${id}` };
    });
    writeFileSync(join(stack.folder, "import.json"), JSON.stringify({ resources }));
    await stack.succeeds("import", "--file", "import.json", ...importing);
    expect(methods().length).to.be.at.most(4);
    expect(ctx.writes()).to.deep.equal([]);

    await stack.declare(...users(300).map((_, n) => seat(n + 1)));
    const [roster] = (await stack.seats()).filter(({ type }) => type.endsWith("SeatRoster"));
    const { members } = { ...roster?.outputs } as { members: Record<string, string> };
    expect(Object.values(members)).to.have.members(users(2));
    await stack.declareRosters({ name: "team", productCode: "incident_response", members });
    await stack.preview("--refresh", "--expect-no-changes");

    const nobody = `incident_response/${user(9)}`;
    expect(await stack.fails("import", SEAT, "wrong", nobody, ...importing)).to.include(
      `User ${user(9)} holds no incident_response seat.`,
    );
  });

  describe("with an explicit provider for each of two orgs", () => {
    const both = [seat(1, { provider: "us" }), seat(1, { name: "in-eu", provider: "eu" })];
    let eu: Simulator;

    beforeEach(async () => {
      eu = await Simulator.start({
        keys: { apiKey: "eu-api-key-0123", appKey: "eu-app-key-4567" },
      });
      for (const id of users(3)) eu.org.addUser(id);
      eu.org.product("on_call");
      await ctx.stack.declareProviders({ us: ctx.simulator, eu });
    });
    afterEach(() => eu.stop());

    it("owns the seats of both, one of them by the option `import`, but not one that it looks up, and holds the keys encrypted only", async () => {
      for (const id of users(2, 2)) ctx.simulator.org.claim("on_call", id);
      const [imported, lookedUp] = [{ import: `on_call/${user(2)}` }, { get: true }];
      await ctx.stack.declare(...both, seat(2, imported), seat(3, lookedUp));
      await ctx.stack.up();
      expect(eu.org.holders("on_call")).to.deep.equal([user(1)]);
      expect(ctx.writes()).to.deep.equal([`POST on_call ${user(1)}`]);
      const state = ctx.stack.stateText();
      for (const { keys } of [ctx.simulator, eu]) expect(shownKeys(state, keys)).to.deep.equal([]);
      expect(state).to.include('"ciphertext"');
      await ctx.stack.refresh();
      await ctx.stack.destroy();
      expect([holders(), eu.org.holders("on_call")]).to.deep.equal([[user(3)], []]);
    });

    it("fails for the one whose keys are wrong, and refuses an unknown argument in the preview", async () => {
      eu.keys.apiKey = "another-key";
      await ctx.stack.declare(...both);
      expect(await ctx.stack.fails("up", ...quietly, "--continue-on-error")).to.match(
        /Could not list the on_call seats: .*403.*`pulumi-resource-datadog-seats doctor` tells/,
      );
      expect(holders()).to.deep.equal([user(1)]);
      await ctx.stack.declareProviders({ us: ctx.simulator, eu }, { pagesize: "10" });
      expect(await ctx.stack.fails("preview")).to.include(
        'Unknown argument "pagesize" of the provider datadog-seats: did you mean "pageSize"?',
      );
    });
  });

  it("says in a preview what it will adopt", async () => {
    ctx.simulator.org.claim("on_call", user(1));
    await ctx.stack.declare(seat(1), seat(2));
    expect(await ctx.stack.preview()).to.include(
      `Will adopt the on_call seat that user ${user(1)}`,
    );
    expect(ctx.writes()).to.deep.equal([]);
  });

  it("sends nothing more after Ctrl-C, and the next run goes on from there", async () => {
    await ctx.stack.declare(...users(200).map((_, n) => seat(n + 1)));
    const run = ctx.stack.start("up", ...quietly, "--parallel", "4");
    // Ctrl-C comes while a write waits for the rate limit.
    const limited = { method: "POST", status: 429, headers: { "x-ratelimit-reset": "5" } } as const;
    ctx.simulator.onRequest = ({ method, status }) => {
      if (status === 429) process.kill(run.pid, "SIGINT");
      else if (method === "POST" && ctx.simulator.count("POST") === 2) {
        ctx.simulator.faults.add(limited);
      }
    };
    const { code, output } = await run.result;
    expect(code).to.not.equal(0);
    ctx.simulator.onRequest = undefined;
    expect(output).to.include("the run was cancelled");
    expect((await ctx.stack.owned()).length).to.equal(holders().length);
    expect(holders().length).to.be.lessThan(200);
    await ctx.stack.up();
    expect(holders()).to.deep.equal(users(200));
  });

  it("says what it is when it is started by hand", () => {
    const { status, stderr, stdout } = spawnSync(process.execPath, [PLUGIN], { encoding: "utf8" });
    expect([status, stdout]).to.deep.equal([1, ""]);
    expect(stderr).to.include("is a plugin that Pulumi starts by itself").and.include("plugins:");
  });
});
