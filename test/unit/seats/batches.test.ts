import { expect } from "chai";
import type { SeatsApiError } from "../../../provider/src/api/errors";
import { ProductSeats } from "../../../provider/src/seats/productSeats";
import type { Simulator } from "../../../simulator/src";
import { apiHarness } from "../../support/apiHarness";
import { skippingWaits } from "../../support/clock";
import { user, users } from "../../support/ids";

describe("ProductSeats, batches of writes:", () => {
  let simulator: Simulator;
  let seats: ProductSeats;
  const holders = () => simulator.org.holders("on_call");

  const ctx = apiHarness();
  beforeEach(() => {
    simulator = ctx.simulator;
    for (const id of users(300)) simulator.org.addUser(id);
    seats = new ProductSeats(ctx.api(), "on_call", () => true);
  });

  const assignAll = (ids: string[]) => Promise.allSettled(ids.map((id) => seats.assign(id)));
  async function afterWaits<T>(work: () => Promise<T>): Promise<T> {
    let result: Promise<T> | undefined;
    await skippingWaits(() => (result = work()));
    return result as Promise<T>;
  }
  const posts = () =>
    simulator.requests.filter(({ method }) => method === "POST").map(({ userIds }) => userIds);

  it("those who come together are sent in one request, up to a hundred", async () => {
    await skippingWaits(() => assignAll(users(250)));
    expect(posts().map(({ length }) => length)).to.have.members([100, 100, 50]);
    expect(holders()).to.deep.equal(users(250));
  });

  it("those who come while requests are in flight wait, and are sent as one batch", async () => {
    let arrived = 0;
    let more: Promise<unknown> = Promise.resolve();
    simulator.onRequest = ({ method }) => {
      if (method !== "POST" || arrived > 0) return;
      arrived = 1;
      more = assignAll(users(50, 101));
    };
    await assignAll(users(2));
    await more;
    expect(posts()).to.deep.equal([users(2), users(50, 101)]);
  });

  it("one unknown user among a hundred: 99 get their seats, and one error names the user", async () => {
    const ids = [...users(99), user(999)];
    const results = await assignAll(ids);
    const errors = results.flatMap((result) =>
      result.status === "rejected" ? [result.reason as SeatsApiError] : [],
    );
    expect(errors.map(({ call }) => call.userIds)).to.deep.equal([[user(999)]]);
    expect(errors[0]?.message)
      .to.include(`user ${user(999)}: `)
      .and.include(`${user(999)} not found`);
    expect(holders()).to.deep.equal(users(99));
    // Halving: at most two requests for each time a hundred can be halved.
    expect(posts().length).to.be.at.most(15);
    expect(simulator.count("GET")).to.equal(1);
  });

  it("one unknown user is found even when the first attempt ended unclearly", async () => {
    simulator.behaviour.assignHeld = 409;
    simulator.faults.add({ method: "POST", status: 502 });
    const results = await afterWaits(() => assignAll([...users(9), user(999)]));
    expect(results.filter(({ status }) => status === "fulfilled")).to.have.lengthOf(9);
    expect(holders()).to.deep.equal(users(9));
  });

  it("a batch that took effect and is refused when it is sent again counts as done, not as somebody else's", async () => {
    simulator.behaviour.assignHeld = 409;
    simulator.faults.add({ method: "POST", status: 502, afterEffect: true });
    const results = await afterWaits(() => Promise.all(users(3).map((id) => seats.assign(id))));
    expect(results).to.deep.equal(["done", "done", "done"]);
  });

  it("one seat for which an assignment or unassignment fails does not fail the others'", async () => {
    simulator.behaviour.assignHeld = 409;
    simulator.behaviour.unassignAbsent = 404;
    simulator.org.claim("on_call", user(5));
    await Promise.all(users(10).map((id) => seats.assign(id)));
    expect(holders()).to.deep.equal(users(10));
    simulator.org.unassign("on_call", user(5));
    await Promise.all(users(10).map((id) => seats.unassign(id)));
    expect(holders()).to.deep.equal([]);
  });

  it("a 201 that leaves users out: they are named, and settled by one listing", async () => {
    simulator.behaviour.unknownUser = "unnamed";
    const results = await assignAll([...users(98), user(998), user(999)]);
    const rejected = results.filter((result) => result.status === "rejected");
    expect(rejected).to.have.lengthOf(2);
    for (const { reason } of rejected) expect(reason.message).to.include("did not name this user");
    expect(await seats.find(user(999))).to.equal("not held");
    expect(posts()).to.have.lengthOf(1);
    expect(simulator.count("GET")).to.equal(1);
  });

  it("a batch that is refused for its size is halved", async () => {
    simulator.faults.add({ method: "POST", status: 413 });
    await assignAll(users(4));
    expect(posts().map(({ length }) => length)).to.deep.equal([4, 2, 2]);
    expect(holders()).to.deep.equal(users(4));
  });

  it("refused keys are not tried on smaller batches", async () => {
    simulator.keys.permissions = [];
    const results = await assignAll(users(100));
    expect(results.every(({ status }) => status === "rejected")).to.equal(true);
    expect(simulator.count()).to.equal(1);
  });

  it("a batch whose outcome is unclear is settled by listing, for each user", async () => {
    simulator.faults.add({ method: "POST", status: 502, times: 5, afterEffect: true });
    const results = await afterWaits(() => assignAll([...users(20), user(999)]));
    // With the unknown user the batch as a whole had no effect.
    expect(results.every(({ status }) => status === "rejected")).to.equal(true);
    expect(holders()).to.deep.equal([]);
    expect(simulator.count("GET")).to.equal(4);
  });

  it("never two requests for one user at a time: the last word is the last call's", async () => {
    await Promise.all([seats.assign(user(1)), seats.unassign(user(1)), seats.assign(user(1))]);
    expect(simulator.requests.map(({ method }) => method)).to.deep.equal([
      "POST",
      "DELETE",
      "POST",
    ]);
    expect(holders()).to.deep.equal([user(1)]);
  });

  it("one request at a time once the rate limit has taken effect", async () => {
    for (const id of users(1000)) simulator.org.addUser(id);
    simulator.behaviour.rateLimit = { limit: 2, periodSeconds: 10 };
    await skippingWaits(() => assignAll(users(1000)));
    expect(holders()).to.deep.equal(users(1000));
    // Three at a time would overrun every window of two; the first may, before the limit is known.
    expect(simulator.requests.filter(({ status }) => status === 429).length).to.be.at.most(2);
  });
});
