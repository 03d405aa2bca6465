// What a GET reads besides seats, each with the permission that it needs.
import { NEEDED } from "./keys";
import { listSchedules, readPolicy, readRoutingRules, readSchedule } from "./onCallRoutes";
import type { Org } from "./org";
import type { Query } from "./paging";
import type { Reply } from "./reply";
import { listMemberships, listSubTeams, listTeams } from "./teamsRoutes";
import { listUsers } from "./usersRoute";

type Read = (org: Org, query: Query, id: string) => Reply;

const ROUTES: readonly [path: RegExp, needed: string[][], read: Read][] = [
  [/^\/api\/v2\/users$/, NEEDED.seeUsers, listUsers],
  [/^\/api\/v2\/team$/, NEEDED.seeTeams, listTeams],
  [/^\/api\/v2\/team\/([^/]+)\/memberships$/, NEEDED.seeTeams, listMemberships],
  [/^\/api\/v2\/team-hierarchy-links$/, NEEDED.seeTeams, listSubTeams],
  [/^\/api\/v2\/on-call\/schedules$/, NEEDED.seeOnCall, listSchedules],
  [/^\/api\/v2\/on-call\/schedules\/([^/]+)$/, NEEDED.seeOnCall, readSchedule],
  [/^\/api\/v2\/on-call\/escalation-policies\/([^/]+)$/, NEEDED.seeOnCall, readPolicy],
  [/^\/api\/v2\/on-call\/teams\/([^/]+)\/routing-rules$/, NEEDED.seeOnCall, readRoutingRules],
];

/** The route of a path, with what its GET needs and replies. */
export function readRoute(path: string) {
  for (const [pattern, needed, read] of ROUTES) {
    const [match, id = ""] = pattern.exec(path) ?? [];
    if (match === undefined) continue;
    return { needed, read: (org: Org, query: Query) => read(org, query, decodeURIComponent(id)) };
  }
  return undefined;
}
