import { expect } from "chai";
import { TeamsApi } from "../../../provider/src/api/teams";
import { apiHarness, failure } from "../../support/apiHarness";
import { connectionTo } from "../../support/connection";
import { user, users } from "../../support/ids";
import { rejection } from "../../support/rejection";

/** The UUID of a team, by number. */
const team = (n: number) => `00000000-0000-4000-8000-0000000a${String(n).padStart(4, "0")}`;

describe("TeamsApi", () => {
  const ctx = apiHarness();
  const idsOf = async (name: string, subTeams = false) => {
    const found = await new TeamsApi(connectionTo(ctx.simulator)).members(name, subTeams);
    return found.map(({ userId }) => userId);
  };
  const addTeam = (n: number, handle: string, members: string[], subTeams: string[] = []) =>
    ctx.simulator.org.addTeam({ id: team(n), handle, members, subTeams });
  const respond = (body: object) => ctx.simulator.faults.add({ status: 200, body });

  it("finds 5,000 members of a team given by its handle in 51 requests", async () => {
    addTeam(1, "sre", users(5000));
    addTeam(2, "sre-emea", [user(1)]);
    expect(await idsOf("sre")).to.have.members(users(5000));
    expect(ctx.simulator.count()).to.equal(51);
  });

  it("takes a team's UUID without a search", async () => {
    addTeam(1, "sre", users(3));
    expect(await idsOf(team(1).toUpperCase())).to.have.members(users(3));
    expect(ctx.simulator.count()).to.equal(1);
  });

  it("compares the handle exactly, on whatever page of the search it is", async () => {
    for (let n = 1; n <= 120; n += 1) addTeam(n, `sre-${n}`, [user(1)]);
    addTeam(121, "sre", [user(2)]);
    expect(await idsOf("sre")).to.deep.equal([user(2)]);
    const { message } = await rejection(idsOf("sre-12O"));
    expect(message).to.match(/^No Datadog team has the handle "sre-12O"\. /);
    addTeam(122, "web", [user(1)]);
    expect((await rejection(idsOf("WEB"))).message).to.include('(did you mean "web"?)');
  });

  it("leaves sub-teams out, or follows them at any depth, each once", async () => {
    addTeam(1, "sre", [user(1)], [team(2), team(3)]);
    addTeam(2, "sre-emea", [user(2)], [team(4)]);
    addTeam(3, "sre-apac", [user(3)], [team(4)]);
    addTeam(4, "sre-paris", [user(4), user(1)], [team(1)]);
    expect(await idsOf("sre")).to.deep.equal([user(1)]);
    expect(await idsOf("sre", true)).to.have.members([1, 2, 3, 4, 1].map(user));
  });

  it("tells who is disabled or a service account", async () => {
    ctx.simulator.org.addUser(user(20), { email: "bob@example.com", status: "Disabled" });
    ctx.simulator.org.addUser(user(21), { email: "ci@example.com", serviceAccount: true });
    addTeam(1, "sre", [user(20), user(21)]);
    const found = await new TeamsApi(connectionTo(ctx.simulator)).members("sre", false);
    expect(found).to.deep.equal([
      { userId: user(20), email: "bob@example.com", isDisabled: true, isServiceAccount: false },
      { userId: user(21), email: "ci@example.com", isDisabled: false, isServiceAccount: true },
    ]);
  });

  it("names the permission that is missing", async () => {
    ctx.simulator.keys.permissions = ["on_call_read", "user_access_read"];
    const error = await failure(idsOf("sre"));
    expect(error).to.include({ outcome: "forbidden", status: 403 });
    expect(error.message)
      .to.match(/^Could not find the team "sre": /)
      .and.include("one of these permissions to see teams: teams_read.");
  });

  describe("fails instead of leaving members out", () => {
    const membership = {
      type: "team_memberships",
      id: "1",
      relationships: { user: { data: { type: "users", id: user(1) } } },
    };
    const included = [{ type: "users", id: user(1), attributes: { email: "alice@example.com" } }];
    const meta = (total: number) => ({ pagination: { total } });
    const message = async () => (await failure(idsOf(team(1)))).message;

    it("when a page fails", async () => {
      addTeam(1, "sre", users(250));
      ctx.simulator.faults.add({ page: 3, status: 404, body: { errors: ["no such page"] } });
      expect(await message()).to.match(
        /^Could not list the members of the team .* 404 .*no such page\.$/,
      );
    });

    it("when the pages lack members", async () => {
      respond({ data: [membership], included, meta: meta(2) });
      expect(await message()).to.include(
        "with 1 of 2 members on all pages together. Perhaps members changed while",
      );
    });

    const odd: [string, object, string][] = [
      ["a member who isn't included", { data: [membership], meta: meta(1) }, "one of the `users`"],
      [
        "a membership of nobody",
        {
          data: [{ ...membership, relationships: { user: { data: null } } }],
          included,
          meta: meta(1),
        },
        "a membership has no user.",
      ],
      ["no total", { data: [membership], included, meta: {} }, "without `meta.pagination`."],
    ];
    for (const [what, body, reason] of odd) {
      it(`for ${what}`, async () => {
        respond(body);
        expect(await message()).to.include(reason);
      });
    }
  });
});
