// The seats that a stack owns, by its state as `pulumi stack export` writes it.
import { SeatsError } from "../api/errors";
import { without } from "../host/roster";

export interface OwnedSeat {
  /** The name of the org, where the program named one. */
  readonly org?: string;
  readonly productCode: string;
  readonly userId: string;
}

interface Resource {
  readonly type: string;
  readonly urn: string;
  readonly id?: string;
  /** Looked up by `SeatAssignment.get`: something else owns it. */
  readonly external?: boolean;
  /** Deleted already, and kept until its replacement is created. */
  readonly pendingReplacement?: boolean;
  readonly outputs?: Properties;
}

type Properties = Readonly<Record<string, unknown>>;

/** How Pulumi marks a secret among the properties. */
const SECRET = ["4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"] as const;

/**
 * Reads a state, with or without the `{version, deployment}` around it.
 *
 * A resource that is still to be deleted (`delete: true`) owns its seat: the next `up` takes it away. What an
 * interrupted run has begun (`pending_operations`) is not counted: until the next `up` adopts it, a seat that such a
 * run granted is owned by nobody.
 *
 * @param source where the text comes from, for messages
 * @throws SeatsError when it is no state, or hides members as secrets
 */
export function ownedSeats(text: string, source: string): OwnedSeat[] {
  return resourcesOf(text, source).flatMap((resource) => {
    if (resource.external || resource.pendingReplacement) return [];
    try {
      return seatsOf(resource);
    } catch (error) {
      throw new SeatsError(
        `Could not tell from ${source} whose seats ${resource.urn} owns: ${(error as Error).message}.`,
      );
    }
  });
}

function resourcesOf(text: string, source: string): Resource[] {
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch {
    throw new SeatsError(`${source} is not a Pulumi state: it is not JSON.`);
  }
  const deployment = isObject(state) && isObject(state.deployment) ? state.deployment : state;
  // The state of a new stack has no resources.
  const resources =
    isObject(deployment) && (deployment.resources ?? (isObject(deployment.manifest) && []));
  if (Array.isArray(resources) && resources.every(isObject))
    return resources as unknown as Resource[];
  throw new SeatsError(
    `${source} is not a Pulumi state. Expected the JSON that \`pulumi stack export\` writes.`,
  );
}

function seatsOf({ type, id, outputs = {} }: Resource): OwnedSeat[] {
  const isRoster = type === "pulumi-nodejs:dynamic/datadog:SeatRoster";
  if (!isRoster && type !== "pulumi-nodejs:dynamic/datadog:SeatAssignment") return [];
  const org = outputs.org === undefined ? {} : { org: textOf(outputs, "org") };
  // An id ends in product and user, or in product and "roster", and is never a secret.
  const [idProduct, idUser] = id?.split("/").slice(-2) ?? [];
  const productCode = textOf(outputs, "productCode", idProduct);
  if (!isRoster) return [{ ...org, productCode, userId: textOf(outputs, "userId", idUser) }];

  const all = revealed(outputs.members);
  if (!isObject(all)) throw hidden("members");
  const members = Object.keys(all).map((label) => [label, textOf(all, label)]);
  const others = outputs.others as string[] | undefined;
  const own = without(Object.fromEntries(members), others);
  return Object.values(own).map((userId) => ({ ...org, productCode, userId }));
}

function textOf(properties: Properties, name: string, fallback?: string): string {
  const value = revealed(properties[name]) ?? fallback;
  if (typeof value !== "string") throw hidden(name);
  return value;
}

/** What a secret holds, if the state was exported with it; `undefined` if it is encrypted. */
function revealed(value: unknown): unknown {
  if (!isObject(value) || value[SECRET[0]] !== SECRET[1]) return value;
  return typeof value.plaintext === "string" ? JSON.parse(value.plaintext) : undefined;
}

const hidden = (name: string) =>
  new Error(
    `\`${name}\` is a secret; write the state with \`pulumi stack export --show-secrets\`, and give that with --state`,
  );

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
