// What a command led to, as the rules look at it; and who runs commands: the model's engine, or Pulumi's own.
import type { Call } from "./plugin";
import type { Recorded } from "./snapshot";
import type { Command, Outside } from "./story";
import type { Request } from "./traffic";

/** What the stack's state holds and what Datadog does, at one moment. */
export interface Moment {
  readonly state: readonly Recorded[];
  readonly held: ReadonlySet<string>;
}

/** A request, and what was known of its seats when it arrived. */
export interface SeenRequest extends Request {
  /** Those of its seats that the state did not hold. */
  readonly unowned: readonly string[];
}

export interface Outcome {
  readonly command: Command;
  readonly before: Moment;
  readonly after: Moment;
  readonly calls: readonly Call[];
  readonly requests: readonly SeenRequest[];
  readonly failures: readonly string[];
  readonly killed: boolean;
  /** Whether it never came to an end. */
  readonly stuck: boolean;
  /** What it was like, for a person to read. */
  readonly transcript: { toString(): string };
}

/** A stack that commands are run on. */
export interface Stack {
  /** Somebody else changes a seat. */
  change(step: Outside): void;
  run(command: Command): Promise<Outcome>;
}
