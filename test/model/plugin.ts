// The engine's side of a provider: requests, responses and errors, all of them as JSON, because the
// provider is another process.
import type { dynamic } from "@pulumi/pulumi";
import type { Properties, Recorded, ResourceType } from "./snapshot";

export type Method = "check" | "diff" | "create" | "read" | "update" | "delete";
export type Providers = Readonly<Record<ResourceType, dynamic.ResourceProvider>>;
export interface Named {
  readonly type: ResourceType;
  readonly name: string;
}

export interface Call {
  readonly method: Method;
  readonly resource: Named;
  readonly args: readonly unknown[];
}

/** What a test watches and steers of a run. */
export interface Hooks {
  /** Awaited before each registration, before a call reaches the provider, and before its result reaches the engine. */
  readonly pause?: () => Promise<void>;
  readonly onCall?: (call: Call) => void;
}

/** What a create or an update left behind, and why it failed if it was done in part. */
export interface Made {
  readonly id: string;
  readonly outputs: Properties;
  readonly error?: Error;
}

export class Plugin {
  /** Resolves when the last result that was sent has reached the engine. */
  private arrived: Promise<void> = Promise.resolve();

  constructor(
    private readonly providers: Providers,
    private readonly hooks: Hooks,
  ) {}

  async check(resource: Named, olds: Properties, news: Properties): Promise<Properties> {
    const { inputs, failures = [] } = await this.call("check", resource, olds, news);
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join(" "));
    return inputs as Properties;
  }

  async diff(resource: Named, id: string, olds: Properties, news: Properties) {
    const { changes = false, replaces = [] } = await this.call("diff", resource, id, olds, news);
    return { changes: changes || replaces.length > 0, replaces: replaces.length > 0 };
  }

  create(resource: Named, inputs: Properties): Promise<Made> {
    return partially(async () => {
      const { id, outs } = await this.call("create", resource, inputs);
      return { id, outputs: outs as Properties };
    });
  }

  update(old: Recorded, resource: Named, news: Properties): Promise<Made> {
    return partially(async () => {
      const { outs } = await this.call("update", resource, old.id, old.outputs, news);
      return { id: old.id, outputs: outs as Properties };
    });
  }

  /** What is there of a resource; nothing when it is gone. */
  async read(old: Recorded): Promise<(Omit<Made, "error"> & { inputs: Properties }) | undefined> {
    const { id, props, inputs } = await this.call("read", old, old.id, old.outputs);
    if (!id) return undefined;
    return { id, outputs: props as Properties, inputs: (inputs ?? old.inputs) as Properties };
  }

  async delete(old: Recorded): Promise<void> {
    await this.call("delete", old, old.id, old.outputs);
  }

  private async call<M extends Method>(method: M, resource: Named, ...args: unknown[]) {
    await this.hooks.pause?.();
    this.hooks.onCall?.({ method, resource, args });
    const provider = this.providers[resource.type] as Required<dynamic.ResourceProvider>;
    const ask = provider[method] as (...args: unknown[]) => ReturnType<(typeof provider)[M]>;
    try {
      return copy(await ask.apply(provider, copy(args)));
    } finally {
      // Results come over one connection: late, but in the order in which they were sent.
      this.arrived = this.arrived.then(this.hooks.pause);
      await this.arrived;
    }
  }
}

/** An error with an `id` says what was done before it: the engine records that, and the failure. */
async function partially(work: () => Promise<Made>): Promise<Made> {
  try {
    return await work();
  } catch (error) {
    const { id, properties } = error as { id?: string; properties?: Properties };
    if (!id) throw error;
    return { id, outputs: copy(properties ?? {}), error: error as Error };
  }
}

export const copy = <T>(value: T): T =>
  value === undefined ? value : JSON.parse(JSON.stringify(value));
