// The seats that a stack owns, by its state.
import { sanitize } from "../api/sanitize";
import { nativeType, stateType } from "../model/resourceTypes";
import { without } from "../model/roster";
import { productOfRosterId, type Seat, seatOfId } from "../model/seat";
import { parseUrn } from "../model/urn";
import { isObject, isSecret } from "../model/values";
import { type Resource, resourcesOf } from "./state";

/** A resource that owns a seat. Its names are sanitized, because a state may hold any. */
export interface Owner {
  readonly project: string;
  readonly stack: string;
  /** The resource's name in its program. */
  readonly resource: string;
  /** The label of a roster's member. */
  readonly member?: string;
  readonly urn: string;
}

export interface OwnedSeat extends Seat {
  readonly owner: Owner;
}

const typesOf = (name: string): string[] => [stateType(name), nativeType(name)];
const ASSIGNMENT_TYPES = typesOf("SeatAssignment");
const ROSTER_TYPES = typesOf("SeatRoster");

/**
 * Reads a state as `pulumi stack export` writes it.
 *
 * A resource that is still to be deleted (`delete: true`) owns its seat: the next `up` unassigns it. What an
 * interrupted run has begun (`pending_operations`) is not counted: until the next `up` adopts it, a seat that such a
 * run assigned is owned by nobody.
 *
 * @param productCodes whose seats are looked for: what else the state hides as a secret is of no concern
 * @throws Error when it is no state, one in an unknown format, or hides members as secrets
 */
export function ownedSeats(text: string, productCodes: readonly string[]): OwnedSeat[] {
  return resourcesOf(text).flatMap((resource) => {
    if (resource.external || resource.pendingReplacement) return [];
    try {
      return seatsOf(resource, productCodes);
    } catch (error) {
      throw new Error(`which seats ${resource.urn} owns is unknown: ${(error as Error).message}.`);
    }
  });
}

function seatsOf(
  { type, urn, id = "", outputs = {} }: Resource,
  productCodes: readonly string[],
): OwnedSeat[] {
  // An id is never secret, whatever the outputs are. No release has written ids in another form.
  const seat = ASSIGNMENT_TYPES.includes(type) ? seatOfId(id) : undefined;
  const product = seat ?? (ROSTER_TYPES.includes(type) ? productOfRosterId(id) : undefined);
  if (!product || !productCodes.includes(product.productCode)) return [];
  const owner = ownerOf(urn);
  if (seat) return [{ ...seat, owner }];
  return Object.entries(ownMembers(outputs)).map(([member, userId]) => {
    return { ...product, userId, owner: { ...owner, member: sanitize(member) } };
  });
}

/** The members of a roster without the others that a refresh has shown. */
function ownMembers(outputs: Readonly<Record<string, unknown>>) {
  const members = revealed("members", outputs.members);
  if (!isObject(members)) throw new Error("its outputs hold no `members`");
  const users = Object.entries(members).map(([label, user]) => {
    return [label, String(revealed(label, user)).toLowerCase()];
  });
  const others = revealed("others", outputs.others) as string[] | undefined;
  return without(Object.fromEntries(users), others);
}

function ownerOf(urn: string): Owner {
  const parsed = parseUrn(urn);
  if (!parsed?.name) throw new Error("its URN is not one of Pulumi's");
  return {
    project: sanitize(parsed.project),
    stack: sanitize(parsed.stack),
    resource: sanitize(parsed.name),
    urn: sanitize(urn, Number.POSITIVE_INFINITY),
  };
}

/** A value as it is, or the content of a secret, if the state was exported with it. */
function revealed(name: string, value: unknown): unknown {
  if (!isSecret(value)) return value;
  if (typeof value.plaintext === "string") return JSON.parse(value.plaintext);
  throw new Error(
    `\`${name}\` is a secret; write the state with \`pulumi stack export --show-secrets\`, and give that with --state`,
  );
}
