// The program of the end-to-end tests: it declares whatever seats the stack's configuration lists.
import * as pulumi from "@pulumi/pulumi";
import {
  type GetSeatUsersArgs,
  getSeatUsers,
  getSeatUsersOutput,
  SeatAssignment,
  type SeatAssignmentArgs,
  SeatRoster,
  TeamSeats,
} from "pulumi-datadog-seats";

export interface DeclaredSeat {
  name: string;
  org?: string;
  productCode: string;
  userId: string;
  existing?: "adopt" | "reject";
  /** The name of a component to put it in. */
  component?: string;
  /** Whether user and org come from the resource before this one: so a preview doesn't know them. */
  afterPrevious?: boolean;
  deleteBeforeReplace?: boolean;
  /** Look it up instead of managing it. */
  get?: boolean;
}

export interface DeclaredRoster {
  name: string;
  org?: string;
  productCode: string;
  members: Record<string, string>;
  exclusive?: boolean;
}

export interface DeclaredTeam {
  name: string;
  products: string[];
  members: Record<string, string>;
  org?: string;
  limit?: number;
  /** What the team was called before. */
  formerly?: string;
  protect?: boolean;
}

const config = new pulumi.Config();
const components = new Map<string, pulumi.ComponentResource>();
const resources: SeatAssignment[] = [];
/** What is in no component. */
const roots: pulumi.Resource[] = [];

for (const { name, ...roster } of config.getObject<DeclaredRoster[]>("rosters") ?? []) {
  roots.push(new SeatRoster(name, roster));
}

for (const seat of config.getObject<DeclaredSeat[]>("seats") ?? []) {
  const {
    name,
    org,
    productCode,
    userId,
    existing,
    component,
    deleteBeforeReplace,
    afterPrevious,
    get,
  } = seat;
  if (get) {
    resources.push(SeatAssignment.get(name, `${org ? `${org}/` : ""}${productCode}/${userId}`));
    continue;
  }
  const previous = resources.at(-1);
  const late = (value: string) =>
    afterPrevious && previous ? previous.adopted.apply(() => value) : value;
  const args: SeatAssignmentArgs = {
    productCode,
    userId: late(userId),
    ...(existing && { existing }),
    ...(org && { org: late(org) }),
  };
  const resource = new SeatAssignment(name, args, {
    ...(component && { parent: team(component) }),
    ...(deleteBeforeReplace && { deleteBeforeReplace }),
  });
  resources.push(resource);
  if (!component) roots.push(resource);
}

function team(name: string): pulumi.ComponentResource {
  const known = components.get(name);
  if (known) return known;
  const created = new pulumi.ComponentResource("e2e:index:Team", name);
  components.set(name, created);
  roots.push(created);
  return created;
}

for (const { name, formerly, protect, ...seats } of config.getObject<DeclaredTeam[]>("teams") ??
  []) {
  const aliases = formerly ? [{ name: formerly }] : [];
  roots.push(new TeamSeats(name, seats, { aliases, ...(protect && { protect }) }));
}

/** Who is to be listed, after all of the above. */
const listed = config.getObject<GetSeatUsersArgs>("listed");
export const holders =
  listed &&
  getSeatUsersOutput(listed, { dependsOn: roots }).users.apply((users) =>
    users.map(({ id }) => id),
  );
/** Whose holders are to be counted at once. */
const counted = config.getObject<GetSeatUsersArgs>("counted");
export const count = counted && getSeatUsers(counted).then(({ users }) => users.length);

export const emails = resources.map((resource) => resource.email);
