// Reads teams.yaml. `npm run teams` prints what the workflows need of it, as GitHub's outputs.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

interface Team {
  readonly products: readonly string[];
  /** The emails of Datadog users. */
  readonly members: readonly string[];
}

/**
 * Teams by name. What is wrong with a product or a member is said by the provider, in the preview.
 *
 * @throws Error for a name that no stack can have, and for a seat that two teams would own
 */
export function readTeams(file = join(__dirname, "teams.yaml")): Readonly<Record<string, Team>> {
  const teams = parse(readFileSync(file, "utf8")) as Record<string, Team>;
  const owners = new Map<string, string>();
  for (const [name, { products, members }] of Object.entries(teams)) {
    if (!/^[\w.-]+$/.test(name)) throw new Error(`No stack can be called "${name}".`);
    for (const email of members) {
      for (const product of products) {
        // Whichever stack released the seat first would unassign it for both.
        const seat = `${product} ${email}`.toLowerCase();
        const owner = owners.get(seat);
        if (owner)
          throw new Error(`${owner} and ${name} would both own ${email}'s ${product} seat.`);
        owners.set(seat, name);
      }
    }
  }
  return teams;
}

if (require.main === module) {
  const teams = readTeams();
  const products = new Set(Object.values(teams).flatMap((team) => team.products));
  console.log(`names=${JSON.stringify(Object.keys(teams))}`);
  console.log(`products=${[...products].join(" ")}`);
}
