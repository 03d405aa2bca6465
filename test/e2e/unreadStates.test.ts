import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Report } from "../../provider/src/cli/reportText";
import { Simulator } from "../../simulator/src";
import { datadogSeats } from "../support/command";
import { pointingAt } from "../support/connection";
import { user } from "../support/ids";
import { dynamic, resource, stateOf } from "../support/states";

/** Responds as `pulumi` does: as its own program, because 300 runs of the real one take minutes. */
const standIn = `#!/bin/sh
case "$*" in
  "stack ls --all --json --non-interactive") cat stacks.json ;;
  "stack export --stack seats/s7 "*) echo "error: could not decrypt" >&2; exit 255 ;;
  "stack export --stack seats/s8 "*) echo '{"version": 99, "deployment": {"resources": []}}' ;;
  "stack export --stack seats/s9 "*) echo "<html>" ;;
  "stack export --stack seats/"*) cat "\${4#seats/}.json" ;;
  *) echo "unexpected: $*" >&2; exit 1 ;;
esac
`;
const reasons = [
  "Could not read the state of stack seats/s7: could not decrypt",
  "Could not read the state of stack seats/s8: its format has version 99, and this release of pulumi-datadog-seats knows 3 and 4. Update the package.",
  "Could not read the state of stack seats/s9: it is not JSON. Expected what `pulumi stack export` writes.",
];

describe("on a backend of 300 stacks, of which three can't be read, pulumi-datadog-seats report", () => {
  let simulator: Simulator;
  let folder: string;
  let environment: NodeJS.ProcessEnv;
  const run = (line: string) => datadogSeats(line.split(" "), { environment, folder });

  beforeEach(async () => {
    simulator = await Simulator.start();
    folder = mkdtempSync(join(tmpdir(), "seats-unread-"));
    const names = Array.from({ length: 300 }, (_, n) => `s${n}`);
    writeFileSync(join(folder, "pulumi"), standIn, { mode: 0o755 });
    writeFileSync(
      join(folder, "stacks.json"),
      JSON.stringify(names.map((name) => ({ name: `seats/${name}` }))),
    );
    for (const [n, name] of names.entries()) {
      const owner = resource("seats", name, "alice", dynamic, `on_call/${user(1000 + n)}`);
      writeFileSync(join(folder, `${name}.json`), stateOf(owner));
      simulator.org.claim("on_call", user(1000 + n));
    }
    environment = { ...pointingAt(simulator), PATH: `${folder}:/usr/bin:/bin` };
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await simulator.stop();
  });

  it("shows the others, names the three, and ends with 1", async () => {
    const { code, stdout, stderr } = await run(
      "report -p on_call --all-stacks --json --fail-on unmanaged",
    );
    expect(code).to.equal(1);
    const { products, unread } = JSON.parse(stdout) as Report;
    expect(products).to.deep.equal([
      { productCode: "on_call", held: 300, unmanaged: 3, owned: 297, twice: 0, missing: 0 },
    ]);
    expect(unread).to.deep.equal(reasons);
    expect(stderr).to.equal(
      `Findings: 3 unmanaged.\n${reasons.map((reason) => `error: ${reason}\n`).join("")}` +
        "3 of 300 states could not be read: what only they own is counted as unmanaged.\n",
    );
  });

  it("shows nobody as unmanaged alone who may be owned by one that can't be read", async () => {
    const stacks = "report -p on_call --stack seats/s1 seats/s7";
    expect(await run(`${stacks} --only missing,unmanaged`)).to.deep.equal({
      code: 1,
      stdout: "",
      stderr: `error: ${reasons[0]}\nSo it is unknown which seats are unmanaged.\n`,
    });
    expect(simulator.count()).to.equal(0);
    const twice = await run(`${stacks} --only twice --json`);
    expect(twice.code).to.equal(1);
    expect(JSON.parse(twice.stdout)).to.deep.include({ seats: [], unread: [reasons[0]] });
  });

  it("asks nothing of Datadog where no state can be read", async () => {
    const { code, stdout, stderr } = await run("report -p on_call --state a.json b.json");
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
    expect(stderr).to.match(/^error: Could not read a\.json: .*\nCould not read b\.json: .*\n$/);
    expect(simulator.count()).to.equal(0);
  });
});
