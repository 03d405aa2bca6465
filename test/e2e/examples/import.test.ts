import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { addExecutable } from "../../../scripts/pulumi-cli/plugin";
import { Simulator } from "../../../simulator/src";
import { datadogSeats } from "../../support/command";
import { readmeCommands } from "../../support/example";
import { users } from "../../support/ids";
import { TestStack } from "../../support/stack";

const [list = []] = readmeCommands("import", "npx pulumi-datadog-seats");
const exporting = list.slice(0, list.indexOf(">"));
const [, importing = [], previewing = []] = readmeCommands("import", "pulumi");

describe("examples/import", () => {
  let simulator: Simulator;
  let stack: TestStack;

  beforeEach(async () => {
    simulator = await Simulator.start();
    stack = await TestStack.create(simulator, { program: "examples/import" });
    addExecutable(join(stack.folder, "node_modules", ".bin"));
  });
  afterEach(async () => {
    stack.remove();
    await simulator.stop();
  });

  const hold = (count: number) => {
    for (const id of users(count)) simulator.org.claim("on_call", id);
  };
  const write = (file: string, text: string) => writeFileSync(join(stack.folder, file), text);
  const isListing = ({ method }: { method: string }) => method === "GET";

  /** Writes `seats.json`. */
  async function exportSeats(...more: string[]): Promise<void> {
    const { environment } = stack;
    const { code, stdout, stderr } = await datadogSeats([...exporting, ...more], { environment });
    expect(code, stderr).to.equal(0);
    write("seats.json", stdout);
  }

  it("owns the seats of an org without a write and without a diff, by one listing", async () => {
    hold(300);
    await exportSeats();
    simulator.clearRequests();
    await stack.succeeds(...importing, "--yes");
    expect(simulator.count()).to.be.at.most(4);
    await stack.succeeds(...previewing);
    expect(await stack.resources()).to.have.length(300);
    expect(simulator.requests.every(isListing)).to.equal(true);
  });

  it("owns them by an explicit provider of the state", async () => {
    hold(2);
    const { apiKey, appKey } = simulator.keys;
    const args = JSON.stringify({ apiUrl: simulator.url, apiKey, appKey });
    const provider = `import * as pulumi from "@pulumi/pulumi";
import { SeatAssignment } from "./seatAssignment";
class Provider extends pulumi.ProviderResource {}
const provider = new Provider("datadog-seats", "eu", ${args});
`;
    write("index.ts", provider);
    await stack.up();
    const urn = "urn:pulumi:test::import::pulumi:providers:datadog-seats::eu";
    await exportSeats("--provider", `eu=${urn}`);
    simulator.clearRequests();
    await stack.succeeds(...importing, "--yes");

    const seats = users(2).map((userId) => {
      const name = `on-call-${simulator.org.users.get(userId)?.email}`;
      const inputs = JSON.stringify({ productCode: "on_call", userId });
      return `new SeatAssignment(${JSON.stringify(name)}, ${inputs}, { provider });\n`;
    });
    write("index.ts", provider + seats.join(""));
    await stack.succeeds(...previewing);
    expect(await stack.resources()).to.have.length(2);
    expect(simulator.requests.every(isListing)).to.equal(true);
  });
});
