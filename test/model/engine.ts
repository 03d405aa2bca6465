// Plays Pulumi's engine for one command on one stack: which calls a provider gets, in which order, and what is recorded.
//
// Checked against the source of pkg/v3 v3.248.0, resource/deploy (and by test/e2e/engineOrder.test.ts against the CLI):
// - A plain refresh reads and diffs every resource of the state, pending deletes too, before the program starts. All are
//   tried; after a failure nothing else happens (deployment_executor.go, refresh; step.go, RefreshStep).
// - With --run-program a resource is refreshed when the program registers it, under the name that it has there, beside
//   the checks of others. A failure ends the run even with --continue-on-error (step_generator.go, generateSteps,
//   continueStepsFromRefresh).
// - The diff of a refresh gets what was read as the old state and the inputs before it as the new ones. A refresh forgets
//   that a resource was made in part (step.go, RefreshStep).
// - One registration at a time is checked, diffed and handed to a free worker; its steps then run beside the registrations
//   that follow (deployment_executor.go, handleSingleEvent; step_executor.go).
// - A check gets the inputs of the state, under an alias too. A replacement is checked a second time, without them
//   (step_generator.go, getOldResource, continueStepsFromDiff).
// - A resource that was made in part is updated even when a diff finds nothing (continueStepsFromDiff).
// - What is replaced is marked when the new one is recorded, even if that was made in part (step.go, CreateStep).
// - What the program did not register, and what was replaced, is deleted after all registrations: what depends on nothing
//   at the same time (step_generator.go, GenerateDeletes, ScheduleDeletes).
// - What `--exclude` names is neither checked, created, changed nor deleted; a program that throws ends the run like a
//   failure of which no provider is told.
// - After a failed step those under way are finished, no other is begun, and nothing is deleted; with --continue-on-error
//   all goes on but for the steps of that resource. A failed check ends the run in either case.
import { copy, type Hooks, type Named, Plugin, type Providers } from "./plugin";
import { type Properties, type Recorded, Snapshot, urn } from "./snapshot";
import { oneAtATime, Workers } from "./workers";

/** A resource of a program. */
export interface Declared extends Named {
  readonly inputs: Properties;
  /** A name that it had before. */
  readonly alias?: string;
  readonly deleteBeforeReplace?: boolean;
}

/** Options of `pulumi up`. */
export interface Options {
  readonly refresh?: boolean;
  /** With `refresh`: `--run-program`. */
  readonly runProgram?: boolean;
  readonly continueOnError?: boolean;
  readonly parallel?: number | undefined;
  /** The names of `--exclude`. */
  readonly exclude?: readonly string[];
  /** After how many resources the program throws. */
  readonly throwsAfter?: number | undefined;
}

type Step = () => Promise<void>;

export class Engine {
  /** What failed, and why. */
  readonly failures: string[] = [];
  private readonly plugin: Plugin;
  private readonly snapshot: Snapshot;
  private readonly workers: Workers;
  private readonly handle = oneAtATime();
  /** The names in the state that the program's resources stand for. */
  private readonly registered = new Set<string>();
  private stopped = false;

  constructor(
    providers: Providers,
    state: readonly Recorded[],
    private readonly options: Options = {},
    private readonly hooks: Hooks = {},
  ) {
    this.plugin = new Plugin(providers, hooks);
    this.snapshot = new Snapshot(copy(state));
    this.workers = new Workers(options.parallel ?? 8);
  }

  /** What the state holds now. */
  get resources(): readonly Recorded[] {
    return this.snapshot.resources;
  }

  /** As `resources`, for the next command; if the engine is killed now, this is what stays. */
  get state(): Recorded[] {
    return copy(this.snapshot.resources);
  }

  /** `pulumi up`; without a program it is `pulumi destroy`. */
  async up(program: readonly Declared[] = []): Promise<void> {
    if (this.options.refresh && !this.options.runProgram) await this.refresh();
    const { throwsAfter } = this.options;
    const registrations: Promise<void>[] = [];
    for (const resource of program.slice(0, throwsAfter)) {
      await this.hooks.pause?.();
      registrations.push(this.register(resource));
    }
    await Promise.all(registrations);
    if (throwsAfter !== undefined) this.failures.push("the program threw an error");
    if (this.stopped || throwsAfter !== undefined) return;
    const unwanted = this.snapshot.resources.filter(
      (resource) =>
        !this.isExcluded(resource) &&
        (resource.pendingDelete || !this.registered.has(urn(resource))),
    );
    const deletes = unwanted.map((resource) => this.begin(resource, [() => this.delete(resource)]));
    for (const { done } of await Promise.all(deletes)) await done;
  }

