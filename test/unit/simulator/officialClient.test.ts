import { client, v1, v2 } from "@datadog/datadog-api-client";
import { expect } from "chai";
import { Simulator } from "../../../simulator/src";
import { user, users } from "../../support/ids";
import { rejection } from "../../support/rejection";

describe("the simulator, to Datadog's own TypeScript client", () => {
  let simulator: Simulator;
  let seats: v2.SeatsApi;
  const body = (product_code: string, ids: string[]) => ({
    data: {
      type: "seat-assignments" as const,
      attributes: { productCode: product_code, userUuids: ids },
    },
  });

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const id of users(250)) simulator.org.addUser(id);
    simulator.org.product("incident_response");
    seats = new v2.SeatsApi(datadog(simulator.keys.apiKey));
  });
  afterEach(() => simulator.stop());

  function datadog(apiKey: string, appKey = simulator.keys.appKey) {
    return client.createConfiguration({
      authMethods: { apiKeyAuth: apiKey, appKeyAuth: appKey },
      baseServer: new client.BaseServerConfiguration(simulator.url, {}),
    });
  }

  it("assigns, lists and unassigns", async () => {
    const assigned = await seats.assignSeatsUser({ body: body("incident_response", users(2)) });
    expect(assigned.data?.attributes?.assignedIds).to.deep.equal(users(2));

    const listed = await seats.getSeatsUsers({ productCode: "incident_response" });
    expect(listed.data?.map(({ id }) => id)).to.deep.equal(users(2));
    expect(listed.data?.[0]?.attributes).to.include({ name: "User 000000000001" });
    expect(listed.data?.[0]?.attributes?.assignedAt).to.be.instanceOf(Date);

    await seats.unassignSeatsUser({ body: body("incident_response", [user(1)]) });
    expect(simulator.org.holders("incident_response")).to.deep.equal([user(2)]);
  });

  it("lists page by page", async () => {
    for (const id of users(250)) simulator.org.claim("incident_response", id);
    const found: (string | undefined)[] = [];
    let pageCursor: string | undefined;
    do {
      const page = await seats.getSeatsUsers({
        productCode: "incident_response",
        pageLimit: 100,
        ...(pageCursor !== undefined && { pageCursor }),
      });
      found.push(...(page.data ?? []).map(({ id }) => id));
      pageCursor = page.meta?.nextCursor;
    } while (pageCursor);
    expect(found).to.deep.equal(users(250));
    expect(simulator.count("GET")).to.equal(3);
  });

  it("responds without meta for a product without seats", async () => {
    const page = await seats.getSeatsUsers({ productCode: "incident_response" });
    expect(page.data).to.deep.equal([]);
    expect(page.meta).to.equal(undefined);
  });

  it("validates the API key alone, and both keys", async () => {
    const apiKey = (key: string) => new v1.AuthenticationApi(datadog(key)).validate();
    const both = (key: string) => new v2.KeyManagementApi(datadog(key)).validateAPIKey();
    expect(await apiKey(simulator.keys.apiKey)).to.include({ valid: true });
    expect(await both(simulator.keys.apiKey)).to.include({ status: "ok" });
    expect(await rejection(apiKey("wrong"))).to.include({ code: 403 });
    expect(await rejection(both("wrong"))).to.include({ code: 403 });
  });

  it("takes a token in place of the application key, whatever the API key, within its scopes", async () => {
    const { token } = simulator.keys;
    seats = new v2.SeatsApi(datadog("wrong", token));
    await seats.assignSeatsUser({ body: body("incident_response", users(1)) });
    simulator.keys.scopes = ["billing_read", "user_access_read"];
    expect((await seats.getSeatsUsers({ productCode: "incident_response" })).data).to.have.length(
      1,
    );
    const refused = seats.unassignSeatsUser({ body: body("incident_response", users(1)) });
    expect(await rejection(refused)).to.include({ code: 403 });
  });

  it("lists users page by page, or those whom a filter finds, enabled or not", async () => {
    const { org } = simulator;
    org.addUser(user(300), { email: "Ops@example.com", name: "Ops", status: "Disabled" });
    org.addUser(user(301), { email: "ops@example.com", name: "Ops", serviceAccount: true });
    const api = new v2.UsersApi(datadog(simulator.keys.apiKey));
    const found: (string | undefined)[] = [];
    for await (const { id } of api.listUsersWithPagination({ pageSize: 100 })) found.push(id);
    expect(found.sort()).to.deep.equal([...users(250), user(300), user(301)]);
    expect(simulator.count("GET")).to.equal(3);

    const ops = await api.listUsers({ filter: "OPS@example" });
    const attributes = ops.data?.map(({ attributes }) => attributes);
    expect(
      attributes?.map((one) => [one?.email, one?.disabled, one?.serviceAccount]),
    ).to.deep.equal([
      ["Ops@example.com", true, false],
      ["ops@example.com", false, true],
    ]);
    expect(ops.meta?.page).to.include({ totalCount: 252, totalFilteredCount: 2 });
    const [createdAt, lastLoginAt] = ["2026-02-03T04:05:06Z", "2026-03-04T05:06:07Z"];
    org.addUser(user(302), { email: "new@example.com", createdAt, lastLoginAt });
    org.addUser(user(303), { email: "newer@example.com", createdAt, lastLoginAt: null });
    const logins = (await api.listUsers({ filter: "new" })).data?.map(({ attributes }) => [
      attributes?.createdAt,
      attributes?.lastLoginTime,
    ]);
    expect(logins).to.deep.equal([
      [new Date(createdAt), new Date(lastLoginAt)],
      [new Date(createdAt), null],
    ]);
    const left = await api.listUsers({ filterStatus: "Pending,Disabled", pageNumber: 0 });
    expect(left.data?.map(({ id }) => id)).to.deep.equal([user(300)]);
    const beyond = await api.listUsers({ pageSize: 100, pageNumber: 3 });
    expect(beyond.data).to.deep.equal([]);
  });

  it("finds teams by a keyword, and lists members and sub-teams page by page", async () => {
    const { org } = simulator;
    org.addUser(user(300), { email: "bob@example.com", name: "Bob", status: "Disabled" });
    const [sre, emea] = [user(9001), user(9002)];
    org.addTeam({ id: sre, handle: "sre", members: [...users(120), user(300)], subTeams: [emea] });
    org.addTeam({ id: emea, handle: "emea", members: [user(1)] });
    const api = new v2.TeamsApi(datadog(simulator.keys.apiKey));
    const found = await api.listTeams({ filterKeyword: "SRE" });
    expect(found.data?.map(({ id, attributes }) => [id, attributes.handle])).to.deep.equal([
      [sre, "sre"],
    ]);
    const byMember = await api.listTeams({ filterKeyword: "bob@" });
    expect(byMember.data).to.have.length(1);

    const page = await api.getTeamMemberships({ teamId: sre, pageSize: 100, pageNumber: 1 });
    expect(page.data).to.have.length(21);
    expect(page.meta?.pagination).to.include({ total: 121 });
    const included = page.included as v2.User[];
    const ids = page.data?.map(({ relationships }) => relationships?.user?.data.id);
    expect(included.map(({ id }) => id)).to.deep.equal(ids);
    const bob = await api.getTeamMemberships({ teamId: sre, sort: "email" });
    const [first] = bob.included as v2.User[];
    expect(first?.attributes).to.include({ email: "bob@example.com", disabled: true });

    const links = await api.listTeamHierarchyLinks({ filterParentTeam: sre });
    expect(links.data?.map(({ relationships }) => relationships?.subTeam.data.id)).to.deep.equal([
      emea,
    ]);
    expect(links.meta?.page).to.include({ total: 1 });
    const leaf = await api.listTeamHierarchyLinks({ filterParentTeam: emea });
    expect(leaf.data).to.deep.equal([]);
    expect(await rejection(api.getTeamMemberships({ teamId: user(1) }))).to.include({ code: 404 });
    simulator.keys.permissions = ["user_access_read"];
    expect(await rejection(api.listTeams())).to.include({ code: 403 });
  });

  it("reads schedules, escalation policies and routing rules, with what they include", async () => {
    const { org } = simulator;
    const [schedule, policy, team] = [user(9001), user(9002), user(9003)];
    org.addUser(user(300), { email: "bob@example.com", name: "Bob", status: "Disabled" });
    org.addSchedule(schedule, [
      { members: [user(1), user(300)] },
      { members: [null], endDate: "2026-02-03T04:05:06Z" },
    ]);
    org.addTeam({ id: team, handle: "sre", members: [user(1)] });
    org.addPolicy(policy, [
      [
        { type: "users", id: user(2) },
        { type: "schedules", id: schedule },
      ],
      [
        { type: "teams", id: team },
        { type: "schedules", id: schedule, position: "previous" },
      ],
    ]);
    org.routingRules.set(team, [{ policy }, { action: policy }]);
    const api = new v2.OnCallApi(datadog(simulator.keys.apiKey));
    const included = <T>(of: { included?: unknown[] }, kind: new () => T) =>
      (of.included ?? []).filter((one): one is T => one instanceof kind);

    const listed = await api.listOnCallSchedules({ pageSize: 100, pageNumber: 0 });
    expect(listed.data?.map(({ id }) => id)).to.deep.equal([schedule]);
    expect(listed.meta?.page).to.include({ total: 1 });
    const bare = await api.getOnCallSchedule({ scheduleId: schedule });
    expect(bare.data?.relationships?.layers?.data).to.have.length(2);
    expect(bare.included).to.equal(undefined);
    const whole = await api.getOnCallSchedule({
      scheduleId: schedule,
      include: "layers.members.user",
    });
    expect(included(whole, v2.Layer).map(({ attributes }) => attributes?.endDate)).to.deep.equal([
      null,
      new Date("2026-02-03T04:05:06Z"),
    ]);
    expect(
      included(whole, v2.ScheduleMember).map(({ relationships }) => relationships?.user?.data.id),
    ).to.deep.equal([user(1), user(300), undefined]);
    expect(
      included(whole, v2.ScheduleUser).map(({ id, attributes }) => [id, attributes?.status]),
    ).to.deep.equal([
      [user(1), "active"],
      [user(300), "deactivated"],
    ]);

    const steps = await api.getOnCallEscalationPolicy({
      policyId: policy,
      include: "steps.targets",
    });
    const [first, second] = included(steps, v2.EscalationPolicyStep);
    expect(first?.relationships?.targets?.data).to.have.length(2);
    expect(second?.relationships?.targets?.data?.[1]).to.deep.include({
      type: "schedule_target",
      id: `${schedule}_previous`,
    });
    expect(included(steps, v2.TeamReference)[0]?.attributes?.handle).to.equal("sre");
    const [position] = included(steps, v2.ConfiguredSchedule);
    expect(position?.relationships.schedule.data.id).to.equal(schedule);

    const rules = await api.getOnCallTeamRoutingRules({ teamId: team, include: "rules" });
    const [byRelationship, byAction] = included(rules, v2.RoutingRule);
    expect(byRelationship?.relationships?.policy?.data?.id).to.equal(policy);
    expect(byAction?.attributes?.actions?.[0]).to.deep.include({ policyId: policy });

    org.restricted.add(schedule);
    for (const [scheduleId, code] of [
      [schedule, 403],
      [policy, 404],
    ] as const) {
      expect(await rejection(api.getOnCallSchedule({ scheduleId }))).to.include({ code });
    }
  });

  it("refuses users to keys without the permission, and pages that are too large", async () => {
    const api = new v2.UsersApi(datadog(simulator.keys.apiKey));
    expect(await rejection(api.listUsers({ pageSize: 101 }))).to.include({ code: 400 });
    simulator.keys.permissions = ["billing_read"];
    expect(await rejection(api.listUsers())).to.include({ code: 403 });
  });

  it("refuses, with the recorded status, no product code, then no users, wrong keys and too many requests", async () => {
    const code = async (promise: Promise<unknown>) =>
      (await rejection(promise)) as unknown as { code: number; body: { errors: unknown[] } };

    const noProduct = await code(seats.assignSeatsUser({ body: body("", []) }));
    expect(noProduct).to.include({ code: 422 });
    const noUsers = await code(seats.unassignSeatsUser({ body: body("incident_response", []) }));
    expect(noUsers).to.include({ code: 422 });
    const wrong = new v2.SeatsApi(datadog("wrong"));
    expect(await code(wrong.getSeatsUsers({ productCode: "on_call" }))).to.include({ code: 403 });
    simulator.behaviour.rateLimit = { limit: 0, periodSeconds: 60 };
    const limited = await code(seats.getSeatsUsers({ productCode: "on_call" }));
    expect(limited).to.include({ code: 429 });
    expect(limited.body.errors).to.deep.equal(["Too many requests"]);
  });
});
