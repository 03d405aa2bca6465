// What somebody probably meant who gave an unknown name.

/** The most letters by which a name may differ that was probably meant. */
const MAX_DISTANCE = 2;

/** Whoever names an org expects more than another spelling. */
const ONE_ORG =
  "a stack has one org, that of its keys. For several orgs in one program use explicit providers of the native plugin; without it, one stack for each org.";

/** The end of a message about an unknown name: which one was probably meant, or all that there are. */
export function adviceOn(given: string, names: readonly string[]): string {
  if (/(^|:)orgs?$/.test(given)) return ONE_ORG;
  const [meant] = nearest(given, names);
  return meant ? `did you mean "${meant}"?` : `expected one of ${names.join(", ")}.`;
}

/** A message for each unknown argument; names that begin with `__` are Pulumi's own. */
export const unknownArguments = (
  whose: string,
  given: readonly string[],
  known: readonly string[],
): string[] =>
  given
    .filter((name) => !name.startsWith("__") && !known.includes(name))
    .map(
      (name) => `Unknown argument ${JSON.stringify(name)} of ${whose}: ${adviceOn(name, known)}`,
    );

/** All names that the given one is at most two letters away from, in any case, the nearest first. */
export function nearest(given: string, names: readonly string[]): string[] {
  const away = (name: string) => distance(name.toLowerCase(), given.toLowerCase());
  return names
    .filter((name) => Math.abs(name.length - given.length) <= MAX_DISTANCE)
    .map((name) => ({ name, letters: away(name) }))
    .filter(({ letters }) => letters <= MAX_DISTANCE)
    .sort((one, other) => one.letters - other.letters)
    .map(({ name }) => name);
}

/** How many letters must be added, removed or changed to get from one text to the other: the Levenshtein distance. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const above = row;
    row = [index + 1];
    for (let column = 1; column <= other.length; column += 1) {
      const changed = (above[column - 1] ?? 0) + (letter === other[column - 1] ? 0 : 1);
      row.push(Math.min(changed, (above[column] ?? 0) + 1, (row[column - 1] ?? 0) + 1));
    }
  }
  return row[other.length] ?? 0;
}
