// The file with what a simulator starts with.
import { readFileSync } from "node:fs";
import type { Behaviour } from "./behaviour";
import type { Keys } from "./keys";
import type { EscalationPolicy, Org, Schedule, Team, User } from "./org";

export interface Fixture {
  keys?: Partial<Keys>;
  users?: User[];
  /** By product code. */
  products?: Record<string, { capacity?: number; holders?: string[] }>;
  teams?: (Omit<Team, "name"> & { policies?: string[] })[];
  schedules?: Omit<Schedule, "name">[];
  escalationPolicies?: Omit<EscalationPolicy, "name">[];
  behaviour?: Partial<Behaviour>;
}

/** @throws Error that names the file and what is wrong with it */
export function readFixture(file: string): Fixture {
  const wrong = (what: string) => new Error(`The fixture ${file} ${what}.`);
  let fixture: Fixture;
  try {
    fixture = JSON.parse(readFileSync(file, "utf8")) as Fixture;
  } catch (error) {
    throw wrong(`can't be read: ${(error as Error).message}`);
  }
  if (typeof fixture !== "object" || fixture === null) throw wrong("is not a JSON object");
  const refuseOthers = (where: string, names: string[], object = {}) => {
    const unknown = Object.keys(object).find((name) => !names.includes(name));
    if (unknown) throw wrong(`has "${unknown}"${where}; expected ${names.join(", ")}`);
  };
  const onCall = ["teams", "schedules", "escalationPolicies"];
  refuseOthers("", ["keys", "users", "products", ...onCall, "behaviour"], fixture);
  refuseOthers(
    " among the keys",
    ["apiKey", "appKey", "token", "permissions", "scopes"],
    fixture.keys,
  );
  for (const user of fixture.users ?? []) {
    if (!user.id || !user.email) throw wrong("has a user without `id` or `email`");
    const names = ["id", "email", "name", "status", "serviceAccount", "createdAt", "lastLoginAt"];
    refuseOthers(` in the user ${user.email}`, names, user);
  }
  for (const team of fixture.teams ?? []) {
    if (!team.id || !team.handle || !team.members) {
      throw wrong("has a team without `id`, `handle` or `members`");
    }
    const names = ["id", "handle", "members", "subTeams", "policies"];
    refuseOthers(` in the team ${team.handle}`, names, team);
  }
  for (const schedule of fixture.schedules ?? []) {
    if (!schedule.id || !schedule.layers) throw wrong("has a schedule without `id` or `layers`");
    refuseOthers(` in the schedule ${schedule.id}`, ["id", "layers"], schedule);
  }
  for (const policy of fixture.escalationPolicies ?? []) {
    if (!policy.id || !policy.steps) throw wrong("has a policy without `id` or `steps`");
    refuseOthers(` in the policy ${policy.id}`, ["id", "steps"], policy);
  }
  return fixture;
}

export function fill(org: Org, fixture: Fixture): void {
  const { users = [], products = {}, teams = [] } = fixture;
  for (const { policies = [], ...team } of teams) {
    org.addTeam(team);
    org.routingRules.set(
      team.id,
      policies.map((policy) => ({ policy })),
    );
  }
  for (const { id, layers } of fixture.schedules ?? []) org.addSchedule(id, layers);
  for (const { id, steps } of fixture.escalationPolicies ?? []) org.addPolicy(id, steps);
  for (const user of users) org.addUser(user.id.toLowerCase(), user);
  for (const [code, { capacity, holders = [] }] of Object.entries(products)) {
    const product = org.product(code);
    if (capacity !== undefined) product.capacity = capacity;
    for (const id of holders) org.claim(code, id.toLowerCase());
  }
}
