// The command `datadog-seats share` around the real CLI.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { datadogSeats } from "../support/command";
import { pointingAt } from "../support/connection";
import { user, users } from "../support/ids";
import { descendants, kill, type Process } from "../support/processes";
import { assertNoKeys } from "../support/secrecy";
import { TestStack } from "../support/stack";

const provider = join(__dirname, "..", "..", "provider");
const main = join(provider, "bin", "datadog-seats.js");
const others = users(250, 501);

describe("datadog-seats share", () => {
  let simulator: Simulator;
  let one: TestStack;
  let two: TestStack;

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const id of users(20)) simulator.org.addUser(id);
    for (const id of others) simulator.org.claim("on_call", id);
    one = await TestStack.create(simulator);
    two = await TestStack.inFolder(simulator, one.folder, { name: "two" });
    await one.declare(...declared(users(3)));
    await two.declare(...declared(users(3, 4)));
    simulator.clearRequests();
  });
  afterEach(async () => {
    one.remove();
    await simulator.stop();
  });

  const declared = (ids: string[]) =>
    ids.map((userId) => ({ name: `seat-${userId.slice(-2)}`, productCode: "on_call", userId }));
  const assigned = () => simulator.org.holders("on_call").filter((id) => !others.includes(id));
  const owned = async (stack: TestStack) =>
    (await stack.seats()).map(({ outputs }) => outputs?.userId).sort();

  const environment = () => ({ ...one.environment, ...pointingAt(simulator) });
  const share = (...command: string[]) =>
    datadogSeats(["share", "--", ...command], { environment: environment(), folder: one.folder });
  const pulumi = (command: string, stack: string) =>
    `pulumi ${command} --yes --skip-preview --non-interactive --stack ${stack}`;

  it("makes several stacks one run, also where a stack has the URL and the keys in its configuration", async () => {
    await one.configure();
    const ups = ["test", "two"].map((stack) => pulumi("up", stack));
    const { code, stdout, stderr } = await share("sh", "-c", ups.join(" && "));
    expect({ code, stderr }, stdout).to.deep.equal({ code: 0, stderr: "" });
    expect(simulator.count("GET")).to.equal(2);
    expect(assigned()).to.deep.equal(users(6));

    simulator.clearRequests();
    const refreshes = ["test", "two"].map((stack) => `${pulumi("up", stack)} --refresh`);
    expect((await share("sh", "-c", refreshes.join(" && "))).code).to.equal(0);
    expect(simulator.requests.map(({ method }) => method)).to.deep.equal(["GET"]);
  });

  it("says that no stack has used it, where the stacks have other keys", async () => {
    const keys = simulator.addKeys({ apiKey: "second-api-key", appKey: "second-app-key" });
    const result = await datadogSeats(
      [
        "share",
        "--",
        "sh",
        "-c",
        `DD_API_KEY=${keys.apiKey} DD_APP_KEY=${keys.appKey} ${pulumi("up", "test")}`,
      ],
      { environment: environment(), folder: one.folder },
    );
    expect(result.code, result.stdout).to.equal(0);
    expect(result.stderr).to.match(/^The share was not used: the stacks .* have other keys, .*\n$/);
    expect(assigned()).to.deep.equal(users(3));
  });

  it("ends as its command does", async () => {
    const node = (script: string) => share(process.execPath, "-e", script);
    expect((await node("process.exit(7)")).code).to.equal(7);
    expect((await node("process.kill(process.pid, 'SIGTERM')")).code).to.equal(143);
    const { code, stderr } = await share("no-such-command", "--any");
    expect({ code, stderr }).to.deep.equal({
      code: 1,
      stderr: "error: Could not start the command: there is no `no-such-command` on the PATH.\n",
    });
    expect((await datadogSeats(["share"])).code).to.equal(2);
  });

  /** Starts the command in a process group of its own, as a shell with a terminal does. */
  function start(...command: string[]) {
    const child = spawn(process.execPath, [main, "share", "--", ...command], {
      cwd: one.folder,
      env: environment(),
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        child.emit("output", text);
      });
    }
    // With the output of the command, which may outlive this process.
    const closed = once(child, "close").then(([code]) => {
      assertNoKeys("the command", output, simulator.keys);
      return { code: code as number | null, output };
    });
    return { child, closed };
  }

  it("lets a command end by itself after a Ctrl-C, and passes other signals on to it", async () => {
    for (const [signal, toGroup] of [
      ["SIGINT", true],
      ["SIGTERM", false],
    ] as const) {
      const script = `process.on("${signal}", () => setTimeout(() => process.exit(42), 50)); setInterval(() => {}, 1000); console.log("ready");`;
      const { child, closed } = start(process.execPath, "-e", script);
      await once(child, "output");
      process.kill(toGroup ? -Number(child.pid) : Number(child.pid), signal);
      expect((await closed).code, signal).to.equal(42);
    }
  });

  it("does not keep its program running for a write that waits for the rate limit", async () => {
    const headers = { "x-ratelimit-reset": "600" };
    simulator.faults.add({ method: "POST", status: 429, headers });
    const script = `
      const [, share, client, config, address] = process.argv.map((file) => file.endsWith(".js") && require(file));
      const call = { method: "POST", describe: () => "assign a seat", userIds: [] };
      const request = { method: "assign", productCode: "on_call", userId: "${user(1)}" };
      async function main() {
        const running = await share.SeatsShare.start({ log: () => running.stop() });
        const connection = config.readConnection(undefined, process.env);
        const found = address.readShare(running.environment, connection);
        await new client.ShareClient(found).send(request, call).catch(() => console.log("failed"));
      }
      main();`;
    const files = ["share/seatsShare", "share/shareClient", "config/connection", "config/share"];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["-e", script, ...files.map((file) => join(provider, "dist", `${file}.js`))],
      { env: pointingAt(simulator) },
    );
    expect(stdout).to.equal("failed\n");
  });

  /** Calls `strike` when the first POST has had its effect and its response is on the way. */
  function atFirstPost(strike: () => void): void {
    let struck = false;
    simulator.onRequest = ({ method }) => {
      if (method !== "POST" || struck) return;
      struck = true;
      strike();
    };
  }

  it("fails its stacks clearly when it is killed, and the next run sets things right", async () => {
    const { child, closed } = start("sh", "-c", pulumi("up", "test"));
    atFirstPost(() => child.kill("SIGKILL"));
    const { output } = await closed;
    expect(output).to.include("the share of this run is gone");
    expect(assigned()).to.have.length.above(0);
    expect(await owned(one)).to.deep.equal([]);

    await one.up();
    expect(await owned(one)).to.deep.equal(users(3));
    expect(assigned()).to.deep.equal(users(3));
  });

  it("serves the others when the engine of a stack is killed, and the next run adopts its seats", async () => {
    const ups = `${pulumi("up", "test")}; ${pulumi("up", "two")}`;
    const { child, closed } = start("sh", "-c", ups);
    let started: Process[] = [];
    atFirstPost(() => {
      started = descendants(Number(child.pid));
      const engine = started.find(({ command }) => /^\S*pulumi up /.test(command));
      if (!engine) throw new Error("there is no engine");
      kill(engine.pid, "SIGKILL");
    });
    const { code, output } = await closed;
    // Pulumi's own language host outlives its engine.
    for (const { pid } of started) kill(pid, "SIGKILL");
    expect(code, output).to.equal(0);
    expect(await owned(two)).to.deep.equal(users(3, 4));

    await one.pulumi("cancel", "--yes");
    await one.up();
    expect(await owned(one)).to.deep.equal(users(3));
    expect(assigned()).to.deep.equal(users(6));
  });
});
