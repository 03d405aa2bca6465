// Writes a Pulumi program that declares the seats of products as they are.
import type { SeatUser } from "../api/responses";

export interface HeldProduct {
  readonly productCode: string;
  /** Of the roster, or what the names of the assignments begin with. */
  readonly name: string;
  readonly holders: readonly SeatUser[];
}

export interface ProgramOptions {
  /** As the stack's configuration names it; absent means the default one. */
  readonly org?: string;
  readonly as: "roster" | "exclusive roster" | "assignments";
}

/** The same text for the same holders, in the same order. */
export function programFor(products: readonly HeldProduct[], options: ProgramOptions): string {
  const isRoster = options.as !== "assignments";
  const resource = isRoster ? "SeatRoster" : "SeatAssignment";
  const declarations = products.map((product) =>
    isRoster ? roster(product, options) : assignments(product, options),
  );
  return `import { ${resource} } from "pulumi-datadog-seats";

// Who holds a seat, by email.
${declarations.join("\n")}`;
}

function roster({ productCode, name, holders }: HeldProduct, { org, as }: ProgramOptions): string {
  const exclusive = as === "exclusive roster" ? "\n  exclusive: true," : "";
  const named = org ? `\n  org: ${quoted(org)},` : "";
  return `new SeatRoster(${quoted(name)}, {${named}
  productCode: ${quoted(productCode)},
  members: ${members(holders, "  ")},${exclusive}
});
`;
}

function assignments({ productCode, name, holders }: HeldProduct, { org }: ProgramOptions): string {
  const named = org ? `\n    org: ${quoted(org)},` : "";
  return `for (const [label, userId] of Object.entries<string>(${members(holders, "")})) {
  new SeatAssignment(\`${inTemplate(name)}-\${label}\`, {${named}
    productCode: ${quoted(productCode)},
    userId,
  });
}
`;
}

/** The object of the users' UUIDs by label. */
function members(holders: readonly SeatUser[], indent: string): string {
  const lines = labelled(holders).map(
    ([label, userId]) => `${indent}  ${quoted(label)}: ${quoted(userId)},\n`,
  );
  return lines.length > 0 ? `{\n${lines.join("")}${indent}}` : "{}";
}

/** Each holder by email; by id where there is none, with the id where several share one. */
export function labelled(holders: readonly SeatUser[]): [label: string, userId: string][] {
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
