// A stack as users have it: commands are run by Pulumi's CLI, in front of a simulator of Datadog.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Simulator } from "../../simulator/src";
import { type StateResource, TestStack } from "../support/stack";
import { newWorkFolder } from "../support/workFolder";
import { callsIn, resourceOf, withoutProvider } from "./grpcLog";
import type { Moment, Outcome, SeenRequest, Stack } from "./outcome";
import { declared, type Program } from "./program";
import type { Recorded } from "./snapshot";
import type { Command, Outside, World } from "./story";
import { PRODUCTS, seatNamed, seatsIn, USERS, userIdOf } from "./world";

const PROJECT = `
name: model
runtime: nodejs
`;
/** Plain JavaScript, for it starts often. */
const INDEX = `
const seats = require("pulumi-datadog-seats");
const registered = [];
for (const { type, name, inputs, options, dependsOnAll } of require("./program.json")) {
  const dependsOn = dependsOnAll ? [...registered] : [];
  registered.push(new seats[type](name, inputs, { ...options, dependsOn }));
}
`;

export class RealStack implements Stack {
  private constructor(
    private readonly simulator: Simulator,
    private readonly stack: TestStack,
    private readonly log: string,
  ) {}

  static async start({ capacity, assignHeld, unassignAbsent }: World): Promise<RealStack> {
    const simulator = await Simulator.start({ behaviour: { assignHeld, unassignAbsent } });
    const { org } = simulator;
    for (const name of USERS) org.addUser(userIdOf(name));
    for (const code of PRODUCTS) Object.assign(org.product(code), capacity && { capacity });
    const folder = newWorkFolder("model-");
    writeFileSync(join(folder, "Pulumi.yaml"), PROJECT);
    writeFileSync(join(folder, "package.json"), "{}");
    writeFileSync(join(folder, "index.js"), INDEX);
    const stack = await TestStack.inFolder(simulator, folder, { compiled: true });
    const log = join(folder, "calls.json");
    stack.environment.PULUMI_DEBUG_GRPC = log;
    return new RealStack(simulator, stack, log);
  }

  change({ product, user, held }: Outside): void {
    const { org } = this.simulator;
    if (held) org.claim(product, userIdOf(user));
    else org.unassign(product, userIdOf(user));
  }

  async run(command: Command): Promise<Outcome> {
    const before = await this.moment();
    this.simulator.clearRequests();
    rmSync(this.log, { force: true });
    writeFileSync(join(this.stack.folder, "program.json"), programText(command.program));
    const { code, output } = await this.stack.pulumi(...argumentsOf(command));
    return {
      command,
      before,
      after: await this.moment(),
      calls: callsIn(readFileSync(this.log, "utf8")),
      requests: this.requestsSince(before),
      failures: code === 0 ? [] : [`exit code ${code}`],
      killed: false,
      stuck: false,
      transcript: output,
    };
  }

  async stop(): Promise<void> {
    this.stack.remove();
    await this.simulator.stop();
  }

  private async moment(): Promise<Moment> {
    const held = PRODUCTS.flatMap((product) =>
      this.simulator.org.holders(product).map((id) => seatNamed(product, id)),
    );
    return { state: (await this.stack.seats()).map(recorded), held: new Set(held) };
  }

  private requestsSince({ state, held }: Moment): SeenRequest[] {
    // An exclusive roster finds out in this run whom it is to unassign.
    const exclusive = state.some(({ inputs }) => inputs.exclusive);
    const known = exclusive ? held : seatsIn(state);
    return this.simulator.requests.map(({ method, productCode = "", userIds, status }) => {
      const seats = userIds.map((id) => seatNamed(productCode, id));
      return {
        verb: VERBS[method as keyof typeof VERBS],
        productCode,
        seats,
        result: status < 300 ? "done" : "refused",
        unowned: seats.filter((seat) => !known.has(seat)),
        // On a slow machine the engine may register the rest of a program later than a roster waits for it.
        declared: [],
      };
    });
  }
}

const VERBS = { GET: "list", POST: "assign", DELETE: "unassign" } as const;

function argumentsOf({ command, options }: Command): string[] {
  const { refresh, runProgram, continueOnError, parallel } = options;
  return [
    command,
    ...["--yes", "--skip-preview"],
    ...(refresh && command !== "refresh" ? ["--refresh"] : []),
    ...(refresh && runProgram ? ["--run-program"] : []),
    ...(continueOnError && command !== "refresh" ? ["--continue-on-error"] : []),
    ...(parallel ? ["--parallel", `${parallel}`] : []),
  ];
}

/** What the program declares, for index.js. */
function programText(program: Program): string {
  const resources = program.map((resource) => {
    const { type, name, inputs, alias, deleteBeforeReplace } = declared(resource);
    const { __urn, ...given } = inputs;
    const aliases = alias ? { aliases: [{ name: alias }] } : {};
    const options = { ...aliases, ...(deleteBeforeReplace && { deleteBeforeReplace }) };
    return { type, name, inputs: given, options, dependsOnAll: resource.dependsOnAll };
  });
  return JSON.stringify(resources);
}

/** An entry of an exported state. */
function recorded(resource: StateResource): Recorded {
  const { urn, id = "", inputs = {}, outputs = {} } = resource;
  const { initErrors, delete: pendingDelete, pendingReplacement } = resource as Exported;
  return {
    ...resourceOf(urn),
    id,
    inputs: withoutProvider(inputs),
    outputs: withoutProvider(outputs),
    ...(initErrors && { initErrors: true }),
    ...(pendingDelete && { pendingDelete }),
    ...(pendingReplacement && { pendingReplacement }),
  };
}

interface Exported extends StateResource {
  readonly initErrors?: string[];
  readonly delete?: true;
  readonly pendingReplacement?: true;
}
