// Writes a Pulumi program that declares the seats of products as they are.
import type { SeatUser } from "../api/responses";
import type { Member } from "../model/roster";
import { emailProblem, type UsersByEmail } from "../model/usersByEmail";

export interface HeldProduct {
  readonly productCode: string;
  /** Of the roster, or what the names of the assignments begin with. */
  readonly name: string;
  readonly holders: readonly SeatUser[];
}

export interface ProgramOptions {
  readonly as: "roster" | "exclusive roster" | "assignments";
  /** Present where a roster is to look its members up by email: the users who have these emails now. */
  readonly users?: UsersByEmail;
}

/** The same text for the same holders, in the same order. */
export function programFor(products: readonly HeldProduct[], options: ProgramOptions): string {
  const isRoster = options.as !== "assignments";
  const resource = isRoster ? "SeatRoster" : "SeatAssignment";
  const declarations = products.map((product) =>
    isRoster ? roster(product, options) : assignments(product),
  );
  return `import { ${options.users ? `getUserIdsOutput, ${resource}` : resource} } from "pulumi-datadog-seats";

// Who holds a seat, by email.
${declarations.join("\n")}`;
}

/** Whether the email of a holder stands for nobody else. */
export const isFoundByEmail = ({ userId, email }: SeatUser, users: UsersByEmail): boolean =>
  email !== undefined && !emailProblem(email) && users.idOf(email) === userId;

function roster({ productCode, name, holders }: HeldProduct, options: ProgramOptions): string {
  const { as, users } = options;
  const exclusive = as === "exclusive roster" ? "\n  exclusive: true," : "";
  return `new SeatRoster(${quoted(name)}, {
  productCode: ${quoted(productCode)},
  members: ${users ? lookedUp(holders, users) : members(labelled(holders), "  ")},${exclusive}
});
`;
}

function assignments({ productCode, name, holders }: HeldProduct): string {
  return `for (const [label, userId] of Object.entries<string>(${members(labelled(holders), "")})) {
  new SeatAssignment(\`${inTemplate(name)}-\${label}\`, {
    productCode: ${quoted(productCode)},
    userId,
  });
}
`;
}

/** A lookup of all users who are found by email, and the UUIDs of the others. */
function lookedUp(holders: readonly SeatUser[], users: UsersByEmail): string {
  const isFound = holders.map((holder) => isFoundByEmail(holder, users));
  const found = holders.filter((_, index) => isFound[index]);
  const others = labelled(holders).filter((_, index) => !isFound[index]);
  const emails = found.map(({ email = "" }) => `      ${quoted(email)},\n`).join("");
  const ids = `getUserIdsOutput({\n    emails: [\n${emails}    ],\n  }).ids`;
  return others.length === 0
    ? ids
    : `${ids}.apply((ids) => ({\n    ...ids,${members(others, "  ").slice(1)}))`;
}

/** The object of users' UUIDs by label. */
function members(all: readonly Member[], indent: string): string {
  const lines = all.map(([label, userId]) => `${indent}  ${quoted(label)}: ${quoted(userId)},\n`);
  return lines.length > 0 ? `{\n${lines.join("")}${indent}}` : "{}";
}

/** Each holder by email; by id where there is none, with the id where several share one. */
export function labelled(holders: readonly SeatUser[]): Member[] {
  const counts = new Map<string, number>();
  // What holds no @ is no email: as a property's name, `__proto__` would be no member.
  const emailOf = ({ email }: SeatUser) => (email?.includes("@") ? email : undefined);
  for (const holder of holders) {
    const email = emailOf(holder);
    if (email) counts.set(email, (counts.get(email) ?? 0) + 1);
  }
  return holders.map((holder) => {
    const { userId } = holder;
    const email = emailOf(holder);
    if (!email) return [userId, userId];
    return [counts.get(email) === 1 ? email : `${email} (${userId})`, userId];
  });
}

/** JSON's texts are TypeScript's too. */
const quoted = (text: string) => JSON.stringify(text);

const inTemplate = (text: string) => text.replace(/[\\`]|\$\{/g, "\\$&");
