// Reads teams.yaml. `npm run teams` prints what the workflows need from it, as GitHub's outputs, and `npm run map` writes
// seats.json, which says which team's stack owns which seat.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

interface Team {
  readonly products: readonly string[];
  /** The emails of Datadog users. */
  readonly members: readonly string[];
}

/**
 * Teams by name. Products and members are checked by the provider, in the preview.
 *
 * @throws Error for a team without lists, a name that no stack can have, and a seat that is listed twice
 */
export function readTeams(file = join(__dirname, "teams.yaml")): Readonly<Record<string, Team>> {
  const teams = (parse(readFileSync(file, "utf8")) ?? {}) as Record<string, Team>;
  const owners = new Map<string, string>();
  for (const [name, team] of Object.entries(teams)) {
    if (!/^[\w.-]+$/.test(name)) throw new Error(`No stack can be called "${name}".`);
    const { products, members } = team ?? {};
    if (!Array.isArray(products) || !Array.isArray(members))
      throw new Error(`The team ${name} needs a list of products and a list of members.`);
    for (const email of members) {
      for (const product of products) {
        // One stack owns a seat.
        const seat = `${product} ${email}`.toLowerCase();
        const owner = owners.get(seat);
        if (owner === name) throw new Error(`${name} has ${email}'s ${product} seat twice.`);
        if (owner)
          throw new Error(`${owner} and ${name} would both own ${email}'s ${product} seat.`);
        owners.set(seat, name);
      }
    }
  }
  return teams;
}

function printOutputs(): void {
  const teams = readTeams();
  const products = new Set(Object.values(teams).flatMap((team) => team.products));
  console.log(`names=${JSON.stringify(Object.keys(teams))}`);
  console.log(`products=${[...products].join(" ")}`);
}

/** Says which stack owns which seat, so that no other stack unassigns it. */
function writeOwnershipMap(): void {
  const stacks = Object.entries(readTeams()).map(([name, { products, members }]) => [
    name,
    Object.fromEntries(products.map((product) => [product, members])),
  ]);
  writeFileSync(join(__dirname, "seats.json"), JSON.stringify(Object.fromEntries(stacks), null, 2));
}

if (require.main === module) {
  try {
    if (process.argv[2] === "map") writeOwnershipMap();
    else printOutputs();
  } catch (error) {
    console.error(`teams.yaml: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
