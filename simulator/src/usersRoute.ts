// GET of /api/v2/users.
// Source: https://docs.datadoghq.com/api/latest/users/#list-all-users
import type { Org, User } from "./org";
import { numberedPage, type Query } from "./paging";
import type { Reply } from "./reply";

/** @param query with `page[size]`, `page[number]` (from 0), `filter` and `filter[status]`, decoded */
export function listUsers(org: Org, query: Query): Reply {
  const statuses = query["filter[status]"]?.split(",");
  const found = [...org.users.values()]
    .filter((user) => matches(user, query.filter ?? ""))
    .filter((user) => statuses?.includes(statusOf(user)) ?? true)
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const page = { total_count: org.users.size, total_filtered_count: found.length };
  const data = numberedPage(found, query).entries.map(resource);
  return { status: 200, body: { data, included: [], meta: { page } } };
}

/** The filter is part of a name, a handle or an email, in any case. */
function matches({ name, email }: User, filter: string): boolean {
  const part = filter.toLowerCase();
  return name.toLowerCase().includes(part) || email.toLowerCase().includes(part);
}

/** What the Users API says. */
export const statusOf = ({ status = "Active" }: User) => status;
const keyOf = ({ name, id }: User) => `${name}\0${id}`;

function resource(user: User): object {
  const status = statusOf(user);
  const { id, email, name, serviceAccount = false } = user;
  const { createdAt = "2026-01-02T03:04:05.000000+00:00" } = user;
  const { lastLoginAt = status === "Active" ? new Date().toISOString() : null } = user;
  const attributes = {
    name,
    handle: email,
    email,
    title: null,
    status,
    disabled: status === "Disabled",
    verified: status === "Active",
    service_account: serviceAccount,
    mfa_enabled: false,
    icon: "https://example.com/icon.png",
    created_at: createdAt,
    last_login_time: lastLoginAt,
    modified_at: "2026-01-02T03:04:05.000000+00:00",
  };
  return { type: "users", id, attributes, relationships: { roles: { data: [] } } };
}
