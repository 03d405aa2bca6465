// Several products at once, and keys from the configuration of a stack.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { datadogSeats } from "../support/command";
import { pointingAt } from "../support/connection";
import { user } from "../support/ids";
import { assertNoKeys } from "../support/secrecy";
import { stackHarness } from "../support/stackHarness";

const [alice, bob] = [user(1), user(2)];

describe("the command pulumi-datadog-seats with several products", () => {
  let simulator: Simulator;
  let folder: string;
  const run = (line: string) =>
    datadogSeats(line.split(" "), { environment: pointingAt(simulator), folder });

  beforeEach(async () => {
    simulator = await Simulator.start();
    folder = mkdtempSync(join(tmpdir(), "seats-products-"));
    for (const id of [alice, bob]) simulator.org.claim("on_call", id);
    simulator.org.claim("incident_response", alice);
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await simulator.stop();
  });

  it("list names the product of each seat, and lists each product once", async () => {
    const { stdout } = await run("list -p incident_response on_call --product on_call --json");
    const listed = JSON.parse(stdout) as { productCode: string; userId: string }[];
    expect(listed.map(({ productCode, userId }) => [productCode, userId])).to.deep.equal([
      ["incident_response", alice],
      ["on_call", alice],
      ["on_call", bob],
    ]);
    expect(simulator.count()).to.equal(2);
  });

  it("export names a roster for each after --name and the product", async () => {
    const names = async (line: string) =>
      [...(await run(line)).stdout.matchAll(/new SeatRoster\("(.*)"/g)].map(([, name]) => name);
    const products = "-p on_call incident_response";
    expect(await names(`export ${products}`)).to.deep.equal(["on-call", "incident-response"]);
    expect(await names(`export ${products} --name sre`)).to.deep.equal([
      "sre-on-call",
      "sre-incident-response",
    ]);
    expect(await names("export -p on_call --name sre")).to.deep.equal(["sre"]);
  });
});

describe("the command pulumi-datadog-seats with --config-stack", () => {
  const ctx = stackHarness({ users: 2 });

  it("takes the keys from there, which no output shows, and names the stack to check", async () => {
    ctx.simulator.org.claim("on_call", alice);
    await ctx.stack.moveKeysToConfiguration();
    const { environment, folder } = ctx.stack;
    const run = async (line: string) => {
      const result = await datadogSeats(line.split(" "), { environment, folder });
      assertNoKeys(line, result.stdout + result.stderr, ctx.simulator.keys);
      return result;
    };
    const source = "-p on_call --config-stack test";
    await ctx.stack.succeeds("config", "set", "--path", "datadogSeats:seatLimit.on_call", "50");
    const { code, stdout } = await run(`report ${source} --stack test --html seats.html`);
    expect(code).to.equal(0);
    expect(stdout).to.include(alice);
    expect(readFileSync(join(folder, "seats.html"), "utf8")).to.include("held, the limit is 50<");
    expect((await run("doctor --config-stack test")).code).to.equal(0);
    ctx.simulator.keys.permissions = [];
    const refused = await run(`list ${source}`);
    expect(refused.stderr).to.include("`npx pulumi-datadog-seats doctor --config-stack test`");

    const noStack = await run("list -p on_call --config-stack nowhere");
    expect(noStack).to.include({ code: 1, stdout: "" });
    expect(noStack.stderr).to.match(
      /^error: Could not read the configuration of stack nowhere: no stack named/,
    );
  });
});
