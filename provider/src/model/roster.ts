// The members of a roster: user UUIDs by label, in the program, in the state and at Datadog.

/** User UUIDs, in lower case, by label. */
export type Members = Readonly<Record<string, string>>;
export type Member = readonly [label: string, userId: string];

/** Why a label can't be used: Pulumi's SDK loses the one, with the member who then loses the seat, and hangs on the other. */
export const labelProblem = (label: string): string | undefined =>
  label === "__proto__" || label === "toString"
    ? "this label can't be used, because every JavaScript object has a property of this name; choose another one"
    : undefined;

export const labelsOf = (members: readonly Member[]) => members.map(([label]) => label);

export function without(members: Members, labels: readonly string[] = []): Members {
  const gone = new Set(labels);
  return Object.fromEntries(Object.entries(members).filter(([label]) => !gone.has(label)));
}

/** The members whose users are not among the other members, whatever their labels. */
export function notAmong(members: Members, others: Members): Member[] {
  const known = new Set(Object.values(others));
  return Object.entries(members).filter(([, userId]) => !known.has(userId));
}

/** Adds members whose labels may be taken: then the user's UUID makes the label unique. Returns their labels too. */
export function addMembers(members: Members, more: readonly Member[]) {
  const all: Record<string, string> = { ...members };
  const labels = more.map(([label, userId]) => {
    const free = label in all ? `${label} (${userId})` : label;
    all[free] = userId;
    return free;
  });
  return { all: all as Members, labels };
}

export function sameMembers(some: Members, others: Members): boolean {
  const labels = Object.keys(some);
  return (
    labels.length === Object.keys(others).length &&
    labels.every((label) => some[label] === others[label])
  );
}

/** The first labels, for a message. */
export function someOf(labels: readonly string[]): string {
  const shown = labels.slice(0, 10).map((label) => JSON.stringify(label));
  const more = labels.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
