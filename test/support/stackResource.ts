// Owns seats through the provider process as the engine does: keeps their state, also what Pulumi records of a failure.
import { PartialResource } from "./partialResource";
import type { ProviderProcess } from "./providerProcess";

interface State {
  readonly id: string;
  readonly outputs: Record<string, unknown>;
}

/** One resource of a stack. */
export class StackResource {
  private state: State | undefined;

  /**
   * @param resource whose type it is
   * @param inputs that a program gives it
   */
  constructor(
    private readonly resource: "SeatAssignment" | "SeatRoster",
    private readonly inputs: Record<string, unknown>,
  ) {}

  /** The users of the seats that it owns by its state. */
  get users(): string[] {
    const { userId, members = {} } = this.state?.outputs ?? {};
    return typeof userId === "string" ? [userId] : Object.values(members as object);
  }

  /** The users of the seats that its program wants. */
  get wanted(): string[] {
    const { userId, members = {} } = this.inputs;
    return typeof userId === "string" ? [userId] : Object.values(members as object);
  }

  /** As in `pulumi up`. */
  async up(process: ProviderProcess): Promise<void> {
    const provider = process.as(this.resource);
    await provider.check(this.inputs);
    await this.recording(async () => {
      if (!this.state) return provider.create(this.inputs);
      const { id, outputs } = this.state;
      const { changes } = await provider.diff(id, outputs, this.inputs);
      if (!changes) return this.state;
      return { id, outputs: await provider.update(id, outputs, this.inputs) };
    });
  }

  /** As in `pulumi destroy`. */
  async destroy(process: ProviderProcess): Promise<void> {
    if (!this.state) return;
    await process.as(this.resource).delete(this.state.id, this.state.outputs);
    this.state = undefined;
  }

  private async recording(work: () => Promise<State>): Promise<void> {
    try {
      this.state = await work();
    } catch (error) {
      if (error instanceof PartialResource) this.state = { id: error.id, outputs: error.outputs };
      throw error;
    }
  }
}
