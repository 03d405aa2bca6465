import { expect } from "chai";
import { membersAmong } from "../../../provider/src/model/members";
import type { User } from "../../../provider/src/model/usersByEmail";
import { user } from "../../support/ids";

const person = (n: number, email?: string, changes: Partial<User> = {}): User => ({
  userId: user(n),
  ...(email !== undefined && { email }),
  isDisabled: false,
  isServiceAccount: false,
  ...changes,
});

describe("membersAmong", () => {
  let lines: string[];
  const members = (found: User[], allowEmpty = false) =>
    membersAmong(found, 'the team "sre"', allowEmpty, (line) => lines.push(line));
  beforeEach(() => {
    lines = [];
  });

  it("is the same for the same people, in whatever order and case they come", () => {
    const found = [person(2, "Bob@example.com"), person(1, "carol@example.com")];
    const expected = { "bob@example.com": user(2), "carol@example.com": user(1) };
    expect(Object.entries(members(found))).to.deep.equal(Object.entries(expected));
    expect(Object.entries(members([...found, ...found].reverse()))).to.deep.equal(
      Object.entries(expected),
    );
    expect(lines).to.deep.equal([]);
  });

  it("loses nobody who has no email of their own", () => {
    const found = [person(3, "ops@example.com"), person(2, "OPS@example.com"), person(1)];
    expect(members([...found, person(4, "")])).to.deep.equal({
      "ops@example.com": user(2),
      [user(1)]: user(1),
      [user(3)]: user(3),
      [user(4)]: user(4),
    });
  });

  it("leaves out who is disabled by any entry, and service accounts, in one line", () => {
    const found = [
      person(1, "alice@example.com"),
      person(2, "bob@example.com"),
      person(2, "bob@example.com", { isDisabled: true }),
      person(3, "ci@example.com", { isServiceAccount: true }),
    ];
    expect(members(found)).to.deep.equal({ "alice@example.com": user(1) });
    expect(lines).to.deep.equal([
      'Left out of the members of the team "sre": bob@example.com (disabled), ci@example.com (service account).',
    ]);
  });

  it("names twenty of those who are left out", () => {
    const found = Array.from({ length: 25 }, (_, n) => person(n, undefined, { isDisabled: true }));
    members([...found, person(99)]);
    expect(lines[0]).to.match(/\(disabled\) and 5 more\.$/);
  });

  it("fails when nobody is left, unless that is allowed", () => {
    const found = [person(1, "alice@example.com", { isDisabled: true })];
    expect(() => members(found)).to.throw('There is nobody in the team "sre" who can have a seat.');
    expect(members(found, true)).to.deep.equal({});
  });
});
