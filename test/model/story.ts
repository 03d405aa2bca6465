// What happens to a stack: commands with one program after the other, trouble in them, and changes from outside.
import fc from "fast-check";
import type { Behaviour } from "./datadog";
import type { Options } from "./engine";
import { inWords, type Program } from "./program";
import type { Fault, Kill } from "./traffic";
import type { ProductCode, UserName } from "./world";

export interface World extends Behaviour {
  /** How many seats a page of a listing holds. */
  readonly pageSize: number;
  /** How many pages an assignment waits for. */
  readonly adoptionPages: number;
}

/** Somebody else assigns a seat, or unassigns it. */
export interface Outside {
  readonly command: "outside";
  readonly product: ProductCode;
  readonly user: UserName;
  readonly held: boolean;
}

/** A command of Pulumi. Without a program it is a `pulumi destroy`. */
export interface Command {
  readonly command: "up" | "destroy" | "refresh";
  readonly program: Program;
  readonly options: Options;
  readonly faults: readonly Fault[];
  readonly kill?: Kill | undefined;
  /** The seed of how long everything takes. */
  readonly pace: number;
}

export class Story {
  constructor(
    readonly world: World,
    readonly steps: readonly (Outside | Command)[],
  ) {}

  toString(): string {
    const { capacity, ...world } = this.world;
    const plan = capacity === undefined ? "" : `, ${capacity} seats of each product`;
    return [
      `assigning a held seat: ${world.assignHeld}; unassigning an absent one: ${world.unassignAbsent}${plan}; pages of ${world.pageSize}, ${world.adoptionPages} before an assignment`,
      ...this.steps.map(stepInWords),
    ].join("\n");
  }

  [fc.toStringMethod](): string {
    return `\n${this}\n`;
  }
}

function stepInWords(step: Outside | Command): string {
  if (step.command === "outside") {
    const { product, user, held } = step;
    return `${held ? "assigned" : "unassigned"} from outside: ${product} ${user}`;
  }
  const { command, program, options, faults, kill, pace } = step;
  const line = [
    `pulumi ${command}`,
    ...(options.refresh ? ["--refresh"] : []),
    ...(options.refresh && options.runProgram ? ["--run-program"] : []),
    ...(options.continueOnError ? ["--continue-on-error"] : []),
    ...(options.parallel ? [`--parallel ${options.parallel}`] : []),
    ...faults.map(({ request, kind }) => `, request ${request} ${kind}`),
    ...(kill ? [`, killed ${kill.effect ? "after" : "before"} request ${kill.request}`] : []),
    `(pace ${pace})`,
  ];
  return [line.join(" "), ...program.map((resource) => `    ${inWords(resource)}`)].join("\n");
}
