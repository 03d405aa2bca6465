import { expect } from "chai";
import { parseAssigned, parsePage, UnexpectedResponse } from "../../../provider/src/api/responses";

const entry = {
  id: "ABCDEF00-0000-4000-8000-000000000001",
  type: "seat-users",
  attributes: { email: "a@example.com", name: "A", assigned_at: "2026-01-01T00:00:00Z" },
};

describe("parsePage", () => {
  it("reads users, with ids in lower case, and the next cursor", () => {
    expect(parsePage({ data: [entry], meta: { next_cursor: "x" } }, 100)).to.deep.equal({
      users: [
        {
          userId: "abcdef00-0000-4000-8000-000000000001",
          email: "a@example.com",
          name: "A",
          assignedAt: "2026-01-01T00:00:00Z",
        },
      ],
      nextCursor: "x",
    });
  });

  it("treats an absent, null or empty next cursor as the last page", () => {
    for (const meta of [{}, { next_cursor: null }, { next_cursor: "" }]) {
      expect(parsePage({ data: [], meta }, 100)).to.deep.equal({ users: [] });
    }
    expect(parsePage({ data: [], meta: null }, 100), "null").to.deep.equal({ users: [] });
    expect(parsePage({ data: [] }, 100), "no meta at all").to.deep.equal({ users: [] });
  });

  it("does not treat a full page without meta as the last one", () => {
    expect(() => parsePage({ data: [entry, entry] }, 2)).to.throw(
      "a full page came without `meta`",
    );
  });

  it("refuses a page with more users than were asked for", () => {
    const meta = { next_cursor: "x" };
    expect(() => parsePage({ data: [entry, entry, entry], meta }, 2)).to.throw(
      "with 3 users on a page, although at most 2 were asked for.",
    );
    expect(parsePage({ data: [entry, entry], meta }, 2).users).to.have.lengthOf(2);
  });

  it("shows control characters, what turns the order of a line, and halves of characters", () => {
    const shown = (email: string, name: string) =>
      parsePage({ data: [{ id: "u", attributes: { email, name } }] }, 100).users;
    expect(shown("a@example.com\u001b]0;owned\u0007\nb", "A\u0000")).to.deep.equal([
      { userId: "u", email: "a@example.com\\u001b]0;owned\\u0007 b", name: "A\\u0000" },
    ]);
    expect(shown("a\u202eb\ud83d", `x${"🔑".repeat(300)}`)).to.deep.equal([
      { userId: "u", email: "a\\u202eb\\ud83d", name: `x${"🔑".repeat(149)}…` },
    ]);
  });

  it("shows in an email what can't be seen", () => {
    const data = [{ id: "u", attributes: { email: "al\u200bice@example.com" } }];
    expect(parsePage({ data }, 100).users[0]?.email).to.equal("al\\u200bice@example.com");
  });

  it("leaves out what a user lacks", () => {
    const bare = { id: "u", attributes: { email: null, name: 7 } };
    expect(parsePage({ data: [bare, { id: "v" }] }, 100).users).to.deep.equal([
      { userId: "u" },
      { userId: "v" },
    ]);
  });

  it("refuses what is not a page", () => {
    const users = [null, {}, { id: 7 }, { id: "" }, { id: " u" }, { id: "u", attributes: 7 }];
    const metas = [7, { next_cursor: 7 }];
    const bodies = [
      ...[null, "<html>", [], {}, { data: {} }],
      ...users.map((one) => ({ data: [one] })),
      ...metas.map((meta) => ({ data: [], meta })),
    ];
    for (const body of bodies) {
      expect(() => parsePage(body, 100), JSON.stringify(body)).to.throw(UnexpectedResponse);
    }
  });
});

describe("parseAssigned", () => {
  it("reads the users, in lower case", () => {
    const body = { data: { attributes: { assigned_ids: ["ABC", "d"] } } };
    expect([...parseAssigned(body)]).to.deep.equal(["abc", "d"]);
  });

  it("refuses a response without them", () => {
    const ids = [undefined, null, "abc", {}, [7], ["abc", null]];
    const odd = ids.map((assigned_ids) => ({ data: { attributes: { assigned_ids } } }));
    for (const body of ["", null, {}, { data: {} }, { data: { attributes: [] } }, ...odd]) {
      expect(() => parseAssigned(body), JSON.stringify(body)).to.throw(UnexpectedResponse);
    }
  });
});
