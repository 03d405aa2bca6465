import { expect } from "chai";
import sinon from "sinon";
import { Departures } from "../../../provider/src/seats/batcher";

describe("Departures", () => {
  let clock: sinon.SinonFakeTimers;
  let limited: boolean;
  let departures: Departures;
  let started: number;
  /** A group whose only member has just arrived. */
  const group = () => {
    departures.arrived();
    departures.schedule(() => {
      started += 1;
    });
  };

  beforeEach(() => {
    clock = sinon.useFakeTimers({
      now: 1_000_000,
      toFake: ["setTimeout", "clearTimeout", "Date"],
    });
    limited = false;
    started = 0;
    departures = new Departures(() => limited);
  });
  afterEach(() => clock.restore());

  it("lets a group gather for ten milliseconds", () => {
    group();
    clock.tick(9);
    expect(started).to.equal(0);
    clock.tick(1);
    expect(started).to.equal(1);
  });

  it("keeps a second group waiting while writes go on arriving", () => {
    group();
    clock.tick(10);
    group();
    for (let n = 0; n < 10; n += 1) {
      clock.tick(15);
      departures.arrived();
    }
    expect(started).to.equal(1);
    departures.landed();
    expect(started).to.equal(2);
  });

  it("sends up to three side by side once no more writes arrive", () => {
    for (let n = 0; n < 5; n += 1) group();
    clock.tick(10);
    expect(started).to.equal(1);
    clock.tick(10);
    expect(started).to.equal(3);
    departures.landed();
    expect(started).to.equal(4);
  });

  it("sends one after the other under a rate limit", () => {
    limited = true;
    for (let n = 0; n < 3; n += 1) group();
    clock.tick(1000);
    expect(started).to.equal(1);
    departures.landed();
    expect(started).to.equal(2);
  });
});
