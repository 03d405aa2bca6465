// Reads teams.yaml, and reports its problems, one a line.
import { readFileSync } from "node:fs";
import { LineCounter, parseDocument } from "yaml";
import { z } from "zod";

const Team = z.strictObject({
  /** The products of which every member gets a seat, such as `on_call`. */
  products: z.array(z.string().min(1)).min(1),
  /** The emails of Datadog users. */
  members: z.array(z.email("expected an email")),
  /** What to do when a member already holds a seat. */
  existing: z.enum(["adopt", "reject"]).exactOptional(),
  /** How many seats, members × products, the team may have. */
  limit: z.int().min(0).exactOptional(),
  /** Whether the team may have no members for now. */
  allowEmpty: z.boolean().exactOptional(),
});
const Teams = z.record(z.string().regex(/^[\w.-]+$/), Team, {
  error: ({ code }) =>
    code === "invalid_key"
      ? "a name has only letters, digits, dots, hyphens and underscores"
      : undefined,
});

export type Team = z.infer<typeof Team>;
/** Teams by name, which is the name of the stack too. */
export type Teams = Readonly<Record<string, Team>>;

/** @throws Error whose message lists every problem of the file, one a line */
export function readTeams(file: string): Teams {
  const teams = checked(readYaml(file), file);
  refuse(sharedSeats(teams).map((what) => `${file}: ${what}`));
  return teams;
}

function readYaml(file: string): unknown {
  const text = readFileSync(file, "utf8");
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line } = lineCounter.linePos(error.pos[0]);
    // What follows the first error is often its consequence.
    refuse([`${file}, line ${line}: ${error.message}: ${text.split("\n")[line - 1]?.trim()}`]);
  }
  return document.toJS();
}

function checked(content: unknown, file: string): Teams {
  const { data, error } = Teams.safeParse(content);
  refuse(
    (error?.issues ?? []).map(({ path, message }) => `${[file, ...path].join(": ")}: ${message}`),
  );
  return data as Teams;
}

/** Which stack owns which seat: products and their users, by stack. */
export function ownershipMap(teams: Teams): string {
  const stacks = Object.entries(teams).map(([name, { products, members }]) => [
    name,
    Object.fromEntries(products.map((product) => [product, members])),
  ]);
  return JSON.stringify(Object.fromEntries(stacks), null, 2);
}

/** What is wrong with seats that are listed twice: one stack owns a seat. */
function sharedSeats(teams: Teams): string[] {
  const owners = new Map<string, string>();
  const shared: string[] = [];
  for (const [name, { products, members }] of Object.entries(teams)) {
    for (const email of members) {
      for (const product of products) {
        const seat = `${product} ${email.toLowerCase()}`;
        const owner = owners.get(seat);
        if (owner === name) shared.push(`${name} lists ${email}'s ${product} seat twice`);
        else if (owner) shared.push(`${owner} and ${name} both list ${email}'s ${product} seat`);
        owners.set(seat, name);
      }
    }
  }
  return shared;
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(problems.join("\n"));
}
