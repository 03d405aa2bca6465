import { expect } from "chai";
import { OnCallApi, type OnCallObjects } from "../../../provider/src/api/onCall";
import { apiHarness, failure } from "../../support/apiHarness";
import { connectionTo } from "../../support/connection";
import { user, users } from "../../support/ids";

/** UUIDs of objects, by number. */
const schedule = (n: number) => `5c4ed01e-0000-4000-8000-${String(n).padStart(12, "0")}`;
const policy = (n: number) => `b011c100-0000-4000-8000-${String(n).padStart(12, "0")}`;
const team = (n: number) => `7ea40000-0000-4000-8000-${String(n).padStart(12, "0")}`;

describe("OnCallApi", () => {
  const ctx = apiHarness();
  const found = (objects: Partial<OnCallObjects>) =>
    new OnCallApi(connectionTo(ctx.simulator)).users({
      schedules: [],
      escalationPolicies: [],
      teams: [],
      ...objects,
    });
  const idsOf = async (objects: Partial<OnCallObjects>) =>
    [...new Set((await found(objects)).map(({ userId }) => userId))].sort();
  const respond = (body: object) => ctx.simulator.faults.add({ status: 200, body });
  const org = () => ctx.simulator.org;

  describe("of a schedule", () => {
    it("finds everybody on layers that have not ended, at whatever time", async () => {
      org().addSchedule(schedule(1), [
        { members: [user(1), user(2)] },
        { members: [user(2), null, user(3)], endDate: "2999-01-02T03:04:05Z" },
        { members: [user(4)], endDate: "2026-01-02T03:04:05.000Z" },
      ]);
      expect(await idsOf({ schedules: [schedule(1)] })).to.deep.equal(users(3));
      expect(ctx.simulator.count()).to.equal(1);
    });

    it("tells who is deactivated", async () => {
      org().addUser(user(20), { email: "bob@example.com", status: "Disabled" });
      org().addUser(user(21), { email: "dave@example.com", status: "Pending" });
      org().addSchedule(schedule(1), [{ members: [user(20), user(21)] }]);
      expect(await found({ schedules: [schedule(1)] })).to.deep.equal([
        { userId: user(20), email: "bob@example.com", isDisabled: true, isServiceAccount: false },
        { userId: user(21), email: "dave@example.com", isDisabled: false, isServiceAccount: false },
      ]);
    });
  });

  it("of a policy, finds users, everybody of schedules in any position, and all members of teams", async () => {
    org().addSchedule(schedule(1), [{ members: [user(2)] }]);
    org().addSchedule(schedule(2), [{ members: [user(3)] }]);
    org().addTeam({ id: team(1), handle: "sre", members: users(150, 4) });
    org().addPolicy(policy(1), [
      [
        { type: "users", id: user(1) },
        { type: "schedules", id: schedule(1) },
      ],
      [
        { type: "schedules", id: schedule(2), position: "previous" },
        { type: "schedules", id: schedule(1), position: "next" },
        { type: "teams", id: team(1) },
      ],
    ]);
    expect(await idsOf({ escalationPolicies: [policy(1)] })).to.deep.equal(users(153));
    // The policy, each schedule once, and two pages of members.
    expect(ctx.simulator.count()).to.equal(5);
  });

  it("of a team, finds whom the policies page that its routing rules name, in either way, and not its other members", async () => {
    org().addTeam({ id: team(1), handle: "sre", members: [user(9)] });
    for (const n of [1, 2]) org().addPolicy(policy(n), [[{ type: "users", id: user(n) }]]);
    org().routingRules.set(team(1), [{ policy: policy(1) }, { action: policy(2) }, {}]);
    expect(await idsOf({ teams: ["sre"] })).to.deep.equal(users(2));
    expect(await idsOf({ teams: [team(1)] })).to.deep.equal(users(2));
  });

  it("reads once what several name, in any case", async () => {
    org().addSchedule(schedule(1), [{ members: [user(1)] }]);
    org().addPolicy(policy(1), [[{ type: "schedules", id: schedule(1) }]]);
    const escalationPolicies = [policy(1), ` ${policy(1).toUpperCase()}`];
    expect(await idsOf({ schedules: [schedule(1)], escalationPolicies })).to.deep.equal([user(1)]);
    expect(ctx.simulator.count()).to.equal(2);
  });

  it("sends nothing when nothing is named", async () => {
    expect(await found({})).to.deep.equal([]);
    expect(ctx.simulator.count()).to.equal(0);
  });

  it("names the permission that is missing, and the access rules that an object can have", async () => {
    org().addSchedule(schedule(1), [{ members: [user(1)] }]);
    org().restricted.add(schedule(1));
    const error = await failure(found({ schedules: [schedule(1)] }));
    expect(error).to.include({ outcome: "forbidden", status: 403 });
    expect(error.message)
      .to.match(/^Could not read the On-Call schedule 5c4ed01e-/)
      .and.include("one of these permissions to see who is on call: on_call_read.")
      .and.include("can have access rules of its own");
  });

  describe("fails instead of leaving anybody out", () => {
    const message = async (objects: Partial<OnCallObjects>) =>
      (await failure(found(objects))).message;

    it("when a schedule that a policy pages is gone", async () => {
      org().addPolicy(policy(1), [
        [
          { type: "users", id: user(1) },
          { type: "schedules", id: schedule(7) },
        ],
      ]);
      expect(await message({ escalationPolicies: [policy(1)] })).to.match(
        /^Could not read the On-Call schedule 5c4ed01e-.*404 Not Found: schedule\[5c4ed01e-/,
      );
    });

    const ref = (type: string, id: string) => ({ type, id });
    const layer = (changes: object) => ({ ...ref("layers", "l"), attributes: {}, ...changes });
    const data = { relationships: { layers: { data: [ref("layers", "l")] } } };
    const members = { members: { data: [ref("members", "m")] } };
    const odd: [string, object, string][] = [
      ["no layers", { data: {} }, "an entry has no `relationships`."],
      ["layers that aren't included", { data }, "without one of the `layers` that it refers to."],
      [
        "a layer without members",
        { data, included: [layer({ relationships: {} })] },
        "an entry has no `relationships.members`.",
      ],
      [
        "a member whose user isn't included",
        {
          data,
          included: [
            layer({ relationships: members }),
            { ...ref("members", "m"), relationships: { user: { data: ref("users", user(1)) } } },
          ],
        },
        "without one of the `users`",
      ],
      [
        "an end that is no date",
        { data, included: [layer({ attributes: { end_date: "soon" }, relationships: members })] },
        "the `end_date` of a layer is not a date.",
      ],
    ];
    for (const [what, body, reason] of odd) {
      it(`for a schedule with ${what}`, async () => {
        respond(body);
        expect(await message({ schedules: [schedule(1)] })).to.include(reason);
      });
    }

    it("for a step that pages something unknown", async () => {
      const step = { ...ref("steps", "s"), relationships: { targets: { data: [ref("x", "y")] } } };
      respond({
        data: { relationships: { steps: { data: [ref("steps", "s")] } } },
        included: [step],
      });
      expect(await message({ escalationPolicies: [policy(1)] })).to.include(
        "a step pages x, which",
      );
    });
  });

  it("takes the year 1 and nothing for no end, and an empty id for nobody", async () => {
    const ref = (type: string, id: string) => ({ type, id });
    const layers = ["", "0001-01-01T00:00:00Z", null].map((end_date, n) => ({
      ...ref("layers", `l${n}`),
      attributes: { end_date },
      relationships: { members: { data: [ref("members", `m${n}`)] } },
    }));
    const members = ["", user(1), user(2)].map((id, n) => ({
      ...ref("members", `m${n}`),
      relationships: { user: { data: ref("users", id) } },
    }));
    const included = users(2).map((id) => ({ ...ref("users", id), attributes: {} }));
    respond({
      data: { relationships: { layers: { data: layers.map(({ id }) => ref("layers", id)) } } },
      included: [...layers, ...members, ...included],
    });
    expect(await idsOf({ schedules: [schedule(1)] })).to.deep.equal(users(2));
  });
});
