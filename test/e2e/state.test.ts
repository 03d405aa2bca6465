import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { users } from "../support/ids";
import { TestStack } from "../support/stack";

describe("the state of a stack", () => {
  let simulator: Simulator;
  let stack: TestStack;

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const id of users(300)) simulator.org.addUser(id);
    for (const product of ["on_call", "incident_response"]) simulator.org.product(product);
  });
  afterEach(async () => {
    stack.remove();
    await simulator.stop();
  });

  it("takes at most 1,500 bytes a seat, and a refresh of 50 seats in an org of 250 three GETs", async () => {
    stack = await TestStack.create(simulator);
    for (const id of users(200, 51)) simulator.org.claim("on_call", id);
    await stack.declare(
      ...users(50).map((userId, n) => ({ name: `seat-${n}`, productCode: "on_call", userId })),
    );
    await stack.up();
    const sizes = (await stack.seats()).map((seat) => JSON.stringify(seat).length);
    expect(sizes).to.have.lengthOf(50);
    expect(Math.max(...sizes)).to.be.at.most(1500);
    expect(simulator.org.holders("on_call")).to.deep.equal(users(250));

    simulator.requests.length = 0;
    await stack.refresh();
    expect(simulator.requests.map(({ method }) => method)).to.deep.equal(["GET", "GET", "GET"]);
    expect(await stack.seats()).to.have.lengthOf(50);
  });
});
