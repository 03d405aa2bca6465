import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import type { SinonFakeTimers } from "sinon";
import { MAX_AGE_MS } from "../../../provider/src/seats/pageReader";
import { type LocalRun, RunShares } from "../../../provider/src/share/runShares";
import { SharedSeats } from "../../../provider/src/share/sharedSeats";
import { Simulator } from "../../../simulator/src";
import { skippingWaits, stopClock } from "../../support/clock";
import { connectionTo } from "../../support/connection";
import { nothingWanted } from "../../support/guard";
import { user, users } from "../../support/ids";

describe("RunShares", () => {
  let simulator: Simulator;
  let shares: RunShares;

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const id of users(10)) simulator.org.addUser(id);
    simulator.org.product("on_call");
    shares = new RunShares();
  });
  afterEach(() => simulator.stop());

  class TestRun implements LocalRun {
    isOver = false;
    readonly logged: string[] = [];
    readonly log = (line: string) => void this.logged.push(line);
    hasEnded = async () => this.isOver;
    readonly seats: SharedSeats;

    constructor(changes = {}) {
      const share = shares.join(connectionTo(simulator, changes), this);
      this.seats = new SharedSeats(
        share,
        { productCode: "on_call" },
        nothingWanted,
        async () => {},
      );
    }
  }

  it("sends what several runs write in one request", async () => {
    const runs = [new TestRun(), new TestRun(), new TestRun()];
    await skippingWaits(() => Promise.all(runs.map(({ seats }, n) => seats.assign(user(n + 1)))));
    expect(simulator.requests.map(({ userIds }) => [...userIds])).to.deep.equal([users(3)]);
  });

  it("tells every run that goes on of a wait for the rate limit", async () => {
    const runs = [new TestRun(), new TestRun(), new TestRun()];
    end(runs[2]);
    simulator.faults.add({ method: "GET", status: 429, headers: { "x-ratelimit-reset": "60" } });
    await skippingWaits(async () => find(runs[0]));
    const line = "Datadog's rate limit is used up; waiting 60 s (to list the seats of on_call)";
    expect(runs.map(({ logged }) => logged)).to.deep.equal([[line], [line], []]);
  });

  it("keeps runs with other settings apart", async () => {
    const second = simulator.addKeys({ apiKey: "second-api-key", appKey: "second-app-key" });
    for (const changes of [{}, second, { pageSize: 10 }, { adoptionPages: 1 }]) {
      await find(new TestRun(changes));
    }
    expect(simulator.count("GET")).to.equal(4);
  });

  it("lets a run join as long as another one is under way, and begins anew for the next", async () => {
    const runs = [new TestRun(), new TestRun()];
    await find(runs[0]);
    end(runs[0]);
    runs.push(new TestRun());
    await find(runs[2]);
    expect(simulator.count("GET")).to.equal(1);

    simulator.org.claim("on_call", user(1));
    for (const run of runs) end(run);
    expect(await find(new TestRun())).to.have.property("userId", user(1));
  });

  it("lets no run join after five minutes, whoever is under way", async () => {
    const clock = stopClock();
    try {
      await assigned(new TestRun(), clock);
      simulator.org.unassign("on_call", user(1));
      await clock.tickAsync(MAX_AGE_MS - 200);
      expect(await find(new TestRun())).to.deep.equal({ userId: user(1) });
      await clock.tickAsync(1);
      expect(await find(new TestRun())).to.equal(undefined);
    } finally {
      clock.restore();
    }
  });
});

async function assigned(run: { seats: SharedSeats }, clock: SinonFakeTimers): Promise<void> {
  const written = run.seats.assign(user(1));
  await nextTurn();
  await clock.tickAsync(200);
  await written;
}

const find = (run?: { seats: SharedSeats }) => run?.seats.find(user(1));
const end = (run?: { isOver: boolean }) => run && Object.assign(run, { isOver: true });
