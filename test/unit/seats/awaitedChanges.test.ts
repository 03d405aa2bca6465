import { expect } from "chai";
import sinon from "sinon";
import { AwaitedChanges } from "../../../provider/src/seats/awaitedChanges";

describe("AwaitedChanges", () => {
  let clock: sinon.SinonFakeTimers;
  let lastCall: number;
  let changes: AwaitedChanges;

  beforeEach(() => {
    clock = sinon.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    lastCall = 0;
    changes = new AwaitedChanges(() => lastCall);
  });
  afterEach(() => clock.restore());

  it("have all come when each resource was changed or found unchanged", async () => {
    expect(await changes.allCame(undefined)).to.equal(true);
    changes.await("one");
    changes.await("other");
    changes.came("one");
    const asked = changes.allCame(undefined);
    changes.came("other");
    expect(await asked).to.equal(true);
  });

  it("have not all come five seconds after the engine's last call", async () => {
    changes.await("skipped");
    const asked = changes.allCame(undefined);
    lastCall = 3000;
    await clock.tickAsync(7999);
    expect(await Promise.race([asked, "still waiting"])).to.equal("still waiting");
    await clock.tickAsync(1);
    expect(await asked).to.equal(false);
  });

  it("are not waited for by a resource that is deleted before it is replaced", async () => {
    changes.await("queued");
    changes.await("replaced");
    expect(await changes.allCame("replaced")).to.equal(true);
  });
});
