// Writes a Pulumi program that declares the seats of a product as they are.
import type { SeatUser } from "../api/responses";

export interface ProgramOptions {
  /** As the stack's configuration names it; absent means the default one. */
  readonly org?: string;
  readonly productCode: string;
  /** Of the roster, or what the names of the assignments begin with. */
  readonly name: string;
  readonly as: "roster" | "exclusive roster" | "assignments";
}

/** The same text for the same holders, in the same order. */
export function programFor(holders: readonly SeatUser[], options: ProgramOptions): string {
  const isRoster = options.as !== "assignments";
  const resource = isRoster ? "SeatRoster" : "SeatAssignment";
  const members = labelled(holders).map(([label, id]) => `  ${quoted(label)}: ${quoted(id)},\n`);
  const literal = members.length > 0 ? `{\n${members.join("")}}` : "{}";
  return `import { ${resource} } from "pulumi-datadog-seats";

// Who holds a seat, by email.
const members: Record<string, string> = ${literal};

${isRoster ? roster(options) : assignments(options)}`;
}

function roster({ org, productCode, name, as }: ProgramOptions): string {
  const exclusive = as === "exclusive roster" ? "\n  exclusive: true," : "";
  const named = org ? `\n  org: ${quoted(org)},` : "";
  return `new SeatRoster(${quoted(name)}, {${named}
  productCode: ${quoted(productCode)},
  members,${exclusive}
});
`;
}

function assignments({ org, productCode, name }: ProgramOptions): string {
  const named = org ? `\n    org: ${quoted(org)},` : "";
  return `for (const [label, userId] of Object.entries(members)) {
  new SeatAssignment(\`${inTemplate(name)}-\${label}\`, {${named}
    productCode: ${quoted(productCode)},
    userId,
  });
}
`;
}

/** Each holder by email; by id where there is none, with the id where several share one. */
function labelled(holders: readonly SeatUser[]): [label: string, id: string][] {
  const counts = new Map<string, number>();
  // What holds no @ is no email: as a property's name, `__proto__` would be no member.
  const emailOf = ({ email }: SeatUser) => (email?.includes("@") ? email : undefined);
  for (const holder of holders) {
    const email = emailOf(holder);
    if (email) counts.set(email, (counts.get(email) ?? 0) + 1);
  }
  return holders.map((holder) => {
    const email = emailOf(holder);
    if (!email) return [holder.id, holder.id];
    return [counts.get(email) === 1 ? email : `${email} (${holder.id})`, holder.id];
  });
}

/** JSON's texts are TypeScript's too. */
const quoted = (text: string) => JSON.stringify(text);

const inTemplate = (text: string) => text.replace(/[\\`]|\$\{/g, "\\$&");
