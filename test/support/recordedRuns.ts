// Runs of one stack that serve many tests: what each came to in each product is kept for them.
import type { StackHarness } from "./stackHarness";

/** What a run came to in a product. */
export interface ProductOutcome {
  /** As `writes` of the harness, sorted. */
  readonly writes: readonly string[];
  /** As `owned` of the stack. */
  readonly owned: readonly string[];
  readonly holders: readonly string[];
}

export class RecordedRuns {
  private readonly outputs = new Map<string, string>();
  private readonly outcomes = new Map<string, ProductOutcome>();

  constructor(
    private readonly ctx: StackHarness,
    private readonly products: readonly string[],
  ) {}

  /** Runs a command, and records what it came to under a name. */
  async run(name: string, command: () => Promise<string>): Promise<void> {
    const { simulator, stack } = this.ctx;
    simulator.clearRequests();
    this.outputs.set(name, await command());
    const owned = await stack.owned();
    for (const product of this.products) {
      this.outcomes.set(`${name} ${product}`, {
        writes: this.ctx.writes(product).sort(),
        owned: owned.filter((seat) => seat.includes(` ${product}/`)),
        holders: simulator.org.holders(product),
      });
    }
  }

  /** What the command printed. */
  output = (name: string) => this.outputs.get(name);

  outcome = (name: string, product: string) => this.outcomes.get(`${name} ${product}`);
}
