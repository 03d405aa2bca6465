import { expect } from "chai";
import { byEmail } from "../../../provider/src/cli/list";

describe("byEmail", () => {
  it("sorts by email in any case, then by id, with users without an email last", () => {
    const users = [
      { userId: "5" },
      { userId: "2", email: "b@example.com" },
      { userId: "4" },
      { userId: "3", email: "B@example.com" },
      { userId: "1", email: "a@example.com" },
    ];
    expect(users.sort(byEmail).map(({ userId }) => userId)).to.deep.equal([
      "1",
      "2",
      "3",
      "4",
      "5",
    ]);
  });
});
