import { expect } from "chai";
import { UsersApi } from "../../../provider/src/api/users";
import type { Connection } from "../../../provider/src/config/connection";
import { apiHarness, failure } from "../../support/apiHarness";
import { stopClock } from "../../support/clock";
import { connectionTo } from "../../support/connection";
import { user, users } from "../../support/ids";
import { rejection } from "../../support/rejection";

const emailOf = (id: string) => `user-${id.slice(-12)}@example.com`;
const emails = (count: number, from = 1) => users(count, from).map(emailOf);

describe("UsersApi", () => {
  const ctx = apiHarness();
  const api = (changes?: Partial<Connection>) => new UsersApi(connectionTo(ctx.simulator, changes));
  const addUsers = (count: number) => {
    for (const id of users(count)) ctx.simulator.org.addUser(id);
  };
  /** The queries that arrived, decoded, without the page's size. */
  const queries = () =>
    ctx.simulator.requests.map(({ url }) => {
      const { searchParams } = new URL(url, ctx.simulator.url);
      expect(searchParams.get("page[size]")).to.equal("100");
      expect(searchParams.get("sort")).to.equal("name");
      return [searchParams.get("filter"), searchParams.get("page[number]")].join(" ").trim();
    });
  const page = (count: number, total: number, from = 1) => ({
    data: users(count, from).map((id) => ({ id, attributes: { email: emailOf(id) } })),
    meta: { page: { total_count: total, total_filtered_count: total } },
  });
  const respond = (body: object | string, times = 1) =>
    ctx.simulator.faults.add({ status: 200, body, times });

  describe("finds the users of emails", () => {
    it("of 2,000 emails in at most 25 requests", async () => {
      addUsers(2400);
      const asked = emails(2000, 201);
      const ids = await api().idsByEmail(asked);
      expect(Object.keys(ids)).to.deep.equal(asked);
      expect(Object.values(ids)).to.deep.equal(users(2000, 201));
      expect(ctx.simulator.count()).to.equal(24);
    });

    it("on all pages where that takes no more requests than one for each email", async () => {
      addUsers(301);
      await api().idsByEmail(emails(3, 200));
      expect(queries().sort()).to.deep.equal(["0", "1", "2", "3"]);
    });

    it("by a request for each where that takes fewer, whatever else a filter finds", async () => {
      addUsers(201);
      const [first = "", second = ""] = emails(2, 200);
      for (let n = 0; n < 150; n += 1) {
        ctx.simulator.org.addUser(user(1000 + n), { email: `${n}-${first}` });
      }
      const asked = [first.toUpperCase(), first, second];
      expect(Object.values(await api().idsByEmail(asked))).to.deep.equal([200, 200, 201].map(user));
      expect(queries().sort()).to.deep.equal(["0", `${first} 0`, `${first} 1`, `${second} 0`]);
    });

    it("by a request for each where pages repeat users and lack others", async () => {
      addUsers(250);
      ctx.simulator.faults.add({ page: 2, status: 200, body: page(100, 250) });
      const [first = "", second = ""] = emails(2, 150);
      const ids = await api().idsByEmail([first, second]);
      expect(ids).to.deep.equal({ [first]: user(150), [second]: user(151) });
      expect(queries().sort()).to.deep.equal(["0", "1", "2", `${first} 0`, `${second} 0`]);
    });

    it("by a filter that holds any character", async () => {
      addUsers(201);
      const email = "a+b&filter=c%20'd@example.com";
      ctx.simulator.org.addUser(user(999), { email });
      expect(await api().idsByEmail([email])).to.deep.equal({ [email]: user(999) });
    });

    it("sends no request for an empty list of emails", async () => {
      expect(await api().idsByEmail([])).to.deep.equal({});
      expect(ctx.simulator.count()).to.equal(0);
    });
  });

  it("lists what is wrong with emails, and asks of a small org who was meant", async () => {
    addUsers(301);
    const { org } = ctx.simulator;
    org.addUser(user(301), { email: "carol@example.com", status: "Disabled" });
    org.addUser(user(302), { email: "ci@example.com", serviceAccount: true });
    org.addUser(user(303), { email: "dave@example.com", status: "Pending" });
    org.addUser(user(304), { email: "Dave@example.com" });
    const asked = ["carol@example.com", "ci@example.com", "dave@example.com"];
    const { message } = await rejection(api().idsByEmail(asked));
    expect(message).to.include("Could not find the users of 3 of 3 emails:");
    expect(message).to.include(`disabled user ${user(301)}`);
    expect(message).to.include(`service account ${user(302)}`);
    expect(message).to.include(`user ${user(303)}, user ${user(304)}`);

    const typo = rejection(api().idsByEmail(["alcie@example.com"]));
    expect((await typo).message).to.not.include("did you mean");
    // It looks like the email that is asked for, and is that of somebody else.
    org.addUser(user(306), { email: "al\u200bcie@example.com" });
    const lookAlike = rejection(api().idsByEmail(["alcie@example.com"]));
    expect((await lookAlike).message).to.not.include("did you mean");
    org.addUser(user(305), { email: "alice@example.com" });
    const meant = rejection(api().idsByEmail(["alcie@example.com"]));
    expect((await meant).message).to.include('did you mean "alice@example.com"?');
  });

  it("reads no more than the first page of a large org to tell who was meant", async () => {
    addUsers(1001);
    await rejection(api().idsByEmail(["nobody@example.com"]));
    expect(queries()).to.deep.equal(["0", "nobody@example.com 0"]);
  });

  describe("lists people", () => {
    it("with what tells whether they have left, and the disabled ones alone in fewer requests", async () => {
      for (const [n, id] of users(2000).entries()) {
        ctx.simulator.org.addUser(id, n < 50 ? { status: "Disabled" } : {});
      }
      expect((await api().people(true)).map(({ userId }) => userId).sort()).to.deep.equal(
        users(50),
      );
      expect(ctx.simulator.count()).to.equal(1);
      const all = await api().people(false);
      expect(all.map(({ userId }) => userId).sort()).to.deep.equal(users(2000));
      expect(ctx.simulator.count()).to.equal(1 + 20);
    });

    it("with moments as Datadog and others write them", async () => {
      const createdAt = "2026-02-03T04:05:06.000000+00:00";
      const login = async (last_login_time: unknown) => {
        const [entry] = page(1, 1).data;
        const attributes = { ...entry?.attributes, created_at: createdAt, last_login_time };
        respond({ ...page(1, 1), data: [{ ...entry, attributes }] });
        const [person] = await api().people(false);
        expect(person?.createdAt).to.equal(Date.parse(createdAt));
        return person?.lastLoginAt;
      };
      expect(await login("2026-03-04T05:06:07Z")).to.equal(Date.UTC(2026, 2, 4, 5, 6, 7));
      for (const never of [null, undefined, "", "0001-01-01T00:00:00Z"]) {
        expect(await login(never)).to.equal(undefined);
      }
      expect((await failure(login("yesterday"))).message).to.match(
        /^Could not list users: .*`last_login_time` of a user is not a date\.$/,
      );
    });
  });

  it("names the permission that is missing", async () => {
    ctx.simulator.keys.permissions = ["billing_read", "billing_edit"];
    const error = await failure(api().idsByEmail(emails(1)));
    expect(error).to.include({ outcome: "forbidden", status: 403 });
    expect(error.message)
      .to.match(/^Could not look users up by email: /)
      .and.include("one of these permissions to see users: user_access_read.");
  });

  describe("fails", () => {
    const asked = emails(5);
    const message = async () => (await failure(api().idsByEmail(asked))).message;

    it("when the pages of a single email lack users too", async () => {
      respond(page(100, 250), 99);
      expect(await message()).to.match(
        /responded, but with 100 of 250 users on all pages together\. Perhaps users changed .*\.$/,
      );
    });

    it("when the pages take longer than the retry budget and 15 minutes together", async () => {
      addUsers(2400);
      const clock = stopClock();
      try {
        ctx.simulator.onRequest = () => void clock.tick(300_000);
        const error = await failure(api().idsByEmail(emails(2000)));
        expect(error.message).to.include("the listing has no end after 1800 s. If the org is");
        expect(ctx.simulator.count()).to.be.below(12);
      } finally {
        clock.restore();
      }
    });

    it("when a page fails, instead of leaving its users out", async () => {
      addUsers(301);
      ctx.simulator.faults.add({ page: 3, status: 400, body: { errors: ["no such page"] } });
      expect(await message()).to.include("400 Bad Request: no such page.");
    });

    it("for a page of more users than were asked for", async () => {
      respond(page(101, 101));
      expect(await message()).to.include("with 101 users on a page, although at most 100 were");
    });

    const meta = page(0, 1).meta;
    const entry = { id: user(1), attributes: { email: "alice@example.com" } };
    const odd: [string, object | string, string][] = [
      ["no list", "<html>Welcome</html>", "not with a list of users."],
      ["no users", { meta }, "without `data`, the list of users."],
      ["no count", { data: [entry] }, "without `meta`."],
      ["no page", { data: [entry], meta: {} }, "without `meta.page`."],
      ...[undefined, -1, 1.5, "1", 1e12].map((total_filtered_count): [string, object, string] => [
        `a count of ${total_filtered_count}`,
        { data: [entry], meta: { page: { total_filtered_count } } },
        "`meta.page.total_filtered_count` is not a number of users.",
      ]),
      ["a user that is none", { data: [7], meta }, "an entry of `data` is not an object."],
      ["an id that is not a UUID", { data: [{ ...entry, id: "1" }], meta }, "is not a UUID."],
      ["no attributes", { data: [{ id: user(1) }], meta }, "`attributes` is not an object."],
      [
        "a user who is neither disabled nor not",
        { data: [{ ...entry, attributes: { disabled: "no" } }], meta },
        "`disabled` of a user is neither true nor false.",
      ],
    ];
    for (const [what, body, reason] of odd) {
      it(`for a response with ${what}`, async () => {
        respond(body);
        const error = await failure(api().idsByEmail(asked));
        expect(error.message).to.include("Could not look users up by email: ").and.include(reason);
        expect(error).to.include({ outcome: "unclear", stack: "" });
      });
    }
  });

  it("takes a user without an email, and one of whom only the status tells that he is disabled", async () => {
    const alice = { id: user(1).toUpperCase(), attributes: { email: "alice@example.com" } };
    const left = { id: user(2), attributes: { email: "ALICE@example.com", status: "Disabled" } };
    const bare = { id: user(3), attributes: { email: null, disabled: null } };
    respond({ data: [alice, left, bare], meta: page(0, 3).meta });
    expect(await api().idsByEmail(["alice@example.com"])).to.deep.equal({
      "alice@example.com": user(1),
    });
  });
});
