import { type ExecFileException, execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { anyPulumiBin } from "../../../scripts/pulumi-cli/install";
import { Simulator } from "../../../simulator/src";
import { cliEnvironment } from "../../support/cliEnvironment";
import { pointingAt } from "../../support/connection";
import { readmeCommands } from "../../support/example";
import { user, users } from "../../support/ids";
import { assertNoKeys } from "../../support/secrecy";
import { newWorkFolder } from "../../support/workFolder";

const root = join(__dirname, "..", "..", "..");
const alice = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
const bob = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const carol = "16fd2706-8baf-433b-82eb-8c7fada847da";

const people = [
  [alice, "alice"],
  [bob, "bob"],
  [carol, "carol"],
] as const;

describe("examples/stack-per-team", () => {
  let simulator: Simulator;
  let folder: string;
  let file: string;

  // One folder for all, in the order in which its stacks change.
  before(async () => {
    simulator = await Simulator.start();
    for (const [id, name] of people) simulator.org.addUser(id, { email: `${name}@example.com` });
    for (const product of ["on_call", "incident_response"]) simulator.org.product(product);
    folder = newWorkFolder("teams-");
    cpSync(join(root, "examples", "stack-per-team"), folder, { recursive: true });
    file = join(folder, "teams.yaml");
  });
  beforeEach(() => simulator.clearRequests());
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await simulator.stop();
  });

  const [, preview = [], up = [], upSome = [], destroy = []] = readmeCommands(
    "stack-per-team",
    "npm",
  );

  const environment = async () => ({
    ...cliEnvironment(await anyPulumiBin(), join(folder, ".home")),
    ...pointingAt(simulator),
  });

  /** Runs npm in the folder, where nothing is a terminal. */
  async function npm(args: readonly string[]) {
    const env = await environment();
    return new Promise<{ code: number; lines: string[]; errors: string }>((resolve) => {
      const ended = (error: ExecFileException | null, stdout: string, stderr: string) => {
        assertNoKeys("npm", stdout + stderr, simulator.keys);
        const lines = stdout.trimEnd().split("\n");
        resolve({ code: error ? Number(error.code ?? -1) : 0, lines, errors: stderr });
      };
      execFile("npm", ["--silent", ...args], { cwd: folder, env }, ended);
    });
  }

  it("ends with one line when there is no teams.yaml", async () => {
    const text = readFileSync(file);
    rmSync(file);
    const { code, errors } = await npm(preview);
    expect(code).to.equal(1);
    expect(errors).to.equal("ENOENT: no such file or directory, open 'teams.yaml'\n");
    writeFileSync(file, text);
  });

  it("touches no stack while an email is not one person's", async () => {
    simulator.org.addUser(bob, { email: "bob@example.com", status: "Disabled" });
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("carol@", "crol@"));
    const { code, lines, errors } = await npm(up);
    expect({ code, lines }).to.deep.equal({ code: 1, lines: [""] });
    expect(errors)
      .to.match(/^Could not find the users of 2 of 3 emails:\n/)
      .and.include('"crol@example.com" (did you mean "carol@example.com"?)')
      .and.include('1 of disabled users: "bob@example.com"');
    expect(simulator.requests.filter(({ url }) => url.includes("/seats/"))).to.deep.equal([]);
    writeFileSync(file, text);
    simulator.org.addUser(bob, { email: "bob@example.com" });
  });

  it("brings up what it can, reports the rest at the end, and the next run converges", async () => {
    expect((await npm(preview)).lines).to.include.members([
      `  Will assign an on_call seat to user ${carol}.`,
      "sre       running",
      "platform  running",
      "sre       done     seats: 4 create",
      "platform  done     seats: 1 create",
    ]);
    expect(simulator.count("POST")).to.equal(0);

    // Carol's user is deleted between the lookup and the assignment.
    simulator.onRequest = ({ url }) => {
      if (url.startsWith("/api/v2/users")) simulator.org.users.delete(carol);
    };
    simulator.org.claim("on_call", alice);
    const partly = await npm(up);
    expect(partly.code).to.equal(1);
    expect(partly.lines)
      .to.include("sre       done     seats: 4 create")
      .and.include("platform  failed");
    expect(partly.lines.slice(-2).join("\n")).to.match(
      new RegExp(`^sre:\n  Adopted the on_call seat that user ${alice} `),
    );
    expect(partly.errors).to.match(
      new RegExp(`^\nplatform failed:\n  Could not assign an on_call seat to user ${carol}: .*\n$`),
    );
    expect(simulator.org.holders("on_call")).to.deep.equal([alice, bob]);

    simulator.onRequest = undefined;
    simulator.org.addUser(carol, { email: "carol@example.com" });
    simulator.org.unassign("on_call", bob);
    const whole = await npm(upSome);
    expect(whole).to.deep.include({ code: 0, errors: "" });
    expect(whole.lines).to.include("platform  done     seats: 1 create");
    expect(simulator.org.holders("on_call")).to.deep.equal([carol, alice, bob]);
  });

  it("lets people change teams in any order and at once, without a moment without a seat, and dissolves the team they left", async function () {
    this.timeout(900_000); // eight runs of the script
    const text = readFileSync(file, "utf8");
    // `platform` says `existing: reject`, and takes Alice over all the same.
    const moved = text
      .replace("    - alice@example.com\n", "")
      .replace("    - carol@", "    - alice@example.com\n    - carol@");
    const wrong: string[] = [];
    simulator.onRequest = ({ method, productCode, userIds }) => {
      if (method === "DELETE" && productCode === "on_call") wrong.push(...userIds);
      if (!simulator.org.holders("on_call").includes(alice)) wrong.push(`without: ${method}`);
    };
    for (const [teams, ...runs] of [
      [moved, ["platform"], ["sre"]],
      [text, ["platform"], ["sre"]],
      [moved, []],
    ] as const) {
      writeFileSync(file, teams);
      for (const named of runs) {
        const { code, errors } = await npm([...up, "--", ...named]);
        expect({ code, errors }).to.deep.equal({ code: 0, errors: "" });
      }
    }
    // All of `sre` go to `platform`.
    const members = people.map(([, name]) => `${name}@example.com`);
    writeFileSync(
      file,
      `platform: { products: [on_call], existing: reject, members: [${members}] }`,
    );
    expect((await npm(up)).code).to.equal(0);
    expect((await npm([...destroy.slice(0, -1), "sre"])).code).to.equal(0);
    expect(wrong).to.deep.equal([]);
    expect(simulator.org.holders("on_call")).to.deep.equal([carol, alice, bob]);
    expect(simulator.org.holders("incident_response")).to.deep.equal([]);
    const map = JSON.parse(readFileSync(join(folder, "seats.json"), "utf8"));
    expect(map).to.deep.equal({ platform: { on_call: members } });

    simulator.onRequest = undefined;
    writeFileSync(file, text);
    expect((await npm(up)).code).to.equal(0);
  });

  it("names the stack of a team that left teams.yaml, until it is destroyed", async () => {
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.slice(0, text.indexOf("platform:")));
    const left = await npm([...preview, "--", "sre"]);
    expect(left.code).to.equal(0);
    expect(left.errors)
      .to.include("No team of teams.yaml has these stacks")
      .and.include(`npm ${destroy.join(" ")}`);
    expect(simulator.org.holders("on_call")).to.deep.equal([carol, alice, bob]);

    // A team that is in the file is destroyed too: then the map is without it.
    writeFileSync(file, text);
    expect(await npm(destroy)).to.deep.include({ code: 0, errors: "" });
    expect(simulator.org.holders("on_call")).to.deep.equal([alice, bob]);
    const nothing = await npm(["run", "destroy"]);
    expect(nothing).to.include({ code: 1, errors: "Name what to destroy. There is: sre.\n" });
    expect(simulator.org.holders("on_call")).to.deep.equal([alice, bob]);
  });

  it("starts no other team after a Ctrl-C and loses nothing to it: the next run converges, four teams at a time", async () => {
    const six = ["a", "b", "c", "d", "e", "f"];
    const emailOf = (n: number) => `user-${n}@example.com`;
    for (const n of six.keys()) simulator.org.addUser(user(n), { email: emailOf(n) });
    for (const id of users(450, 101)) simulator.org.addUser(id);
    const teams = six.map(
      (name, n) => `${name}: { products: [on_call], members: [${emailOf(n)}] }`,
    );
    writeFileSync(file, teams.join("\n"));
    // A group of its own, for the signal to reach all of it, as that of a terminal does.
    const child = spawn(process.execPath, ["--import", "tsx", "index.ts", "up"], {
      cwd: folder,
      env: await environment(),
      detached: true,
    });
    let interrupted = false;
    simulator.onRequest = ({ method }) => {
      if (method === "POST" && !interrupted) process.kill(-Number(child.pid), "SIGINT");
      interrupted ||= method === "POST";
    };
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    const [code] = await once(child, "close");
    simulator.onRequest = undefined;
    expect(code, output).to.equal(1);
    for (const name of ["e", "f"]) {
      expect(output).to.include(`${name} failed:\n  Not begun, because this run was interrupted.`);
    }
    for (const name of ["a", "b", "c", "d"]) {
      expect(output).to.match(new RegExp(`^${name}  (done|failed)`, "m"));
    }

    // The only thing that Pulumi itself asks for: the signal may have left a lock.
    const options = { cwd: folder, env: await environment() };
    for (const name of ["a", "b", "c", "d"]) {
      spawnSync("pulumi", ["cancel", "--yes", "--stack", name], options);
    }
    const next = await npm(up);
    expect(next.code, next.errors).to.equal(0);
    expect(simulator.org.holders("on_call")).to.include.members([...six.keys()].map(user));
    const posts = simulator.requests.filter(({ method }) => method === "POST");
    expect(posts.flatMap(({ userIds }) => userIds).sort()).to.deep.equal([...six.keys()].map(user));
    const lookups = simulator.requests.filter(({ url }) => url.startsWith("/api/v2/users"));
    // Five pages of 459 users, in each of the runs.
    expect(lookups).to.have.lengthOf(10);

    const lines = next.lines.filter((line) => / (running|done)\b/.test(line));
    let running = 0;
    const atOnce = lines.map((line) => {
      running += line.includes("running") ? 1 : -1;
      return running;
    });
    expect(lines).to.have.lengthOf(12);
    expect(Math.max(...atOnce)).to.equal(4);
  });
});
