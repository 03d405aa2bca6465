// What the program of a stack declares: a file of its own beside the program, which the tests write.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Declarations {
  seats?: DeclaredSeat[];
  rosters?: DeclaredRoster[];
  teams?: DeclaredTeam[];
  /** The arguments of explicit providers of the native plugin, by their names. */
  providers?: Record<string, Record<string, string>>;
}

export interface DeclaredSeat {
  name: string;
  productCode: string;
  userId: string;
  /** The name of an explicit provider of the native plugin. */
  provider?: string;
  existing?: "adopt" | "reject";
  /** The name of a component to put it in. */
  component?: string;
  /** Whether the user comes from the resource before this one: so a preview doesn't know it. */
  afterPrevious?: boolean;
  deleteBeforeReplace?: boolean;
  ignoreChanges?: string[];
  import?: string;
  /** The user to whom Pulumi's transforms, or its older transformations, change the seat. */
  transforms?: string;
  transformations?: string;
  /** Look it up instead of managing it. */
  get?: boolean;
}

export interface DeclaredRoster {
  name: string;
  productCode: string;
  members: Record<string, string>;
  exclusive?: boolean;
  existing?: "adopt" | "reject";
  maxRemovals?: number;
  /** Whether its users come from the last seat: the engine skips it when that one fails. */
  afterSeats?: boolean;
}

export interface DeclaredTeam {
  name: string;
  products: string[];
  members: Record<string, string>;
  limit?: number;
  /** What the team was called before. */
  formerly?: string;
  protect?: boolean;
}

/** The name of the file, for one folder may serve several stacks. */
export const declarationsOf = (stack: string) => `declared.${stack}.json`;

/** Nothing before the first declaration. */
export function declarations(stack: string): Declarations {
  const file = join(__dirname, declarationsOf(stack));
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}
