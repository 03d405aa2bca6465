// The file with what a simulator starts with.
import { readFileSync } from "node:fs";
import type { Behaviour } from "./behaviour";
import type { Keys } from "./keys";
import type { Org, User } from "./org";

export interface Fixture {
  keys?: Partial<Keys>;
  users?: User[];
  /** By product code. */
  products?: Record<string, { capacity?: number; holders?: string[] }>;
  behaviour?: Partial<Behaviour>;
}

/** @throws Error that names the file and what is wrong with it */
export function readFixture(file: string): Fixture {
  const wrong = (what: string) => new Error(`The fixture ${file} ${what}.`);
  let fixture: Fixture;
  try {
    fixture = JSON.parse(readFileSync(file, "utf8")) as Fixture;
  } catch (error) {
    throw wrong(`can't be read: ${(error as Error).message}`);
  }
  if (typeof fixture !== "object" || fixture === null) throw wrong("is not a JSON object");
  const refuseOthers = (where: string, names: string[], object = {}) => {
    const unknown = Object.keys(object).find((name) => !names.includes(name));
    if (unknown) throw wrong(`has "${unknown}"${where}; expected ${names.join(", ")}`);
  };
  refuseOthers("", ["keys", "users", "products", "behaviour"], fixture);
  refuseOthers(
    " among the keys",
    ["apiKey", "appKey", "token", "permissions", "scopes"],
    fixture.keys,
  );
  for (const user of fixture.users ?? []) {
    if (!user.id || !user.email) throw wrong("has a user without `id` or `email`");
    const names = ["id", "email", "name", "status", "serviceAccount"];
    refuseOthers(` in the user ${user.email}`, names, user);
  }
  return fixture;
}

export function fill(org: Org, { users = [], products = {} }: Fixture): void {
  for (const user of users) org.addUser(user.id.toLowerCase(), user);
  for (const [code, { capacity, holders = [] }] of Object.entries(products)) {
    const product = org.product(code);
    if (capacity !== undefined) product.capacity = capacity;
    for (const id of holders) org.claim(code, id.toLowerCase());
  }
}
