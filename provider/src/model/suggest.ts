// What somebody probably meant who wrote a name that there is not.

/** The name that the given one is at most two letters away from, in any case: ", did you mean …?" of a message. */
export function suggest(given: string, names: readonly string[]): string | undefined {
  const near = names.filter((name) => distance(name.toLowerCase(), given.toLowerCase()) <= 2);
  return near.find((name) => name.toLowerCase() === given.toLowerCase()) ?? near[0];
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
