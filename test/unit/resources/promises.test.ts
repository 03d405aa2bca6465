// In Jest, promises of Node's own modules, such as what reads a list from a file, are of another realm than the program.
import { runInNewContext } from "node:vm";
import { expect } from "chai";
import {
  getSeatUsersOutput,
  getUserIdsOutput,
  SeatAssignment,
  SeatRoster,
  TeamSeats,
} from "../../../provider/src";
import { user } from "../../support/ids";
import { mockedResources, value } from "../../support/mocks";

/** A promise of another realm. */
function foreign<T>(result: T): Promise<T> {
  const promise = runInNewContext("Promise").resolve(result);
  expect(promise).to.not.be.instanceOf(Promise);
  return promise;
}

describe("promises of another realm count as promises", () => {
  const mocks = mockedResources(({ name }) => name);
  const members = { alice: user(1) };

  it("in every argument of a SeatAssignment", async () => {
    const seat = { productCode: "on_call", userId: user(1), existing: "reject" } as const;
    const args = Object.entries(seat).map(([name, one]) => [name, foreign(one)]);
    await value(new SeatAssignment("alice", Object.fromEntries(args)).urn);
    expect(mocks.created[0]?.inputs).to.include(seat);
  });

  it("in the id of a SeatAssignment that is looked up", async () => {
    const id = `on_call/${user(1)}`;
    await value(SeatAssignment.get("alice", foreign(id)).urn);
    expect(mocks.created[0]?.id).to.equal(id);
  });

  it("in every argument of a SeatRoster, its members as a whole or one by one", async () => {
    const roster = {
      productCode: "on_call",
      members,
      exclusive: true,
      maxRemovals: 2,
      existing: "adopt",
    };
    const args = Object.entries(roster).map(([name, one]) => [name, foreign(one)]);
    await value(new SeatRoster("whole", Object.fromEntries(args)).urn);
    const each = { alice: foreign(user(1)) };
    await value(new SeatRoster("each", { productCode: "on_call", members: each }).urn);
    await value(new SeatRoster("nested", { productCode: "on_call", members: foreign(each) }).urn);
    expect(mocks.created[0]?.inputs).to.deep.include(roster);
    for (const { inputs } of mocks.created) expect(inputs.members).to.deep.equal(members);
  });

  it("in the products and members of a TeamSeats", async () => {
    const { seats } = new TeamSeats("sre", {
      products: [foreign("on_call")],
      members: { alice: foreign(user(1)) },
      existing: foreign("reject" as const),
    });
    await value(seats["product-1"]?.alice?.urn as SeatAssignment["urn"]);
    const seat = { productCode: "on_call", userId: user(1), existing: "reject" };
    expect(mocks.created.at(-1)?.inputs).to.include(seat);
  });

  it("in the arguments of functions", async () => {
    const emails = ["alice@example.com"];
    await value(getSeatUsersOutput({ productCode: foreign("on_call") }));
    await value(getUserIdsOutput({ emails: foreign(emails) }));
    await value(getUserIdsOutput({ emails: emails.map(foreign) }));
    expect(mocks.called.map(({ inputs }) => inputs)).to.deep.equal([
      { productCode: "on_call" },
      { emails },
      { emails },
    ]);
  });
});
