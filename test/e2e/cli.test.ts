import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { type CommandOptions, datadogSeats } from "../support/command";
import { pointingAt } from "../support/connection";
import { user, users } from "../support/ids";
import { rejection } from "../support/rejection";
import { TestStack } from "../support/stack";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const EPOCH = new Date(0);

describe("the command datadog-seats", () => {
  let simulator: Simulator;
  let folder: string;
  const run = (line: string, options: CommandOptions = {}) =>
    datadogSeats(line.split(" "), { environment: pointingAt(simulator), folder, ...options });

  beforeEach(async () => {
    simulator = await Simulator.start();
    folder = mkdtempSync(join(tmpdir(), "seats-cli-"));
    // Sorted by id, Bob would come last.
    simulator.org.addUser(carol, { email: "bob@example.com", name: "=Bob, the builder" });
    simulator.org.addUser(alice, { email: "Carol@example.com", name: "Carol 三" });
    simulator.org.addUser(bob, { email: "alice@example.com", name: "Alice" });
    for (const id of [alice, bob, carol]) simulator.org.claim("on_call", id, EPOCH);
    simulator.org.product("incident_response");
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await simulator.stop();
  });

  it("list prints who holds seats, by email, in plain columns that fit wide letters", async () => {
    const { code, stdout, stderr } = await run("list --product on_call");
    expect(stdout).to.equal(
      [
        "EMAIL              NAME               USER ID                               ASSIGNED AT",
        `alice@example.com  Alice              ${bob}  1970-01-01T00:00:00.000Z`,
        `bob@example.com    =Bob, the builder  ${carol}  1970-01-01T00:00:00.000Z`,
        `Carol@example.com  Carol 三           ${alice}  1970-01-01T00:00:00.000Z`,
        "",
      ].join("\n"),
    );
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
  });

  it("list prints JSON and CSV for other programs", async () => {
    const assignedAt = EPOCH.toISOString();
    expect(JSON.parse((await run("list -p on_call --json")).stdout)[0]).to.deep.equal({
      email: "alice@example.com",
      name: "Alice",
      userId: bob,
      assignedAt,
    });
    expect((await run("list -p on_call --csv")).stdout.split("\r\n").slice(0, 3)).to.deep.equal([
      '"email","name","user_id","assigned_at"',
      `"alice@example.com","Alice","${bob}","${assignedAt}"`,
      `"bob@example.com","'=Bob, the builder","${carol}","${assignedAt}"`,
    ]);
  });

  it("list says so where nobody holds a seat, and prints an empty result", async () => {
    const empty = {
      "": "EMAIL  NAME  USER ID  ASSIGNED AT\n",
      " --json": "[]\n",
      " --csv": '"email","name","user_id","assigned_at"\r\n',
    };
    for (const [format, expected] of Object.entries(empty)) {
      expect(await run(`list -p incident_response${format}`)).to.deep.equal({
        code: 0,
        stdout: expected,
        stderr: "Nobody holds a seat of incident_response.\n",
      });
    }
  });

  it("ends quietly when its reader goes away", async () => {
    for (const id of users(2000)) simulator.org.claim("on_call", id);
    expect(await run("list -p on_call --json", { closedPipe: true })).to.deep.equal({
      code: 0,
      stdout: "",
      stderr: "",
    });
  });

  it("fails in one line where its result can't be written", async function () {
    // Linux' device for this.
    if (!existsSync("/dev/full")) this.skip();
    const line = '"$0" "$1" list -p on_call > /dev/full';
    const main = join(__dirname, "..", "..", "provider", "dist", "cli", "main.js");
    const shell = promisify(execFile)("sh", ["-c", line, process.execPath, main], {
      env: pointingAt(simulator),
    });
    expect(await rejection(shell)).to.include({
      code: 1,
      stderr: "error: Could not write the result: ENOSPC: no space left on device, write.\n",
    });
  });

  it("refuses wrong usage with 2, in words, before any request", async () => {
    const wrong = {
      lst: "unknown command 'lst'",
      list: "required option '-p, --product <code>' not specified",
      "list -p on_call --jsn": "unknown option '--jsn'",
      "list --product=": "argument '' is invalid. It is empty.",
      "list -p on_call --json --csv": "cannot be used with option '--csv'",
      "export -p on_call --as yaml": "Allowed choices are roster, assignments.",
      "export -p on_call --as assignments --exclusive": "is for '--as roster' only",
      "export -p on_call --org eu/west": 'Names of orgs are letters, digits, "-", "_" and ".".',
      "unmanaged -p on_call --state - --org=": "argument '' is invalid. Names of orgs are",
      "unmanaged -p on_call": "give the stacks with '--state <file...>' or '--stack <name...>'",
    };
    for (const [line, message] of Object.entries(wrong)) {
      const { code, stdout, stderr } = await run(line);
      expect({ code, stdout }, line).to.deep.equal({ code: 2, stdout: "" });
      expect(stderr, line)
        .to.include(message)
        .and.not.match(/\n\s+at /);
    }
    expect(simulator.count()).to.equal(0);
  });

  it("shows help with the exit codes, and its version", async () => {
    const { version } = require("../../provider/package.json") as { version: string };
    expect(await run("--version")).to.include({ code: 0, stdout: `${version}\n` });
    for (const line of ["--help", "unmanaged --help"]) {
      const { code, stdout } = await run(line);
      expect(code).to.equal(0);
      expect(stdout).to.include("Exit codes:").and.include("DD_API_KEY");
    }
  });

  it("says in one line what failed, with a remedy that the command line has", async () => {
    const noKeys = await run("list -p on_call", { environment: {} });
    expect(noKeys).to.deep.equal({
      code: 1,
      stdout: "",
      stderr: "error: There is no Datadog API key. Give it in the environment as DD_API_KEY.\n",
    });
    simulator.keys.permissions = [];
    const refused = await run("export -p on_call");
    expect(refused).to.include({ code: 1, stdout: "" });
    expect(refused.stderr).to.match(
      /^error: Could not list the seats of on_call: .* responded with 403.* which DD_HOST selects,.* `npx datadog-seats doctor` .*\n$/,
    );
  });

  it("doctor prints each finding, and fails with 3 when one is not good", async () => {
    const well = await run("doctor");
    expect(well).to.include({ code: 0, stderr: "" });
    expect(well.stdout).to.match(/^(ok {7}.*\n){7}$/);

    simulator.keys.permissions = ["on_call_read"];
    const ill = await run("doctor --product on_call");
    expect(ill.code).to.equal(3);
    expect(ill.stdout).to.match(
      /\nok {7}permission to see seats: .*\nfailed {3}permission to change/,
    );
    expect(simulator.org.holders("on_call")).to.deep.equal([alice, bob, carol]);
  });

  describe("unmanaged", () => {
    const state = (...userIds: string[]) => stateOf(userIds.map((userId) => `on_call/${userId}`));
    const stateOf = (ids: string[]) => {
      const type = "pulumi-nodejs:dynamic/datadog:SeatAssignment";
      const resources = ids.map((id) => ({ type, urn: id, id }));
      return JSON.stringify({ version: 3, deployment: { resources } });
    };
    const unmanaged = async (line: string, options?: CommandOptions) => {
      const { code, stdout, stderr } = await run(`unmanaged -p on_call --json ${line}`, options);
      const found = stdout ? (JSON.parse(stdout) as { userId: string }[]) : undefined;
      return { code, stderr, found: found?.map(({ userId }) => userId) };
    };

    it("ends with 3 and lists who is in none of the states, from files and stdin", async () => {
      writeFileSync(join(folder, "a.json"), state(alice));
      expect(await unmanaged("--state a.json -", { stdin: state(bob) })).to.deep.equal({
        code: 3,
        found: [carol],
        stderr: "1 of the 3 who hold a seat of on_call are unmanaged.\n",
      });
    });

    it("ends with 0 when every seat is owned, or nobody holds one", async () => {
      writeFileSync(join(folder, "a.json"), state(alice, bob, carol));
      expect(await unmanaged("--state a.json")).to.include({ code: 0 });
      const { code, stdout } = await run("unmanaged -p incident_response --state a.json --csv");
      expect({ code, stdout }).to.deep.equal({
        code: 0,
        stdout: '"email","name","user_id","assigned_at"\r\n',
      });
    });

    it("counts the resources of one org, by default those that name none", async () => {
      const stdin = stateOf([`eu/on_call/${alice}`, `on_call/${bob}`]);
      expect((await unmanaged("--state -", { stdin })).found).to.deep.equal([carol, alice]);
      expect((await unmanaged("--org eu --state -", { stdin })).found).to.deep.equal([bob, carol]);
    });

    it("says which seats of the product it did not count, for they are another org's", async () => {
      writeFileSync(join(folder, "a.json"), stateOf([`eu/on_call/${alice}`]));
      const stdin = stateOf([
        ...[alice, bob].map((id) => `eu/on_call/${id}`),
        `us.gov/incident_response/${bob}`,
        `on_call/${carol}`,
      ]);
      expect((await unmanaged("--state a.json -", { stdin })).stderr).to.equal(
        "2 of the 3 who hold a seat of on_call are unmanaged.\n" +
          "Not counted: seats of on_call that these states own in org eu (2). Count them with --org eu.\n",
      );
      expect((await unmanaged("--state - --org eu", { stdin })).stderr).to.equal(
        "1 of the 3 who hold a seat of on_call are unmanaged.\n" +
          "Not counted: seats of on_call that these states own in no named org (1). Count them without --org.\n",
      );
    });

    it("names the file that it can't read, and asks nothing of Datadog then", async () => {
      writeFileSync(join(folder, "a.json"), state(alice));
      writeFileSync(join(folder, "b.yaml"), "resources: []");
      const missing = await unmanaged("--state a.json missing.json");
      expect(missing).to.include({ code: 1, found: undefined });
      expect(missing.stderr).to.match(/^error: Could not read missing.json: ENOENT.*\n$/);
      expect((await unmanaged("--state b.yaml")).stderr).to.equal(
        "error: b.yaml is not a Pulumi state: it is not JSON.\n",
      );
      expect(simulator.count()).to.equal(0);
    });

    it("asks Pulumi for stacks, and passes its refusal on", async () => {
      const stack = await TestStack.create(simulator);
      try {
        await stack.declare({ name: "alice", productCode: "on_call", userId: alice });
        await stack.declareRosters({ name: "team", productCode: "on_call", members: { bob } });
        await stack.up();
        const options = { environment: stack.environment, folder: stack.folder };
        expect((await unmanaged("--stack test", options)).found).to.deep.equal([carol]);
        expect((await unmanaged("--stack organization/e2e/test", options)).found).to.deep.equal([
          carol,
        ]);
        const refused = await unmanaged("--stack nowhere", options);
        expect(refused.code).to.equal(1);
        expect(refused.stderr).to.match(
          /^error: Could not export the stack nowhere: error: no stack named 'nowhere' found\n$/,
        );

        // The seat of a lookup is somebody else's.
        await stack.declare({ name: "carol", productCode: "on_call", userId: carol, get: true });
        await stack.up();
        expect((await unmanaged("--stack test", options)).found).to.deep.equal([carol]);
      } finally {
        stack.remove();
      }
    });

    it("says when there is no Pulumi to ask", async () => {
      const environment = { ...pointingAt(simulator), PATH: folder };
      expect((await unmanaged("--stack test", { environment })).stderr).to.equal(
        "error: Could not export the stack test: there is no `pulumi` on the PATH\n",
      );
    });
  });
});
