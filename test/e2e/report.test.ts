import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Report } from "../../provider/src/cli/reportText";
import { anyPulumiBin } from "../../scripts/pulumi-cli/install";
import { PulumiProject } from "../../scripts/pulumi-cli/project";
import { Simulator } from "../../simulator/src";
import { type CommandOptions, datadogSeats } from "../support/command";
import { pointingAt } from "../support/connection";
import { user } from "../support/ids";
import { TestStack } from "../support/stack";
import { dynamic, plugin, resource, stateOf } from "../support/states";

const [alice, bob, carol, dave] = [user(1), user(2), user(3), user(4)];
const [eve, frank, grace, heidi] = [user(5), user(6), user(7), user(8)];

const holders = {
  on_call: [alice, bob, carol, dave, eve, frank],
  incident_response: [alice, bob, grace],
};

describe("the command pulumi-datadog-seats report", () => {
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

  /** A state of one assignment for each id. */
  const owning = (...ids: string[]) =>
    stateOf(...ids.map((id, n) => resource("p", "s", `seat-${n}`, dynamic, id)));

  /** Stacks of a project of their own, in the backend of another stack. */
  async function addStacks({ environment }: TestStack): Promise<void> {
    const cwd = join(folder, "apps");
    mkdirSync(cwd);
    writeFileSync(join(cwd, "Pulumi.yaml"), "name: apps\nruntime: nodejs\n");
    const pulumi = new PulumiProject(await anyPulumiBin(), cwd, environment);
    const states = {
      support: [resource("apps", "support", "carol", dynamic, `on_call/${carol}`)],
      ops: [
        resource("apps", "ops", "dave", plugin, `on_call/${dave}`),
        resource(
          "apps",
          "ops",
          "team",
          plugin,
          ...[bob, heidi].map((id) => `incident_response/${id}`),
        ),
      ],
    };
    for (const [name, resources] of Object.entries(states)) {
      writeFileSync(join(cwd, "state.json"), stateOf(...resources));
      await pulumi.succeeds("stack", "init", name);
      await pulumi.succeeds("stack", "import", "--stack", name, "--file", "state.json");
    }
  }

  it("agrees with a count by hand over all stacks of a backend, one of which the real CLI has brought up", async () => {
    const stack = await TestStack.create(simulator);
    try {
      await stack.declare(
        { name: "alice", productCode: "on_call", userId: alice },
        { name: "alice-too", productCode: "incident_response", userId: alice },
        // The seat of a lookup is somebody else's.
        { name: "eve", productCode: "on_call", userId: eve, get: true },
      );
      await stack.declareRosters({ name: "team", productCode: "on_call", members: { bob, carol } });
      await stack.up();
      await addStacks(stack);

      const { environment } = stack;
      const inStack = (line: string) =>
        run(`-p on_call incident_response ${line}`, { environment, folder: stack.folder });
      const all = await inStack("--all-stacks --json");
      expect(all).to.include({ code: 0, stderr: "" });
      const { products, seats, unread } = JSON.parse(all.stdout) as Report;
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
            ...owners.map((owner) => `${owner.project}/${owner.stack}: ${owner.resource}`).sort(),
          ]);
      expect(found("unmanaged")).to.deep.equal([[eve], [frank], [grace]]);
      expect(found("twice")).to.deep.equal([[carol, "apps/support: carol", "e2e/test: team"]]);
      expect(found("missing")).to.deep.equal([[heidi, "apps/ops: team"]]);

      const ofProject = await inStack(
        "--all-stacks --project apps --only missing --html seats.html",
      );
      expect(ofProject.code).to.equal(3);
      expect(ofProject.stdout.split("\n")).to.have.lengthOf(3);
      expect(ofProject.stdout.split("\n")[1]?.split(/ {2,}/)).to.deep.equal([
        "missing",
        "incident_response",
        heidi,
        "apps/ops: team (member-8)",
        heidi,
      ]);
      const page = readFileSync(join(stack.folder, "seats.html"), "utf8");
      expect(page).to.include(">apps/ops <small>team (member-8)</small>").and.not.include(grace);
      expect(ofProject.stderr).to.equal(
        "on_call: 6 held (4 unmanaged), 2 owned (0 twice, 0 missing).\n" +
          "incident_response: 3 held (2 unmanaged), 2 owned (0 twice, 1 missing).\n" +
          "Findings: 1 missing.\n" +
          "Wrote seats.html.\n",
      );
      // The first two are one stack.
      const byName = await inStack("--stack test organization/e2e/test nowhere --json");
      expect(byName.code).to.equal(1);
      const report = JSON.parse(byName.stdout) as Report;
      expect(report.products[0]).to.include({ owned: 3, twice: 0 });
      expect(report.unread).to.deep.equal([
        "Could not read the state of stack nowhere: no stack named 'nowhere' found",
      ]);
      expect(await inStack("--all-stacks --project none")).to.deep.equal({
        code: 1,
        stdout: "",
        stderr:
          "error: There is no stack of the project none. `pulumi stack ls --all` lists the stacks of the backend, and `pulumi whoami -v` says which backend that is.\n",
      });
    } finally {
      stack.remove();
    }
  });

  it("shows what --only names, and ends with 3 on what --fail-on names, or else --only", async () => {
    const owned = (...userIds: string[]) =>
      owning(...userIds.map((id) => `incident_response/${id}`));
    const mixed = owned(bob, grace, grace, heidi);
    const twice = owned(alice, bob, grace, grace);
    for (const [stdin, options, shown, end] of [
      [
        mixed,
        "--fail-on twice,unmanaged",
        [alice, bob, grace, heidi],
        "3 Findings: 1 unmanaged, 1 twice.",
      ],
      [mixed, "--only missing", [heidi], "3 Findings: 1 missing."],
      [mixed, "--only missing,unmanaged --fail-on twice", [alice, heidi], "3 Findings: 1 twice."],
      [twice, "--fail-on unmanaged,missing", [alice, bob, grace], "0 "],
      [twice, "--only unmanaged,missing", [], "0 "],
      [twice, "--only twice --fail-on unmanaged,missing", [grace], "0 "],
    ] as const) {
      const line = `-p incident_response --state - --json ${options}`;
      const { code, stdout, stderr } = await run(line, { stdin });
      expect(`${code} ${stderr.trim()}`, options).to.equal(end);
      const { seats, products } = JSON.parse(stdout) as Report;
      expect(
        seats.map(({ userId }) => userId),
        options,
      ).to.deep.equal(shown);
      // Whatever is shown, all are counted.
      expect(products[0], options).to.include({ held: 3, owned: 3 });
    }
  });

  it("reads several files and stdin, and counts each product by itself", async () => {
    const onCall = (...userIds: string[]) => userIds.map((id) => `on_call/${id}`);
    writeFileSync(
      join(folder, "a.json"),
      owning(...onCall(alice, bob), `incident_response/${bob}`),
    );
    writeFileSync(join(folder, "b.json"), owning(...onCall(carol, dave)));
    const { code, stdout, stderr } = await run(
      "-p incident_response on_call --only unmanaged --state a.json b.json -",
      { stdin: owning(...onCall(eve)) },
    );
    expect(code).to.equal(3);
    const rows = stdout.trimEnd().split("\n").slice(1);
    expect(rows.map((row) => [row.split(/ +/)[1], row.match(/[0-9a-f-]{36}/)?.[0]])).to.deep.equal([
      ["incident_response", alice],
      ["incident_response", grace],
      ["on_call", frank],
    ]);
    expect(stderr).to.equal(
      "incident_response: 3 held (2 unmanaged), 1 owned (0 twice, 0 missing).\n" +
        "on_call: 6 held (1 unmanaged), 5 owned (0 twice, 0 missing).\n" +
        "Findings: 3 unmanaged.\n",
    );
  });

  it("asks whether a product code is right that nobody holds or owns a seat of", async () => {
    const stdin = owning(`on_kall/${alice}`);
    expect(await run("-p on_call on_cal on_kall --state - --json", { stdin })).to.include({
      code: 0,
      stderr:
        "Nobody holds an on_cal seat.\nNobody holds an on_kall seat.\n" +
        "No state that was read owns an on_cal seat either: is the product code right?\n",
    });
  });
});
