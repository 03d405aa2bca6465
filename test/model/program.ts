// A Pulumi program of the model: a few resources, each with the seats that it declares.
import type { Declared } from "./engine";
import { type Properties, type ResourceType, urn } from "./snapshot";
import { type ProductCode, seatsOf, type UserName, userIdOf } from "./world";

/** A seat has one user; a roster may have several, with their names as labels. */
export interface Resource {
  readonly type: ResourceType;
  readonly name: string;
  readonly product: ProductCode;
  readonly users: readonly UserName[];
  readonly reject?: boolean;
  readonly exclusive?: boolean;
  readonly alias?: string | undefined;
  readonly deleteBeforeReplace?: boolean;
  /** Whether the program registers it when all before it are done. */
  readonly dependsOnAll?: boolean;
}

export type Program = readonly Resource[];

const MAX_RESOURCES = 6;

/** Whether the package accepts the program: each seat is declared once. */
export function isSound(program: Program): boolean {
  const seats = program.flatMap(seatsDeclared);
  const names = program.flatMap((one) => [
    urn(one),
    ...(one.alias ? [urn({ ...one, name: one.alias })] : []),
  ]);
  return (
    program.length <= MAX_RESOURCES &&
    isUnique(seats) &&
    isUnique(names) &&
    program.every(({ users }) => isUnique(users)) &&
    program.every((one) => one.name !== "" && (!one.exclusive || isAlone(one, program)))
  );
}

/** Whether no other resource declares seats of the same product. */
function isAlone(roster: Resource, program: Program): boolean {
  return program.every((one) => one === roster || one.product !== roster.product);
}

const isUnique = (texts: readonly string[]) => new Set(texts).size === texts.length;

export const seatsDeclared = (resource: Resource) => seatsOf(inputsOf(resource));

/** The resource as it is registered with the engine. */
export function declared(resource: Resource): Declared {
  const { type, name, alias, deleteBeforeReplace } = resource;
  return {
    type,
    name,
    inputs: inputsOf(resource),
    ...(alias && { alias }),
    ...(deleteBeforeReplace && { deleteBeforeReplace }),
  };
}

function inputsOf(resource: Resource): Properties {
  const { type, product, users, reject, exclusive } = resource;
  const [first] = users;
  return {
    productCode: product,
    ...(type === "SeatAssignment"
      ? { userId: first && userIdOf(first) }
      : {
          members: Object.fromEntries(users.map((user) => [user, userIdOf(user)])),
          // Without a bound the package refuses a roster that has lost all members.
          ...(users.length === 0 && { maxRemovals: MAX_RESOURCES }),
        }),
    __urn: urn(resource),
    ...(reject && { existing: "reject" }),
    ...(exclusive && { exclusive }),
  };
}

/** A line that a person can read: `b = SeatRoster(on_call, alice bob, exclusive)`. */
export function inWords(resource: Resource): string {
  const { type, name, product, users, alias } = resource;
  const options = (["reject", "exclusive", "deleteBeforeReplace"] as const).filter(
    (option) => resource[option],
  );
  const details = [product, users.join(" "), ...options, ...(alias ? [`alias ${alias}`] : [])];
  return `${name} = ${type}(${details.join(", ")})`;
}
