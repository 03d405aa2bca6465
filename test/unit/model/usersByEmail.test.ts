import { expect } from "chai";
import { emailProblem, type User, UsersByEmail } from "../../../provider/src/model/usersByEmail";
import { user, users } from "../../support/ids";

const person = (n: number, email?: string, others: Partial<User> = {}): User => ({
  userId: user(n),
  ...(email !== undefined && { email }),
  isDisabled: false,
  isServiceAccount: false,
  ...others,
});
const disabled = { isDisabled: true };
const service = { isServiceAccount: true };

const all = [
  person(1, "Alice@Example.com"),
  person(2, "bob@example.com", disabled),
  person(3, "bob@example.com"),
  person(4, "carol@example.com", disabled),
  person(5, "ops@example.com"),
  person(6, "OPS@example.com", service),
  person(7, "ci@example.com", service),
  person(8),
];
const ids = (...emails: string[]) => new UsersByEmail(all).ids(emails);

describe("UsersByEmail", () => {
  it("finds the only enabled user of an email in any case, by the email as it is given", () => {
    expect(ids(" alice@EXAMPLE.com ", "bob@example.com", "ALICE@example.com")).to.deep.equal({
      " alice@EXAMPLE.com ": user(1),
      "bob@example.com": user(3),
      "ALICE@example.com": user(1),
    });
  });

  it("counts a user once who comes twice, as from two pages, and an email that is given twice", () => {
    const twice = new UsersByEmail([...all, ...all]);
    expect(twice.ids(["alice@example.com", "alice@example.com"])).to.deep.equal({
      "alice@example.com": user(1),
    });
    expect(() => ids("x@y", "x@y")).to.throw("the users of 1 of 1 emails");
  });

  it("lists every email that is unknown, disabled, ambiguous or a service account's, in one error", () => {
    const emails = ["alcie@example.com", "bob@example.com", "Carol@example.com"];
    expect(() => ids(...emails, "ops@example.com", "ci@example.com", "x@y.z"))
      .to.throw()
      .with.property(
        "message",
        `Could not find the users of 5 of 6 emails:
  2 that no user has: "alcie@example.com" (did you mean "alice@example.com"?), "x@y.z"
  1 of disabled users: "Carol@example.com" (disabled user ${user(4)})
  1 that several users have: "ops@example.com" (user ${user(5)}, service account ${user(6)})
  1 of service accounts: "ci@example.com" (service account ${user(7)})
Correct these emails, or leave them out (those of disabled users with \`disabled: "leave out"\`). A user who has no email of their own can be named by UUID, where a UUID is asked for.`,
      );
  });

  it("leaves out emails that only disabled users have, where that is wanted, and says whose", () => {
    const lines: string[] = [];
    const emails = ["bob@example.com", "carol@example.com"];
    const left = new UsersByEmail(all).ids(emails, (line) => lines.push(line));
    expect(left).to.deep.equal({ "bob@example.com": user(3) });
    expect(lines).to.deep.equal([
      `Left out, of 2 emails, 1 of disabled users: "carol@example.com" (disabled user ${user(4)}).`,
    ]);
    const others = () => new UsersByEmail(all).ids([...emails, "ci@example.com"], () => {});
    expect(others)
      .to.throw("Could not find the users of 1 of 3 emails:")
      .with.property("message")
      .that.includes('1 of service accounts: "ci@example.com"')
      .and.not.includes("carol");
  });

  it("suggests the nearest emails first, three at most, and nobody who can't be found", () => {
    const near = ["ab1@x", "a1@x", "abc@x", "a@x", "abd@x"].map((email, n) => person(n, email));
    const users = new UsersByEmail([...near, person(9, "ab@x", disabled)]);
    expect(() => users.ids(["abcd@x"])).to.throw('(did you mean "abc@x" or "abd@x" or "ab1@x"?)');
  });

  it("bounds the message, however many emails fail and however many users have one", () => {
    const crowd = users(50).map((userId) => ({ ...person(0, "crowd@example.com"), userId }));
    const unknown = users(2000).map((id) => `${id.repeat(6)}@example.com`);
    const many = new UsersByEmail(crowd);
    expect(() => many.ids([...unknown, "crowd@example.com"]))
      .to.throw()
      .with.property("message")
      .that.matches(/2000 that no user has: ("[^"]*", ){19}"[^"]*" and 1980 more\n/)
      .and.matches(/"crowd@example.com" \((user [0-9a-f-]{36}, ){2}user [0-9a-f-]{36}, …\)/)
      .and.has.property("length")
      .that.is.below(7000);
  });

  it("finds nobody for nobody", () => {
    expect(ids()).to.deep.equal({});
    expect(new UsersByEmail([]).idOf("alice@example.com")).to.equal(undefined);
  });
});

describe("emailProblem", () => {
  it("takes emails, with blanks around them", () => {
    for (const email of ["a@b", " alice+seats@example.com\n", "ö'hara`$@exämple.com"]) {
      expect(emailProblem(email), email).to.equal(undefined);
    }
  });

  it("refuses what can be none", () => {
    const long = `${"a".repeat(250)}@b.com`;
    const texts = "| |alice|a@|@b|a b@c|a@b@c|a\u202e@b".split("|");
    for (const value of [...texts, long, 7, null]) {
      expect(emailProblem(value), String(value)).to.equal(
        'expected an email such as "alice@example.com"',
      );
    }
  });
});
