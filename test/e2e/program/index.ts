// The program of the end-to-end tests: it declares whatever seats its file of declarations lists.
import * as pulumi from "@pulumi/pulumi";
import {
  type GetSeatUsersArgs,
  getSeatUsers,
  getSeatUsersOutput,
  type SeatAssignmentArgs,
  TeamSeats,
} from "pulumi-datadog-seats";
import { declarations } from "./declarations";
import { SeatAssignment, SeatRoster } from "./entryPoint";
import { explicitProvider } from "./native";

const { seats = [], rosters = [], teams = [] } = declarations(pulumi.getStack());
const config = new pulumi.Config();
const components = new Map<string, pulumi.ComponentResource>();
const resources: SeatAssignment[] = [];
/** What is in no component. */
const roots: pulumi.Resource[] = [];

for (const { name, afterSeats, ...roster } of rosters) {
  if (!afterSeats) roots.push(new SeatRoster(name, roster));
}

for (const seat of seats) {
  const {
    name,
    productCode,
    userId,
    provider,
    existing,
    component,
    deleteBeforeReplace,
    ignoreChanges,
    import: importId,
    transforms,
    transformations,
    afterPrevious,
    get,
  } = seat;
  if (get) {
    resources.push(SeatAssignment.get(name, `${productCode}/${userId}`));
    continue;
  }
  const previous = resources.at(-1);
  const args: SeatAssignmentArgs = {
    productCode,
    userId: afterPrevious && previous ? previous.adopted.apply(() => userId) : userId,
    ...(existing && { existing }),
  };
  const resource = new SeatAssignment(name, args, {
    ...(provider && { provider: explicitProvider(provider) }),
    ...(component && { parent: team(component) }),
    ...(deleteBeforeReplace && { deleteBeforeReplace }),
    ...(ignoreChanges && { ignoreChanges }),
    ...(importId && { import: importId }),
    ...(transforms && { transforms: [changingUser(transforms)] }),
    ...(transformations && { transformations: [changingUser(transformations)] }),
  });
  resources.push(resource);
  if (!component) roots.push(resource);
}

for (const { name, afterSeats, members, ...roster } of rosters) {
  const last = resources.at(-1);
  if (!afterSeats || !last) continue;
  const late = Object.entries(members).map(([label, userId]) => {
    return [label, last.adopted.apply(() => userId)];
  });
  roots.push(new SeatRoster(name, { ...roster, members: Object.fromEntries(late) }));
}

function changingUser(user: string) {
  return <Args extends { props: object; opts: object }>({ props, opts }: Args) => ({
    props: { ...props, userId: user },
    opts,
  });
}

function team(name: string): pulumi.ComponentResource {
  const known = components.get(name);
  if (known) return known;
  const created = new pulumi.ComponentResource("e2e:index:Team", name);
  components.set(name, created);
  roots.push(created);
  return created;
}

for (const { name, formerly, protect, ...args } of teams) {
  const aliases = formerly ? [{ name: formerly }] : [];
  roots.push(new TeamSeats(name, args, { aliases, ...(protect && { protect }) }));
}

/** Who is to be listed, after all of the above. */
const listed = config.getObject<GetSeatUsersArgs>("listed");
export const holders =
  listed &&
  getSeatUsersOutput(listed, { dependsOn: roots }).users.apply((users) =>
    users.map(({ userId }) => userId),
  );
/** Whose holders are to be counted at once. */
const counted = config.getObject<GetSeatUsersArgs>("counted");
export const count = counted && getSeatUsers(counted).then(({ users }) => users.length);

export const emails = resources.map((resource) => resource.email);
