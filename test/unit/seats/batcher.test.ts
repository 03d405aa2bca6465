import { expect } from "chai";
import sinon from "sinon";
import { BatchScheduler } from "../../../provider/src/seats/batcher";

describe("BatchScheduler", () => {
  let clock: sinon.SinonFakeTimers;
  let limited: boolean;
  let scheduler: BatchScheduler;
  let started: number;
  /** A batch whose only member has just arrived. */
  const batch = () => {
    scheduler.arrived();
    scheduler.schedule(() => {
      started += 1;
    });
  };

  beforeEach(() => {
    clock = sinon.useFakeTimers({
      now: 1_000_000,
      toFake: ["setTimeout", "clearTimeout", "performance"],
    });
    limited = false;
    started = 0;
    scheduler = new BatchScheduler(() => limited);
  });
  afterEach(() => clock.restore());

  it("lets a batch gather for ten milliseconds", () => {
    batch();
    clock.tick(9);
    expect(started).to.equal(0);
    clock.tick(1);
    expect(started).to.equal(1);
  });

  it("keeps a second batch waiting while writes go on arriving", () => {
    batch();
    clock.tick(10);
    batch();
    for (let n = 0; n < 10; n += 1) {
      clock.tick(15);
      scheduler.arrived();
    }
    expect(started).to.equal(1);
    scheduler.settled();
    expect(started).to.equal(2);
  });

  it("sends up to three side by side once no more writes arrive", () => {
    for (let n = 0; n < 5; n += 1) batch();
    clock.tick(10);
    expect(started).to.equal(1);
    clock.tick(10);
    expect(started).to.equal(3);
    scheduler.settled();
    expect(started).to.equal(4);
  });

  it("sends one after the other under a rate limit", () => {
    limited = true;
    for (let n = 0; n < 3; n += 1) batch();
    clock.tick(1000);
    expect(started).to.equal(1);
    scheduler.settled();
    expect(started).to.equal(2);
  });
});
