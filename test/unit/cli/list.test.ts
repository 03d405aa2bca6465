import { expect } from "chai";
import { byEmail } from "../../../provider/src/cli/list";

describe("byEmail", () => {
  it("sorts by email in any case, then by id, with users without an email last", () => {
    const users = [
      { id: "5" },
      { id: "2", email: "b@example.com" },
      { id: "4" },
      { id: "3", email: "B@example.com" },
      { id: "1", email: "a@example.com" },
    ];
    expect(users.sort(byEmail).map(({ id }) => id)).to.deep.equal(["1", "2", "3", "4", "5"]);
  });
});
