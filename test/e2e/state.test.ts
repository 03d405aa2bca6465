import { expect } from "chai";
import { users } from "../support/ids";
import { stage } from "../support/stage";

describe("the state of a stack", () => {
  const on = stage({ users: 300 });

  it("takes at most 1,500 bytes a seat, and a refresh of 50 seats in an org of 250 three GETs", async () => {
    for (const id of users(200, 51)) on.simulator.org.claim("on_call", id);
    await on.stack.declare(
      ...users(50).map((userId, n) => ({ name: `seat-${n}`, productCode: "on_call", userId })),
    );
    await on.stack.up();
    const sizes = (await on.stack.seats()).map((seat) => JSON.stringify(seat).length);
    expect(sizes).to.have.lengthOf(50);
    expect(Math.max(...sizes)).to.be.at.most(1500);
    expect(on.simulator.org.holders("on_call")).to.deep.equal(users(250));

    on.simulator.clearRequests();
    await on.stack.refresh();
    expect(on.simulator.requests.map(({ method }) => method)).to.deep.equal(["GET", "GET", "GET"]);
    expect(await on.stack.seats()).to.have.lengthOf(50);
  });
});