  /** `pulumi refresh`. */
  async refresh(): Promise<void> {
    const reads = this.snapshot.resources.map(async (resource) => {
      const { done } = await this.workers.begin(() => this.read(resource));
      return done.catch((error: Error) => {
        this.fail(resource, error);
        return resource;
      });
    });
    const resources = await Promise.all(reads);
    this.snapshot.rebase(resources.filter((resource) => resource !== undefined));
    this.stopped = this.failures.length > 0;
  }

  private async register(resource: Declared): Promise<void> {
    if (this.stopped) return;
    const known = this.snapshot.find(resource.type, resource.name, resource.alias);
    this.registered.add(urn(resource));
    if (known) this.registered.add(urn(known));
    if (this.isExcluded(resource)) return;
    try {
      const old = known && (await this.refreshed(resource, known));
      const { done } = await this.handle(async () => {
        const steps = this.stopped ? [] : await this.steps(resource, old);
        return this.begin(resource, steps);
      });
      await done;
    } catch (error) {
      this.fail(resource, error as Error);
      this.stopped = true;
    }
  }

  /** With --run-program, a resource as it is found when the program registers it. */
  private async refreshed(
    { type, name }: Declared,
    known: Recorded,
  ): Promise<Recorded | undefined> {
    if (!this.options.refresh || !this.options.runProgram) return known;
    const renamed = { ...known, type, name };
    const { done } = await this.handle(() => this.workers.begin(() => this.read(renamed)));
    const found = await done;
    this.snapshot.record(known, found);
    return found;
  }

  private async read(old: Recorded): Promise<Recorded | undefined> {
    if (old.pendingReplacement) return old;
    const found = await this.plugin.read(old);
    if (!found) return undefined;
    await this.plugin.diff(old, found.id, found.outputs, old.inputs);
    const { initErrors: _, ...rest } = old;
    return { ...rest, ...found };
  }

  /** Decides what is to be done about a resource of the program. */
  private async steps(resource: Declared, old: Recorded | undefined): Promise<Step[]> {
    const inputs = await this.plugin.check(resource, old?.inputs ?? {}, resource.inputs);
    if (!old) return [() => this.create(resource, inputs)];
    const { changes, replaces } = await this.plugin.diff(resource, old.id, old.outputs, inputs);
    if (replaces || old.pendingReplacement) {
      const anew = await this.plugin.check(resource, {}, resource.inputs);
      const steps = [() => this.create(resource, anew, old)];
      if (!resource.deleteBeforeReplace || old.pendingReplacement) return steps;
      return [() => this.deleteBefore(old), ...steps];
    }
    if (changes || old.initErrors) return [() => this.update(resource, inputs, old)];
    const { type, name } = resource;
    return [async () => this.snapshot.record(old, { ...old, type, name, inputs })];
  }

  /** Hands the steps of a resource to a worker; `done` comes with the last, or after one that failed. */
  private begin(resource: Named, steps: readonly Step[]): Promise<{ done: Promise<void> }> {
    return this.workers.begin(async () => {
      for (const step of steps) {
        if (this.stopped) return;
        try {
          await step();
        } catch (error) {
          this.fail(resource, error as Error);
          this.stopped ||= !this.options.continueOnError;
          return;
        }
      }
    });
  }

  private async create({ type, name, ...more }: Declared, inputs: Properties, old?: Recorded) {
    const { error, ...made } = await this.plugin.create({ type, name }, inputs);
    if (old && !more.deleteBeforeReplace) old.pendingDelete = true;
    const replaced = old?.pendingReplacement ? old : undefined;
    this.record(replaced, { type, name, inputs, ...made }, error);
  }

  private async update({ type, name }: Declared, inputs: Properties, old: Recorded): Promise<void> {
    const { error, ...made } = await this.plugin.update(old, { type, name }, inputs);
    this.record(old, { type, name, inputs, ...made }, error);
  }

  private async deleteBefore(old: Recorded): Promise<void> {
    await this.plugin.delete(old);
    old.pendingReplacement = true;
  }

  private async delete(old: Recorded): Promise<void> {
    // What was deleted before its replacement is only to be forgotten.
    if (!old.pendingReplacement) await this.plugin.delete(old);
    this.snapshot.record(old, undefined);
  }

  private record(old: Recorded | undefined, made: Recorded, error?: Error): void {
    this.snapshot.record(old, error ? { ...made, initErrors: true } : made);
    if (error) throw error;
  }

  private isExcluded({ name }: Named): boolean {
    return this.options.exclude?.includes(name) === true;
  }

  private fail(resource: Named, { message }: Error): void {
    this.failures.push(`${urn(resource)}: ${message}`);
  }
}
