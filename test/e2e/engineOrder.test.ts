// The model of ownership (test/model) plays Pulumi's engine. Here the same commands are run by Pulumi's own.
import { expect } from "chai";
import { FakeTime } from "../model/fakeTime";
import { ModelStack } from "../model/modelStack";
import type { Outcome } from "../model/outcome";
import type { Call, Method } from "../model/plugin";
import type { Program, Resource } from "../model/program";
import { RealStack } from "../model/realStack";
import { type Properties, urn } from "../model/snapshot";
import type { Command, Outside, World } from "../model/story";

const seat = (name: string, product: Resource["product"], user: Resource["users"][number]) =>
  ({ type: "SeatAssignment", name, product, users: [user] }) as const;
const team = (...users: Resource["users"]) =>
  ({ type: "SeatRoster", name: "team", product: "example_product", users }) as const;

const first: Program = [
  seat("stays", "on_call", "alice"),
  seat("replaced", "on_call", "bob"),
  seat("removed", "on_call", "dave"),
  { ...seat("deleted first", "incident_response", "alice"), deleteBeforeReplace: true },
  seat("name", "incident_response", "carol"),
  seat("aliased", "incident_response", "dave"),
  team("alice", "bob"),
];
const second: Program = [
  seat("stays", "on_call", "alice"),
  seat("replaced", "on_call", "carol"),
  { ...seat("deleted first", "incident_response", "bob"), deleteBeforeReplace: true },
  seat("another name", "incident_response", "carol"),
  { ...seat("by an alias", "incident_response", "dave"), alias: "aliased" },
  team("alice", "carol"),
];
const refused: Resource = { ...seat("refused", "incident_response", "alice"), reject: true };

const command = (
  name: Command["command"],
  program: Program,
  options: Command["options"] = {},
): Command => ({ command: name, program, options, faults: [], pace: 0 });
const outside = (product: Outside["product"], user: Outside["user"], held: boolean): Outside => ({
  command: "outside",
  product,
  user,
  held,
});

type Step = readonly [title: string, Command, Outside?];

const changes: readonly Step[] = [
  ["an up that creates", command("up", first)],
  ["an up with a change of each kind", command("up", second)],
  [
    "an up --refresh that finds a seat gone",
    command("up", first, { refresh: true }),
    outside("on_call", "alice", false),
  ],
  [
    "an up --refresh --run-program that finds a seat gone",
    command("up", second, { refresh: true, runProgram: true }),
    outside("on_call", "alice", false),
  ],
  ["a refresh", command("refresh", []), outside("on_call", "carol", false)],
  [
    "an up --continue-on-error in which a create fails",
    command("up", [refused, ...second.slice(1)], { continueOnError: true }),
    outside("incident_response", "alice", true),
  ],
  [
    "an up in which a create fails",
    // As the last one: after it the engine asks nothing more, and what comes sooner is for chance to decide.
    command("up", [...second.slice(2), { ...refused, dependsOnAll: true }]),
  ],
  ["a destroy", command("destroy", [])],
];

const world: World = {
  assignHeld: "assigned",
  unassignAbsent: 204,
  pageSize: 100,
  adoptionPages: 10,
};

const tooMany: Program = [
  { type: "SeatRoster", name: "team", product: "on_call", users: ["alice", "bob", "carol"] },
];
const inPart: readonly Step[] = [
  ["a create that is done in part", command("up", tooMany)],
  ["an update of what was created in part, done in part", command("up", tooMany)],
];

describe("the engine of the model asks the provider the same as Pulumi's", () => {
  compare("with seats for all", world, changes);
  compare("with seats for two", { ...world, capacity: 2 }, inPart);
});

/** Runs the steps on a stack of the model and on a real one. */
function compare(where: string, world: World, steps: readonly Step[]): void {
  const modelled: Outcome[] = [];
  let real: RealStack;

  describe(where, () => {
    before(async () => {
      const time = new FakeTime();
      const model = new ModelStack(world, time);
      for (const [, one, change] of steps) {
        if (change) model.change(change);
        modelled.push(await model.run(one));
      }
      time.end();
      real = await RealStack.start(world);
    });
    after(() => real.stop());

    for (const [n, [title, one, change]] of steps.entries()) {
      it(title, async () => {
        if (change) real.change(change);
        const expected = modelled[n] as Outcome;
        const outcome = await real.run(one);
        expect(outcome.failures.length > 0).to.equal(expected.failures.length > 0);
        expect(callsByResource(outcome)).to.deep.equal(callsByResource(expected));
        expect(phases(outcome)).to.deep.equal(phases(expected));
        expect(names(outcome)).to.deep.equal(names(expected));
      });
    }
  });
}

/** What each resource was asked, in order; how the calls of different resources mingle is for chance to decide. */
function callsByResource({ calls }: Outcome): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const { method, resource, args } of calls) {
    const known = args.map((arg) => JSON.stringify(arg, seatAlone));
    all[urn(resource)] = [...(all[urn(resource)] ?? []), `${method} ${known.join(" ")}`];
  }
  return all;
}

/** Leaves out what Datadog tells of a user, and sorts the rest. */
function seatAlone(key: string, value: unknown): unknown {
  if (["email", "name", "assignedAt"].includes(key)) return undefined;
  // Of a URN, which is shorter in the model, the name.
  if (key === "__urn") return `${value}`.split("::").at(-1)?.split(" ").at(-1);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value as Properties).sort());
}

/** What holds of all resources together. */
function phases({ calls, command: { options, program } }: Outcome) {
  const inPlace = new Set(
    program.filter(({ deleteBeforeReplace }) => deleteBeforeReplace).map(urn),
  );
  const others = calls.filter(({ resource }) => !inPlace.has(urn(resource)));
  return {
    readsFirst: options.runProgram || allBefore(calls, ["read"], ["check", "create"]),
    deletesLast: allBefore(others, ["check", "create", "update"], ["delete"]),
  };
}

function allBefore(calls: readonly Call[], first: Method[], second: Method[]): boolean {
  const last = calls.findLastIndex(({ method }) => first.includes(method));
  const begin = calls.findIndex(({ method }) => second.includes(method));
  return begin === -1 || last < begin;
}

/** What the state holds, and in which condition. */
function names({ after: { state } }: Outcome): string[] {
  const conditions = ["initErrors", "pendingDelete", "pendingReplacement"] as const;
  return state
    .map((one) => [urn(one), one.id, ...conditions.filter((condition) => one[condition])].join(" "))
    .sort();
}
