import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { fill, readFixture, Simulator } from "../../../simulator/src";
import { codeBlocks } from "../../support/markdown";
import { temporaryFolder } from "../../support/workFolder";

describe("docs/simulator.md", () => {
  const folder = temporaryFolder();

  it("shows a fixture that the simulator takes", async () => {
    const [text = ""] = codeBlocks("json", ["docs/simulator.md"]);
    writeFileSync(join(folder(), "my-org.json"), text);
    const fixture = readFixture(join(folder(), "my-org.json"));
    const simulator = await Simulator.start({
      behaviour: fixture.behaviour ?? {},
      keys: fixture.keys ?? {},
    });
    fill(simulator.org, fixture);
    const [alice, bob] = simulator.org.users.values();
    expect(alice?.email).to.equal("alice@example.com");
    // As the preview in README.md has them.
    expect(simulator.org.holders("incident_response")).to.deep.equal([bob?.id]);
    expect(simulator.behaviour.latencyMs).to.equal(100);
    expect(simulator.keys.permissions).to.deep.equal([
      "incident_read",
      "incident_write",
      "on_call_read",
      "teams_read",
      "user_access_read",
    ]);
    await simulator.stop();
  });
});
