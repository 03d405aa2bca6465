// GET of /api/v2/team, /api/v2/team/{id}/memberships and /api/v2/team-hierarchy-links, as Datadog's clients have recorded them.
// Source: https://docs.datadoghq.com/api/latest/teams/
import type { Org, Team, User } from "./org";
import { numberedPage, type Query } from "./paging";
import { Refusal, type Reply } from "./reply";
import { statusOf } from "./usersRoute";

/** The search finds part of a name, of a handle, or of a member's email. */
export function listTeams(org: Org, query: Query): Reply {
  const part = (query["filter[keyword]"] ?? "").toLowerCase();
  const found = [...org.teams.values()].filter(({ name, handle, members }) =>
    [name, handle, ...members.map((id) => org.users.get(id)?.email ?? "")].some((text) =>
      text.toLowerCase().includes(part),
    ),
  );
  const { entries, page } = numberedPage(found, query);
  return { status: 200, body: { data: entries.map(teamResource), meta: { pagination: page } } };
}

/** Disabled members stay in a team. */
export function listMemberships(org: Org, query: Query, teamId: string): Reply {
  const team = teamOf(org, teamId);
  const users = team.members.map((id) => org.users.get(id) ?? org.addUser(id));
  if (query.sort === "email") users.sort((one, other) => (one.email < other.email ? -1 : 1));
  const { entries, page } = numberedPage(users, query);
  const data = entries.map(({ id }) => ({
    type: "team_memberships",
    id: `TeamMembership-${teamId}-${id}`,
    attributes: { role: null, provisioned_by: null, provisioned_by_id: null },
    relationships: { user: { data: { type: "users", id } } },
  }));
  // The recorded number of the next page is there on the last page too.
  const pagination = { ...page, next_number: page.number + 1 };
  return { status: 200, body: { data, included: entries.map(member), meta: { pagination } } };
}

export function listSubTeams(org: Org, query: Query): Reply {
  const parents = [...org.teams.values()].filter(
    ({ id }) => id === (query["filter[parent_team]"] ?? id),
  );
  const links = parents.flatMap(({ id, subTeams = [] }) =>
    subTeams.map((subTeam) => ({
      type: "team_hierarchy_links",
      id: `${id.slice(0, 18)}-${subTeam.slice(-17)}`,
      attributes: { created_at: "2026-01-02T03:04:05.000000Z", provisioned_by: "" },
      relationships: {
        parent_team: { data: { type: "team", id } },
        sub_team: { data: { type: "team", id: subTeam } },
      },
    })),
  );
  const { entries, page } = numberedPage(links, query);
  return { status: 200, body: { data: entries, included: [], meta: { page } } };
}

function teamOf(org: Org, id: string): Team {
  const team = org.teams.get(id);
  if (team) return team;
  throw new Refusal(404, "Team not found");
}

function teamResource({ id, handle, name, members }: Team): object {
  const attributes = {
    handle,
    name,
    summary: null,
    description: null,
    link_count: 0,
    user_count: members.length,
    created_at: "2026-01-02T03:04:05.000000+00:00",
    modified_at: "2026-01-02T03:04:05.000000+00:00",
  };
  return { type: "team", id, attributes };
}

/** A membership tells less of a user than the Users API, without the status. */
function member(user: User): object {
  const { id, name, email, serviceAccount = false } = user;
  const disabled = statusOf(user) === "Disabled";
  const icon = "https://example.com/icon.png";
  const attributes = {
    name,
    handle: email,
    email,
    icon,
    disabled,
    service_account: serviceAccount,
  };
  return { type: "users", id, attributes };
}
