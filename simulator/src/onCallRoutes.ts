// GET of an On-Call schedule, an escalation policy and a team's routing rules. Policies are as Datadog's clients have recorded
// them; what a schedule and rules include is not recorded anywhere, and has the shape of the clients' models.
// Source: https://docs.datadoghq.com/api/latest/on-call/
import type { Org, Target } from "./org";
import { numberedPage, type Query } from "./paging";
import { Refusal, type Reply } from "./reply";
import { statusOf } from "./usersRoute";

const reference = (type: string, id: string) => ({ type, id });

export function listSchedules(org: Org, query: Query): Reply {
  const { entries, page } = numberedPage([...org.schedules.values()], query);
  const data = entries.map(({ id, name }) => scheduleResource(id, name, []));
  return { status: 200, body: { data, meta: { page } } };
}

export function readSchedule(org: Org, query: Query, id: string): Reply {
  const { name, layers } = visible(org, org.schedules, "schedule", id);
  const layerIds = layers.map((_, index) => partId(id, index));
  const data = scheduleResource(id, name, layerIds);
  const members = layers.map(({ members }, layer) =>
    members.map((userId, index) => ({
      ...reference("members", partId(layerIds[layer] ?? "", index)),
      // Nobody is on call in that turn.
      relationships: userId === null ? {} : { user: { data: reference("users", userId) } },
    })),
  );
  const layerResources = layers.map(({ endDate }, layer) => ({
    ...reference("layers", layerIds[layer] ?? ""),
    attributes: {
      name: `Layer ${layer + 1}`,
      effective_date: "2026-01-02T03:04:05Z",
      end_date: endDate ?? null,
      interval: { days: 1 },
      rotation_start: "2026-01-02T03:04:05Z",
      restrictions: [],
    },
    relationships: {
      members: { data: members[layer]?.map(({ type, id }) => ({ type, id })) ?? [] },
    },
  }));
  const users = new Set(layers.flatMap(({ members }) => members.filter((one) => one !== null)));
  return document(query, "layers.members.user", data, [
    ...layerResources,
    ...members.flat(),
    ...[...users].map((userId) => userResource(org, userId)),
  ]);
}

export function readPolicy(org: Org, query: Query, id: string): Reply {
  const { name, steps } = visible(org, org.policies, "policy", id);
  const stepIds = steps.map((_, index) => partId(id, index));
  const data = {
    ...reference("policies", id),
    attributes: { name, resolve_page_on_policy_end: true, retries: 2 },
    relationships: {
      steps: { data: stepIds.map((one) => reference("steps", one)) },
      teams: { data: [] },
    },
  };
  const targets = new Map(steps.flat().map((target) => [targetId(target), target]));
  return document(query, "steps.targets", data, [
    ...steps.map((step, index) => ({
      ...reference("steps", stepIds[index] ?? ""),
      attributes: { assignment: "default", escalate_after_seconds: 3600 },
      relationships: {
        targets: { data: step.map((target) => reference(typeOf(target), targetId(target))) },
      },
    })),
    ...[...targets.values()].map((target) => targetResource(org, target)),
  ]);
}

export function readRoutingRules(org: Org, query: Query, teamId: string): Reply {
  if (!org.teams.has(teamId)) throw new Refusal(404, `team[${teamId}] not found`);
  const rules = org.routingRules.get(teamId) ?? [];
  const type = "team_routing_rules";
  const ids = rules.map((_, index) => `virtual-${teamId}-rule-${index}`);
  const data = {
    ...reference(type, teamId),
    relationships: { rules: { data: ids.map((id) => reference(type, id)) } },
  };
  const included = rules.map(({ policy, action }, index) => ({
    ...reference(type, ids[index] ?? ""),
    attributes: {
      query: "",
      urgency: "low",
      actions: action === undefined ? [] : [{ type: "escalation_policy", policy_id: action }],
    },
    relationships: {
      policy: { data: policy === undefined ? null : reference("policies", policy) },
    },
  }));
  return document(query, "rules", data, included);
}

function document({ include }: Query, path: string, data: object, included: object[]): Reply {
  return { status: 200, body: include === path ? { data, included } : { data } };
}

/** @throws Refusal where there is no such object, or where its access rules keep it from the caller */
function visible<T>(org: Org, all: ReadonlyMap<string, T>, what: string, id: string): T {
  if (org.restricted.has(id)) throw new Refusal(403, "Forbidden");
  const found = all.get(id);
  if (found) return found;
  throw new Refusal(404, `${what}[${id}] not found`);
}

const typeOf = ({ type, position }: Target) => (position ? "schedule_target" : type);
const targetId = ({ id, position }: Target) => (position ? `${id}_${position}` : id);

function targetResource(org: Org, target: Target): object {
  const { type, id, position } = target;
  if (position) {
    return {
      ...reference("schedule_target", targetId(target)),
      attributes: { position },
      relationships: { schedule: { data: reference("schedules", id) } },
    };
  }
  if (type === "users") return userResource(org, id);
  if (type === "schedules") return scheduleResource(id, org.schedules.get(id)?.name ?? "", []);
  const { handle, name } = org.teams.get(id) ?? { handle: "", name: "" };
  return { ...reference(type, id), attributes: { avatar: "", description: "", handle, name } };
}

const scheduleResource = (id: string, name: string, layerIds: readonly string[]) => ({
  ...reference("schedules", id),
  attributes: { name, time_zone: "America/New_York" },
  relationships: {
    layers: { data: layerIds.map((one) => reference("layers", one)) },
    teams: { data: [] },
  },
});

/** On-Call has words of its own for the status. */
const STATUSES = { Active: "active", Pending: "pending", Disabled: "deactivated" };

function userResource(org: Org, userId: string): object {
  const user = org.users.get(userId) ?? org.addUser(userId);
  const { email, name } = user;
  return {
    ...reference("users", userId),
    attributes: { email, name, status: STATUSES[statusOf(user)] },
  };
}

/** A made-up UUID for a part of an object. */
const partId = (id: string, index: number) =>
  `${(index + 1).toString(16).padStart(2, "0")}${id.slice(0, 6)}${id.slice(8)}`;
