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
    const [user] = simulator.org.users.values();
    expect(user?.email).to.equal("alice@example.com");
    expect(simulator.org.holders("on_call")).to.deep.equal([user?.id]);
    expect(simulator.behaviour.latencyMs).to.equal(100);
    expect(simulator.keys.permissions).to.deep.equal([
      "on_call_read",
      "on_call_write",
      "user_access_read",
    ]);
    await simulator.stop();
  });
});
