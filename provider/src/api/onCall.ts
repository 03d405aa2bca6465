// The endpoints of the On-Call API that tell who can be paged.
// Source: https://docs.datadoghq.com/api/latest/on-call/
import type { Connection } from "../config/connection";
import { mapConcurrently } from "../model/mapConcurrently";
import type { User } from "../model/usersByEmail";
import type { Call, Permission } from "./call";
import { Client, type ClientOptions } from "./client";
import { now } from "./clock";
import { Included, related, relatedIfAny, uuidOf } from "./jsonApi";
import { CONCURRENCY, pageQuery } from "./numberedPages";
import { moment, object, UnexpectedResponse } from "./responses";
import { sanitize } from "./sanitize";
import { TeamsApi } from "./teams";
import { parseUser } from "./users";

export const SEE_ON_CALL: Permission = { to: "see who is on call", anyOf: ["on_call_read"] };

/** Of schedules and policies the UUIDs, of teams the handles or UUIDs. */
export interface OnCallObjects {
  readonly schedules: readonly string[];
  readonly escalationPolicies: readonly string[];
  /** Those whose routing rules lead to escalation policies. */
  readonly teams: readonly string[];
}

/** Whom the steps of an escalation policy page. */
interface Targets {
  readonly users: readonly User[];
  readonly schedules: readonly string[];
  readonly teams: readonly string[];
}

/** Lookups among what pages people. Every method throws SeatsApiError when a request fails. */
export class OnCallApi {
  private readonly client: Client;
  private readonly teams: TeamsApi;

  constructor(connection: Connection, options?: ClientOptions) {
    this.teams = new TeamsApi(connection, options);
    this.client = new Client(connection, {
      ...options,
      keysHint: () =>
        "A schedule or an escalation policy can have access rules of its own, which must let that owner see it.",
    });
  }

  /**
   * Everybody whom these can page, disabled users too; perhaps some more than once.
   *
   * @throws SeatsError when there is no such team
   */
  async users(objects: OnCallObjects): Promise<readonly User[]> {
    const named = await each(objects.teams, (name) => this.teams.team(name));
    const routed = await each(unique(named.map(({ id }) => id)), (id) => this.policiesOf(id));
    const policies = unique([...objects.escalationPolicies, ...routed.flat()]);
    const targets = await each(policies, (id) => this.targetsOf(id));
    const schedules = unique([
      ...objects.schedules,
      ...targets.flatMap(({ schedules }) => schedules),
    ]);
    const teams = unique(targets.flatMap(({ teams }) => teams));
    const scheduled = await each(schedules, (id) => this.membersOf(id));
    const members = await each(teams, (id) => this.teams.membersOf({ id, name: id }));
    return [...targets.flatMap(({ users }) => users), ...scheduled.flat(), ...members.flat()];
  }

  /** The first page of all schedules, whatever it holds: it tells whether listing is allowed. */
  async firstPage(): Promise<void> {
    await this.client.send(callOf("schedules", "list On-Call schedules"), () => undefined, {
      query: pageQuery(0),
    });
  }

  /** Everybody on the layers of a schedule that have not ended. */
  private membersOf(schedule: string): Promise<readonly User[]> {
    return this.read(
      `schedules/${schedule}`,
      `read the On-Call schedule ${schedule}`,
      "layers.members.user",
      (data, included) =>
        related(data, "layers")
          .map((layer) => included.get(layer))
          .filter((layer) => !hasEnded(layer))
          .flatMap((layer) => related(layer, "members"))
          // In some turns nobody is on call.
          .flatMap((member) => relatedIfAny(included.get(member), "user"))
          .map((user) => parseUser(included.get(user), "`included`")),
    );
  }

  private targetsOf(policy: string): Promise<Targets> {
    return this.read(
      `escalation-policies/${policy}`,
      `read the escalation policy ${policy}`,
      "steps.targets",
      (data, included) => {
        const targets = related(data, "steps").flatMap((step) =>
          related(included.get(step), "targets"),
        );
        const unknown = targets.find(({ type }) => !TARGETS.includes(type));
        if (unknown) {
          throw new UnexpectedResponse(
            `a step pages ${sanitize(unknown.type)}, which is not known to this version.`,
          );
        }
        const ofType = (wanted: string) => targets.filter(({ type }) => type === wanted);
        const positions = ofType("schedule_target").map((target) => included.get(target));
        return {
          users: ofType("users").map((user) => parseUser(included.get(user), "`included`")),
          schedules: [
            ...ofType("schedules"),
            ...positions.flatMap((position) => related(position, "schedule")),
          ].map(uuidOf),
          teams: ofType("teams").map(uuidOf),
        };
      },
    );
  }

  /** The escalation policies to which a team's routing rules lead. */
  private policiesOf(team: string): Promise<readonly string[]> {
    return this.read(
      `teams/${team}/routing-rules`,
      `read the routing rules of the team ${team}`,
      "rules",
      (data, included) =>
        related(data, "rules")
          .map((rule) => included.get(rule))
          .flatMap((rule) => [...relatedIfAny(rule, "policy"), ...policyActions(rule)])
          .map(uuidOf),
    );
  }

  private read<Result>(
    path: string,
    what: string,
    include: string,
    parse: (data: unknown, included: Included) => Result,
  ): Promise<Result> {
    return this.client.send(
      callOf(path, what),
      ({ body }) => parse(object(body, "not in JSON").data, new Included(body)),
      { query: { include } },
    );
  }
}

const callOf = (path: string, what: string): Call => ({
  method: "GET",
  path: `/api/v2/on-call/${path}`,
  permission: SEE_ON_CALL,
  describe: () => what,
  userIds: [],
});

const TARGETS = ["users", "schedules", "schedule_target", "teams"];

const each = <Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>) =>
  mapConcurrently(items, CONCURRENCY, work);

const unique = (ids: readonly string[]) => [...new Set(ids.map((id) => id.trim().toLowerCase()))];

function hasEnded(layer: Record<string, unknown>): boolean {
  const { end_date } = object(layer.attributes ?? {}, "`attributes` is not an object");
  const end = moment("the `end_date` of a layer", end_date);
  return end !== undefined && end < now().wall;
}

/** Some rules name their policies as actions. */
function policyActions(rule: Record<string, unknown>): { type: string; id: unknown }[] {
  const { actions } = object(rule.attributes ?? {}, "`attributes` is not an object");
  if (!Array.isArray(actions ?? [])) throw new UnexpectedResponse("`actions` is not a list.");
  return ((actions ?? []) as unknown[])
    .map((action) => object(action, "an action is not an object"))
    .filter(({ type }) => type === "escalation_policy")
    .map(({ policy_id: id }) => ({ type: "policies", id }));
}
