// What a stack's state holds while a command runs: Pulumi's SnapshotManager (pkg/v3 v3.248.0, backend/snapshot.go).

export type Properties = Record<string, unknown>;
export type ResourceType = "SeatAssignment" | "SeatRoster";

/** A resource in a state. */
export interface Recorded {
  readonly type: ResourceType;
  readonly name: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** Whether its last create or update was done in part: the next `pulumi up` updates it in any case. */
  readonly initErrors?: true;
  /** It was replaced and is still to be deleted. */
  pendingDelete?: true;
  /** It was deleted and is still to be created again. */
  pendingReplacement?: true;
}

/** A resource as the engine tells it from others; two of one name and different types are two. */
export const urn = ({ type, name }: { type: ResourceType; name: string }) => `${type} ${name}`;

export class Snapshot {
  private readonly made: Recorded[] = [];
  private readonly done = new Set<Recorded>();

  constructor(private base: readonly Recorded[]) {}

  /** What this command made comes first, then what it has not touched yet. */
  get resources(): Recorded[] {
    return [...this.made, ...this.base].filter((resource) => !this.done.has(resource));
  }

  /** What was there before this command under the first of some names; nothing that is only to be deleted. */
  find(type: ResourceType, ...names: (string | undefined)[]): Recorded | undefined {
    const known = this.base.filter((resource) => resource.type === type && !resource.pendingDelete);
    const found = names.map((name) => known.find((resource) => resource.name === name));
    return found.find((resource) => resource !== undefined);
  }

  /** A refresh puts what it read in place of all that there was. */
  rebase(resources: readonly Recorded[]): void {
    this.base = resources;
  }

  /** Records the end of a step. */
  record(old: Recorded | undefined, made: Recorded | undefined): void {
    if (old) this.done.add(old);
    if (made) this.made.push(made);
  }
}
