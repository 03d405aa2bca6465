// The commands that compare states with Datadog, where some of the states can't be read.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Report } from "../../provider/src/cli/reportText";
import { Simulator } from "../../simulator/src";
import { datadogSeats } from "../support/command";
import { pointingAt } from "../support/connection";
import { user } from "../support/ids";
import { dynamic, resource, stateOf } from "../support/ownedStates";

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
  "Could not export the stack seats/s7: could not decrypt",
  "The format of the stack seats/s8 has version 99, and this release of pulumi-datadog-seats knows 3 and 4. Update the package.",
  "the stack seats/s9 is not a Pulumi state: it is not JSON.",
];

describe("on a backend of 300 stacks, of which three can't be read, datadog-seats", () => {
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

  it("reports the others, names the three, and ends with 1", async () => {
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
      `Found what --fail-on names: 3 unmanaged.\n${reasons.map((reason) => `error: ${reason}\n`).join("")}` +
        "3 of 300 states could not be read: what only they own is counted as unmanaged.\n",
    );
  });

  it("lists nobody as unmanaged who may be owned by one of the three", async () => {
    const { code, stdout, stderr } = await run("unmanaged -p on_call --all-stacks");
    expect({ code, stdout, stderr }).to.deep.equal({
      code: 1,
      stdout: "",
      stderr: `error: ${reasons.join("\n")}\n`,
    });
    expect(simulator.count()).to.equal(0);
  });

  it("asks nothing of Datadog where no state can be read", async () => {
    const { code, stdout, stderr } = await run("report -p on_call --state a.json b.json");
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
    expect(stderr).to.match(/^error: Could not read a\.json: .*\nCould not read b\.json: .*\n$/);
    expect(simulator.count()).to.equal(0);
  });
});
