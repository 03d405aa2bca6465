// Random stories: small edits from an empty program on, so that a failing story shrinks to the few steps that matter.
import fc from "fast-check";
import { type Edit, type EditKind, edited } from "./edits";
import type { Options } from "./engine";
import type { Program } from "./program";
import { type Command, type Outside, Story, type World } from "./story";
import type { Fault, Kill } from "./traffic";
import { type ProductCode, USERS } from "./world";

/** The first of some values most of the time. */
const mostly = <T>(weight: number, first: T, ...others: T[]) =>
  fc.oneof(
    { weight, arbitrary: fc.constant(first) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

const someUser = fc.constantFrom(...USERS);
const someProduct = mostly<ProductCode>(4, "on_call", "incident_response");
const someNumber = fc.nat(5);

const editOf = (kind: fc.Arbitrary<EditKind>): fc.Arbitrary<Edit> =>
  fc.record({
    kind,
    at: someNumber,
    other: someNumber,
    user: someUser,
    team: fc.uniqueArray(someUser, { minLength: 1, maxLength: 3 }),
    product: someProduct,
    reject: mostly(5, false, true),
  });

const addition = editOf(fc.constantFrom("add seat", "add roster"));
const common: EditKind[] = [
  "remove",
  "add seat",
  "add roster",
  "add member",
  "remove member",
  "rename",
  "rename with alias",
  "change user",
  "swap users",
  "move to roster",
  "move out of roster",
  "to the end",
];
const rare: EditKind[] = [
  "change product",
  "toggle reject",
  "toggle exclusive",
  "toggle deleteBeforeReplace",
];
const edit = editOf(
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...common) },
    { weight: 1, arbitrary: fc.constantFrom(...rare) },
  ),
);

export const world: fc.Arbitrary<World> = fc.record({
  assignHeld: mostly<World["assignHeld"]>(2, "assigned", "unnamed", 409),
  unassignAbsent: mostly<World["unassignAbsent"]>(2, 204, 404),
  capacity: mostly<number | undefined>(9, undefined, 2, 3),
  pageSize: mostly(1, 100, 1, 2),
  adoptionPages: mostly(1, 10, 0, 1, 2),
});

const fault: fc.Arbitrary<Fault> = fc.record({
  request: fc.integer({ min: 1, max: 8 }),
  kind: fc.constantFrom("refused", "lost", "unanswered", "repeated", "limited", "forbidden"),
});
const kill: fc.Arbitrary<Kill> = fc.record({
  request: fc.integer({ min: 1, max: 8 }),
  effect: fc.boolean(),
});
/** Most runs go well. */
const trouble = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ faults: [] }) },
  { weight: 2, arbitrary: fc.record({ faults: fc.array(fault, { minLength: 1, maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ faults: fc.constant([]), kill }) },
);

const options: fc.Arbitrary<Options> = fc.record({
  refresh: fc.boolean(),
  runProgram: fc.boolean(),
  continueOnError: fc.boolean(),
  parallel: mostly<number | undefined>(9, undefined, 1, 2),
});

type Draft = Omit<Command, "program" | "faults" | "kill"> & {
  readonly edits: readonly Edit[];
  readonly trouble: Pick<Command, "faults" | "kill">;
};

export const command: fc.Arbitrary<Draft> = fc.record({
  command: mostly<Command["command"]>(6, "up", "destroy", "refresh"),
  edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
  options,
  trouble,
  pace: fc.nat(),
});
const outside: fc.Arbitrary<Outside> = fc.record({
  command: fc.constant("outside"),
  product: someProduct,
  user: someUser,
  held: fc.boolean(),
});

interface Draws {
  readonly world: World;
  readonly additions: readonly Edit[];
  readonly steps: readonly (Outside | Draft)[];
}

/** The commands with the program of each: a destroy has none, and the next command has the one before it again. */
function written({ world: one, additions, steps }: Draws): Story {
  let program: Program = additions.reduce(edited, []);
  return new Story(
    one,
    steps.map((step) => {
      if (step.command === "outside") return step;
      const { edits, trouble: what, options: chosen, ...rest } = step;
      if (step.command !== "up") {
        return { ...rest, ...what, program: [], options: { ...chosen, runProgram: false } };
      }
      program = edits.reduce(edited, program);
      return { ...rest, ...what, program, options: chosen };
    }),
  );
}

export const stories: fc.Arbitrary<Story> = fc
  .record({
    world,
    additions: fc.array(addition, { minLength: 2, maxLength: 6 }),
    steps: fc.array(
      fc.oneof({ weight: 4, arbitrary: command }, { weight: 1, arbitrary: outside }),
      {
        minLength: 2,
        maxLength: 6,
      },
    ),
  })
  .map(written);
