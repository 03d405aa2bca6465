import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { type CommandOptions, datadogSeats } from "../support/command";
import { pointingAt } from "../support/connection";
import { user, users } from "../support/ids";
import { rejection } from "../support/rejection";
import { skip } from "../support/skip";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const EPOCH = new Date(0);

describe("the command pulumi-datadog-seats", () => {
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
        "PRODUCT  EMAIL              NAME               USER ID                               ASSIGNED AT",
        `on_call  alice@example.com  Alice              ${bob}  1970-01-01T00:00:00.000Z`,
        `on_call  bob@example.com    =Bob, the builder  ${carol}  1970-01-01T00:00:00.000Z`,
        `on_call  Carol@example.com  Carol 三           ${alice}  1970-01-01T00:00:00.000Z`,
        "",
      ].join("\n"),
    );
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
  });

  it("list prints JSON and CSV for other programs", async () => {
    const assignedAt = EPOCH.toISOString();
    expect(JSON.parse((await run("list -p on_call --json")).stdout)[0]).to.deep.equal({
      productCode: "on_call",
      email: "alice@example.com",
      name: "Alice",
      userId: bob,
      assignedAt,
    });
    expect((await run("list -p on_call --csv")).stdout.split("\r\n").slice(0, 3)).to.deep.equal([
      '"productCode","email","name","userId","assignedAt"',
      `"on_call","alice@example.com","Alice","${bob}","${assignedAt}"`,
      `"on_call","bob@example.com","'=Bob, the builder","${carol}","${assignedAt}"`,
    ]);
  });

  it("list says so where nobody holds a seat, and prints an empty result", async () => {
    const empty = {
      "": "PRODUCT  EMAIL  NAME  USER ID  ASSIGNED AT\n",
      " --json": "[]\n",
      " --csv": '"productCode","email","name","userId","assignedAt"\r\n',
    };
    for (const [format, expected] of Object.entries(empty)) {
      expect(await run(`list -p incident_response${format}`)).to.deep.equal({
        code: 0,
        stdout: expected,
        stderr: "Nobody holds an incident_response seat.\n",
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
    if (!existsSync("/dev/full")) skip(this, "this system has no /dev/full");
    const line = '"$0" "$1" list -p on_call > /dev/full';
    const main = join(__dirname, "..", "..", "provider", "bin", "pulumi-datadog-seats.js");
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
      list: "required option '-p, --product <code...>' not specified",
      "list --prodct on_call": "unknown option '--prodct'\n(Did you mean --product?)",
      "list -p on_call --jsn": "unknown option '--jsn'",
      "list --product=": "argument '' is invalid. Expected a product code such as",
      "doctor -p on_call On-Call": '(did you mean "on-call"?).',
      "list -p on_call --json --csv": "cannot be used with option '--csv'",
      "export -p on_call --as yaml": "Allowed choices are roster, assignments, import.",
      "export -p on_call --as assignments --exclusive": "is for '--as roster' only",
      "export -p on_call --as assignments --by email": "is for '--as roster' only",
      "export -p on_call --as import --provider eu": "Expected a name and a URN, such as eu=urn:",
      "export -p on_call --provider eu=urn:pulumi:a": "is for '--as import' only",
      "export -p on_call --name=": "argument '' is invalid. It is empty.",
      "report -p on_call": "give the stacks with '--state <file...>', '--stack <name...>' or",
      "report -p on_call --stack a --project b": "'--project <name>' needs '--all-stacks'",
      "report -p on_call --stack a --only missing,lost":
        "argument 'missing,lost' is invalid. Expected one or more of unmanaged,twice,missing,disabled,inactive,seatless.",
      "report -p on_call --stack a --fail-on=": "argument '' is invalid. Expected one or more of",
      "report -p on_call --stack a --json --markdown": "cannot be used with option '--markdown'",
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
    for (const line of ["--help", "report --help"]) {
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
      stderr:
        "error: There is no Datadog API key. Set it in the environment as DD_API_KEY. There is no Datadog application key. Set it in the environment as DD_APP_KEY. An access token, DD_BEARER_TOKEN, takes the place of both.\n",
    });
    simulator.keys.permissions = [];
    const refused = await run("export -p on_call");
    expect(refused).to.include({ code: 1, stdout: "" });
    expect(refused.stderr).to.match(
      /^error: Could not list .*on_call.*: .* responded with 403.* which DD_HOST selects,.* `npx pulumi-datadog-seats doctor` .*\n$/,
    );
  });

  it("export --by email says how many it names by UUID, and fails without the permission", async () => {
    simulator.org.addUser(carol, { email: "bob@example.com", status: "Disabled" });
    const exported = await run("export -p on_call --by email");
    expect(exported).to.include({
      code: 0,
      stderr: "Named by UUID, because a lookup by email would not find them: 1 of 3 users.\n",
    });
    expect(exported.stdout).to.include(`"bob@example.com": "${carol}"`).and.not.include(alice);

    simulator.behaviour.listingNeedsUserAccess = false;
    simulator.keys.permissions = ["billing_read"];
    const refused = await run("export -p on_call --by email");
    expect(refused).to.include({ code: 1, stdout: "" });
    expect(refused.stderr).to.match(/^error: Could not look users up by email: .*user_access_read/);
  });

  it("doctor prints each finding, and fails with 3 when one is not good", async () => {
    const well = await run("doctor");
    expect(well).to.include({ code: 0, stderr: "" });
    expect(well.stdout).to.match(/^(ok {7}.*\n){10}$/);

    simulator.behaviour.listingNeedsUserAccess = false;
    simulator.keys.permissions = ["on_call_read"];
    const ill = await run("doctor --product on_call");
    expect(ill.code).to.equal(3);
    expect(ill.stdout).to.match(
      /\nok {7}permission to see seats: .*\nfailed {3}permission to change.*\nnote {5}permission to see users/,
    );
    expect(simulator.org.holders("on_call")).to.deep.equal([alice, bob, carol]);
  });
});
