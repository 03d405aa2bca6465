import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Simulator } from "../../../simulator/src";
import { user } from "../../support/ids";
import { reportHere } from "../../support/reportHere";
import { dynamic, resource, stateOf } from "../../support/states";
import { temporaryFolder } from "../../support/workFolder";

describe("report", () => {
  const folder = temporaryFolder();
  let simulator: Simulator;

  /** A state owns one seat. */
  async function report(options: string) {
    const file = join(folder(), "state.json");
    writeFileSync(file, stateOf(resource("p", "s", "one", dynamic, `on_call/${user(1)}`)));
    return reportHere(simulator, `--state ${file} ${options}`);
  }

  beforeEach(async () => {
    simulator = await Simulator.start();
    simulator.org.claim("on_call", user(1));
  });
  afterEach(() => simulator.stop());

  it("fails under --fail-on for a product that nobody holds and no state owns", async () => {
    const asked = "No state that was read owns an oncall seat either: is the product code right?";
    const missing = await report("-p on_call oncall --only missing");
    expect(missing.code).to.equal(0);
    expect(missing.stderr).to.include(`${asked}\n`);
    const failing = await report("-p on_call oncall --fail-on missing");
    expect(failing.code).to.equal(3);
    expect(failing.stderr).to.include(
      `${asked} With --fail-on this is a failure: a code with a typo would never have a finding.\n`,
    );
  });
});
