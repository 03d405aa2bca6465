// A stack in memory: commands are run by the engine of this folder, with the real providers, in no time.
import { random } from "../support/random";
import { Datadog } from "./datadog";
import type { Declared } from "./engine";
import { Engine } from "./engine";
import { type FakeTime, pause } from "./fakeTime";
import type { Outcome, Stack } from "./outcome";
import { declared, seatsDeclared } from "./program";
import { newProviders } from "./provider";
import type { Recorded } from "./snapshot";
import type { Command, Outside, World } from "./story";
import { Traffic } from "./traffic";
import { Watch } from "./watch";
import { configuration, seatsIn, userIdOf } from "./world";

/** How long it may take from the engine to the provider, or back: far less than the provider waits for the engine. */
const CALL_MS = [0, 0, 1, 5, 20];
/** How long it may take from the provider to Datadog, or back. */
const TRAVEL_MS = [1, 10, 50, 150, 400];

export class ModelStack implements Stack {
  private readonly config: Record<string, string>;
  private state: readonly Recorded[] = [];

  /** @param name of the stack, where there are several of one org */
  constructor(
    world: World,
    private readonly time: FakeTime,
    private readonly datadog = new Datadog(world),
    private readonly name = "model",
  ) {
    this.config = configuration(world);
  }

  change({ product, user, held }: Outside): void {
    this.datadog.changeFromOutside(product, userIdOf(user), held);
  }

  async run(command: Command): Promise<Outcome> {
    const { outcome, work } = this.begin(command);
    const end = await this.time.run(work);
    return { ...outcome(), stuck: end === "stuck" };
  }

  /**
   * A command that may run beside others: `work` does it, `outcome` is what it has led to.
   *
   * @param config more settings of the stack
   */
  begin(command: Command, config: Record<string, string> = {}) {
    const { program, options } = command;
    const before = this.moment;
    const number = random(command.pace);
    const oneOf = (waits: number[]) => pause(waits[number(waits.length)] ?? 0);
    // With few workers a removal may be asked for before the whole program has been.
    const shown = options.parallel === undefined ? program.flatMap(seatsDeclared) : [];
    const watch: Watch = new Watch(() => seatsIn(engine.resources), shown);
    const traffic = new Traffic(this.datadog, command, {
      travel: () => oneOf(TRAVEL_MS),
      isDeclared: watch.isDeclared,
      onRequest: watch.onRequest,
    });
    const providers = newProviders(traffic, { ...this.config, ...config }, watch.onMessage);
    const engine: Engine = new Engine(providers, this.state, options, {
      pause: () => oneOf(CALL_MS),
      onCall: watch.onCall,
    });
    const resources = program.map((one) => inStack(this.name, declared(one)));
    const work = () => {
      const done = command.command === "refresh" ? engine.refresh() : engine.up(resources);
      return Promise.race([done, traffic.killed]);
    };
    const outcome = (): Outcome => {
      this.state = engine.state;
      const { requests, calls } = watch;
      return {
        command,
        before,
        after: this.moment,
        calls,
        requests,
        failures: engine.failures,
        killed: traffic.isKilled,
        stuck: false,
        transcript: watch,
      };
    };
    return { work, outcome };
  }

  get moment() {
    return { state: this.state, held: this.datadog.held };
  }
}

/** The resource with the URN that it has in a stack. */
const inStack = (stack: string, { inputs, ...resource }: Declared): Declared => ({
  ...resource,
  inputs: { ...inputs, __urn: `urn:pulumi:${stack}::model::${resource.type}::${resource.name}` },
});
