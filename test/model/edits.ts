// The small edits that lead from one program to the next.
import { isSound, type Program, type Resource, seatsDeclared } from "./program";
import type { ResourceType } from "./snapshot";
import type { ProductCode, UserName } from "./world";

/** Each kind takes what it needs of the rest; a number stands for one of the resources that there are. */
export interface Edit {
  readonly kind: EditKind;
  readonly at: number;
  readonly other: number;
  readonly user: UserName;
  /** The users of a new roster, as far as their seats are free. */
  readonly team: readonly UserName[];
  readonly product: ProductCode;
  readonly reject: boolean;
}

export type EditKind = keyof typeof CHANGES;
type Change = (program: Program, edit: Edit) => Program;

/** The program after the edit; the same where there is nothing to edit, or the package would refuse the result. */
export function edited(program: Program, edit: Edit): Program {
  const next = CHANGES[edit.kind](program, edit).filter(({ users }) => users.length > 0);
  return isSound(next) ? next : program;
}

const CHANGES = {
  "add seat": add("SeatAssignment", ({ user }) => [user]),
  "add roster": add("SeatRoster", ({ team }) => team),
  remove: changeOne(() => []),
  "to the end": (program, edit) => {
    const one = pick(program, edit.at);
    return [...program.filter((resource) => resource !== one), ...(one ? [one] : [])];
  },
  rename: changeOne((one, _, free) => [{ ...one, name: free, alias: undefined }]),
  "rename with alias": changeOne((one, _, free) => [{ ...one, name: free, alias: one.name }]),
  "change user": changeOne((one, { user }) => [{ ...one, users: [user, ...one.users.slice(1)] }]),
  "change product": changeOne((one, { product }) => [{ ...one, product }]),
  "toggle reject": changeOne((one) => [{ ...one, reject: !one.reject }]),
  "toggle deleteBeforeReplace": changeOne((one) => [
    { ...one, deleteBeforeReplace: !one.deleteBeforeReplace },
  ]),
  "toggle exclusive": changeOne((one) => [{ ...one, exclusive: !one.exclusive }], "SeatRoster"),
  "add member": changeOne(
    (one, { user }) => [{ ...one, users: [...one.users, user] }],
    "SeatRoster",
  ),
  "remove member": changeOne((one) => [{ ...one, users: one.users.slice(1) }], "SeatRoster"),
  "move out of roster": changeOne(({ product, users, ...one }, { reject }, free) => {
    const seat = { type: "SeatAssignment", name: free, users: users.slice(0, 1), reject } as const;
    return [
      { product, ...seat },
      { product, ...one, users: users.slice(1) },
    ];
  }, "SeatRoster"),
  "move to roster": changeTwo(
    (one, roster) => [
      { ...one, users: one.users.slice(1) },
      { ...roster, users: [...roster.users, ...one.users.slice(0, 1)] },
    ],
    "SeatRoster",
  ),
  "swap users": changeTwo((one, other) => [
    { ...one, users: [...other.users.slice(0, 1), ...one.users.slice(1)] },
    { ...other, users: [...one.users.slice(0, 1), ...other.users.slice(1)] },
  ]),
} satisfies Record<string, Change>;

function add(type: ResourceType, usersOf: (edit: Edit) => readonly UserName[]): Change {
  return (program, edit) => {
    const { product, reject } = edit;
    const taken = program.flatMap(seatsDeclared);
    const resource = { type, name: freeName(program), product, reject };
    const users = usersOf(edit).filter(
      (user) => !seatsDeclared({ ...resource, users: [user] }).some((seat) => taken.includes(seat)),
    );
    return [...program, { ...resource, users }];
  };
}

/** What takes the place of a resource, of one of a type if that is given; `free` is a name that no resource has. */
function changeOne(
  of: (one: Resource, edit: Edit, free: string) => Resource[],
  type?: ResourceType,
): Change {
  return (program, edit) => {
    const one = pick(ofType(program, type), edit.at);
    return program.flatMap((resource) =>
      resource === one ? of(one, edit, freeName(program)) : [resource],
    );
  };
}

/** What takes the places of two resources, where there are two. */
function changeTwo(
  of: (one: Resource, other: Resource) => [Resource, Resource],
  otherType?: ResourceType,
): Change {
  return (program, edit) => {
    const one = pick(program, edit.at);
    const others = program.filter((resource) => resource !== one);
    const other = pick(ofType(others, otherType), edit.other);
    if (!one || !other) return program;
    const [first, second] = of(one, other);
    return program.map((resource) =>
      resource === one ? first : resource === other ? second : resource,
    );
  };
}

const pick = (from: Program, at: number): Resource | undefined => from[at % from.length];

const ofType = (program: Program, wanted?: ResourceType) =>
  program.filter(({ type }) => wanted === undefined || type === wanted);

/** The first name that no resource has or had last; a resource that is gone leaves its name to another. */
function freeName(program: Program): string {
  const taken = new Set(program.flatMap(({ name, alias }) => [name, alias]));
  return ["a", "b", "c", "d", "e", "f", "g", "h"].find((name) => !taken.has(name)) ?? "";
}
