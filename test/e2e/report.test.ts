// The command `datadog-seats report`, with states that the real CLI keeps.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Report } from "../../provider/src/cli/reportText";
import { pulumiEnvironment } from "../../scripts/pulumi-cli/environment";
import { anyPulumiBin } from "../../scripts/pulumi-cli/install";
import { PulumiProject } from "../../scripts/pulumi-cli/project";
import { Simulator } from "../../simulator/src";
import { type CommandOptions, datadogSeats } from "../support/command";
import { pointingAt } from "../support/connection";
import { user } from "../support/ids";
import { dynamic, plugin, resource, stateOf } from "../support/ownedStates";

const [alice, bob, carol, dave] = [user(1), user(2), user(3), user(4)];
const [eve, frank, grace, heidi] = [user(5), user(6), user(7), user(8)];

/** Counted by hand: 3 unmanaged (Eve, Frank, Grace), Carol's seat of on_call owned twice, Heidi's missing. */
const holders = {
  on_call: [alice, bob, carol, dave, eve, frank],
  incident_response: [alice, bob, grace],
};
const stacks = {
  seats: {
    sre: [
      [dynamic, `on_call/${alice}`],
      [dynamic, `incident_response/${alice}`],
    ],
    platform: [[dynamic, `on_call/${bob}`, `on_call/${carol}`]],
    web: [[dynamic, `incident_response/${bob}`]],
  },
  apps: {
    support: [[dynamic, `on_call/${carol}`]],
    ops: [
      [plugin, `on_call/${dave}`],
      [plugin, `incident_response/${heidi}`],
    ],
  },
};

describe("the command datadog-seats report", () => {
  let simulator: Simulator;
  let folder: string;
  const run = (line: string, options: CommandOptions = {}) =>
    datadogSeats(["report", ...line.split(" ")], {
      environment: pointingAt(simulator),
      folder,
      ...options,
    });

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const [product, ids] of Object.entries(holders)) {
      for (const id of ids) simulator.org.claim(product, id);
    }
    folder = mkdtempSync(join(tmpdir(), "seats-report-"));
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await simulator.stop();
  });

  /** Makes the five stacks, each in the folder of its project, and returns the environment of their backend. */
  async function makeStacks(): Promise<NodeJS.ProcessEnv> {
    const bin = await anyPulumiBin();
    const environment = {
      ...pulumiEnvironment(bin, join(folder, ".home")),
      ...pointingAt(simulator),
    };
    for (const [project, byName] of Object.entries(stacks)) {
      const cwd = join(folder, project);
      mkdirSync(cwd);
      writeFileSync(join(cwd, "Pulumi.yaml"), `name: ${project}\nruntime: nodejs\n`);
      const pulumi = new PulumiProject(bin, cwd, environment);
      for (const [name, resources] of Object.entries(byName)) {
        const state = resources.map(([module = "", ...seats], n) =>
          resource(project, name, `${name}-${n}`, module, ...seats),
        );
        writeFileSync(join(cwd, "state.json"), stateOf(...state));
        await pulumi.succeeds("stack", "init", name);
        await pulumi.succeeds("stack", "import", "--stack", name, "--file", "state.json");
      }
    }
    return environment;
  }

  it("agrees with a count by hand over all stacks of a backend", async () => {
    const environment = await makeStacks();
    const options = { environment, folder: join(folder, "seats") };
    const line = "-p on_call incident_response --all-stacks";
    const { code, stdout, stderr } = await run(`${line} --json`, options);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    const { products, seats, unread } = JSON.parse(stdout) as Report;
    expect(products).to.deep.equal([
      { productCode: "on_call", held: 6, unmanaged: 2, owned: 4, twice: 1, missing: 0 },
      { productCode: "incident_response", held: 3, unmanaged: 1, owned: 3, twice: 0, missing: 1 },
    ]);
    expect(unread).to.deep.equal([]);
    const found = (finding: "unmanaged" | "twice" | "missing") =>
      seats
        .filter(({ findings }) => findings.includes(finding))
        .map(({ userId, owners }) => [
          userId,
          ...owners.map((owner) => `${owner.project}/${owner.stack}: ${owner.resource}`),
        ]);
    expect(found("unmanaged")).to.deep.equal([[eve], [frank], [grace]]);
    expect(found("missing")).to.deep.equal([[heidi, "apps/ops: ops-1"]]);
    const [twice = [], ...more] = found("twice");
    expect(twice).to.have.members([carol, "apps/support: support-0", "seats/platform: platform-0"]);
    expect(more).to.deep.equal([]);

    const ofProject = await run(`${line} --project apps --fail-on twice`, options);
    expect(ofProject.code).to.equal(0);
    expect(ofProject.stderr).to.equal(
      "on_call: 6 held (4 unmanaged), 2 owned (0 twice, 0 missing).\n" +
        "incident_response: 3 held (3 unmanaged), 1 owned (0 twice, 1 missing).\n",
    );
    const none = await run(`${line} --project none`, options);
    expect(none).to.deep.equal({
      code: 1,
      stdout: "",
      stderr:
        "error: There is no stack of the project none in the backend that `pulumi` is logged in to, which `pulumi whoami -v` names. `pulumi stack ls --all` lists those of other projects.\n",
    });
  });

  it("ends with 3 only where it finds what it is to fail on, and says what", async () => {
    const state = (...seats: string[]) =>
      stateOf(...seats.map((seat, n) => resource("p", "s", `seat-${n}`, dynamic, seat)));
    const all = holders.incident_response.map((id) => `incident_response/${id}`);
    /** The exit code, and what is said about it. */
    const endOf = async (failOn: string, stdin: string) => {
      const options = `--state - --json --fail-on ${failOn}`;
      const { code, stderr } = await run(`-p incident_response ${options}`, { stdin });
      return `${code} ${stderr}`.trim();
    };
    expect(await endOf("unmanaged,twice,missing", state(...all))).to.equal("0");
    const missing = state(...all, `incident_response/${heidi}`);
    expect(await endOf("unmanaged,twice", missing)).to.equal("0");
    const found = "3 Found what --fail-on names:";
    expect(await endOf("twice,missing", missing)).to.equal(`${found} 1 missing.`);
    const twice = state(...all, `incident_response/${grace}`);
    expect(await endOf("twice", twice)).to.equal(`${found} 1 twice.`);
    expect(await endOf("missing", state())).to.equal("0");
    expect(await endOf("missing,unmanaged", state(`incident_response/${heidi}`))).to.equal(
      `${found} 3 unmanaged, 1 missing.`,
    );
  });

  it("asks whether a product code is right that nobody holds or owns a seat of", async () => {
    const stdin = stateOf(resource("p", "s", "alice", dynamic, `on_call/${alice}`));
    const typo = "-p on_call on_cal --state - --json";
    const said =
      "No state that was read owns a seat of on_cal either, so there was nothing to check: is the product code right?\n";
    expect(await run(typo, { stdin })).to.include({
      code: 0,
      stderr: `Nobody holds a seat of on_cal.\n${said}`,
    });
    const missing = await run("-p on_cal --state - --json --fail-on twice", {
      stdin: stateOf(resource("p", "s", "alice", dynamic, `on_cal/${alice}`)),
    });
    expect(missing).to.include({ code: 0, stderr: "Nobody holds a seat of on_cal.\n" });
  });
});
