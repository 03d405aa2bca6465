// Programs in short, for tests that give each case a product of its own, so that one `up` serves them all.
import type { DeclaredRoster, DeclaredSeat } from "../e2e/program/declarations";

/** The user of a seat, or the members of a roster, by the name of the resource: "component/name" where it is in one. */
export type ShortProgram = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** What the program declares in a product; the names begin with it, for those of several products not to be the same. */
export function inProduct(productCode: string, program: ShortProgram) {
  const seats: DeclaredSeat[] = [];
  const rosters: DeclaredRoster[] = [];
  for (const [path, what] of Object.entries(program)) {
    const [last = "", component] = path.split("/").reverse();
    const name = `${productCode}-${last}`;
    if (typeof what !== "string") rosters.push({ name, productCode, members: what });
    else seats.push({ name, productCode, userId: what, ...(component && { component }) });
  }
  return { seats, rosters };
}

/** The seats of the program one by one, as `owned` names those of the state. */
export function seatsOf(productCode: string, program: ShortProgram): string[] {
  const { seats, rosters } = inProduct(productCode, program);
  const owned = [
    ...seats.map(({ name, userId }) => [name, userId]),
    ...rosters.flatMap(({ name, members }) => Object.values(members).map((id) => [name, id])),
  ];
  return owned.map(([name, userId]) => `${name} ${productCode}/${userId}`).sort();
}

/** Whose seats the program declares. */
export const usersOf = (program: ShortProgram): string[] =>
  Object.values(program)
    .flatMap((what) => (typeof what === "string" ? [what] : Object.values(what)))
    .sort();
