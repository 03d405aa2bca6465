// Several products at once, and keys from the configuration of a stack.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { datadogSeats } from "../support/command";
import { pointingAt } from "../support/connection";
import { user } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const [alice, bob] = [user(1), user(2)];

describe("the command datadog-seats with several products", () => {
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

  it("unmanaged counts each product by itself", async () => {
    const type = "pulumi-nodejs:dynamic/datadog:SeatAssignment";
    const ids = [`on_call/${alice}`, `on_call/${bob}`, `incident_response/${bob}`];
    const resources = ids.map((id) => ({ type, urn: `urn:pulumi:test::e2e::${type}::${id}`, id }));
    writeFileSync(join(folder, "state.json"), JSON.stringify({ resources }));
    const { code, stdout, stderr } = await run(
      "unmanaged -p on_call incident_response --state state.json --csv",
    );
    expect(code).to.equal(3);
    expect(stdout.split("\r\n")[1]).to.match(new RegExp(`^"incident_response",.*"${alice}"`));
    expect(stderr).to.equal(
      "0 of the 2 who hold a seat of on_call are unmanaged.\n1 of the 1 who hold a seat of incident_response are unmanaged.\n",
    );
  });
});

describe("the command datadog-seats with --config-stack", () => {
  const ctx = stackHarness({ users: 2 });
  let eu: Simulator;

  beforeEach(async () => {
    eu = await Simulator.start({ keys: { apiKey: "eu-api-key", appKey: "eu-app-key" } });
    ctx.simulator.org.claim("on_call", alice);
    eu.org.claim("on_call", bob);
    await ctx.stack.moveKeysToConfiguration();
    await ctx.stack.configureOrg("eu", eu);
  });
  afterEach(() => eu.stop());

  it("takes keys and orgs from there, which no output shows", async () => {
    const run = async (line: string) => {
      const { environment, folder } = ctx.stack;
      const result = await datadogSeats(line.split(" "), { environment, folder });
      for (const { keys } of [ctx.simulator, eu]) {
        expect(result.stdout + result.stderr).to.not.include(keys.apiKey);
        expect(result.stdout + result.stderr).to.not.include(keys.appKey);
      }
      return result;
    };
    const holders = async (line: string) =>
      (JSON.parse((await run(`${line} --json`)).stdout) as { userId: string }[]).map(
        ({ userId }) => userId,
      );
    const source = "-p on_call --config-stack test";

    expect(await holders(`list ${source}`)).to.deep.equal([alice]);
    expect(await holders(`list ${source} --org eu`)).to.deep.equal([bob]);
    expect(await holders(`unmanaged ${source} --org eu --stack test`)).to.deep.equal([bob]);
    const program = (await run(`export ${source} --org eu`)).stdout;
    expect(program).to.include('org: "eu"').and.include(bob);
    expect((await run("doctor --config-stack test")).code).to.equal(0);

    const noOrg = await run(`list ${source} --org us`);
    expect(noOrg.stderr).to.match(/^error: There is no org "us": datadogSeats:orgs holds "eu"\./);
    const noStack = await run("list -p on_call --config-stack nowhere");
    expect(noStack).to.include({ code: 1, stdout: "" });
    expect(noStack.stderr).to.match(
      /^error: Could not read the configuration of the stack nowhere: no stack named/,
    );
  });
});
