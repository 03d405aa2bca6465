// A stack in memory: commands are run by the engine of this folder, with the real providers, in no time.
import { random } from "../support/random";
import { Datadog } from "./datadog";
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
  private readonly datadog: Datadog;
  private readonly config: Record<string, string>;
  private state: readonly Recorded[] = [];

  constructor(
    world: World,
    private readonly time: FakeTime,
  ) {
    this.datadog = new Datadog(world);
    this.config = configuration(world);
  }

  change({ product, user, held }: Outside): void {
    this.datadog.changeFromOutside(product, userIdOf(user), held);
  }

  async run(command: Command): Promise<Outcome> {
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
    const engine: Engine = new Engine(newProviders(traffic, this.config), this.state, options, {
      pause: () => oneOf(CALL_MS),
      onCall: watch.onCall,
    });
    const work = () =>
      command.command === "refresh" ? engine.refresh() : engine.up(program.map(declared));
    const end = await listening(watch, () =>
      this.time.run(() => Promise.race([work(), traffic.killed])),
    );

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
      stuck: end === "stuck",
      transcript: watch,
    };
  }

  private get moment() {
    return { state: this.state, held: this.datadog.held };
  }
}

/** Does `work`, with a watch on what it prints. */
async function listening<T>(watch: Watch, work: () => Promise<T>): Promise<T> {
  const { log } = console;
  console.log = watch.onMessage;
  try {
    return await work();
  } finally {
    console.log = log;
  }
}
