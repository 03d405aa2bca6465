// The seats that a stack owns, by its state as `pulumi stack export` writes it.
import { sanitize } from "../api/sanitize";
import { SeatsError } from "../model/errors";
import { isObject } from "../model/object";
import { without } from "../model/roster";
import { productOfRosterId, type Seat, seatOfId } from "../model/seat";
import { isSecret } from "../model/secret";
import { parseUrn } from "../model/urn";
import { FORMS, nameOfType } from "./entryPoints";
import { formatProblem, parseState, type Resource } from "./stateText";

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

/**
 * Reads a state, with or without the `{version, deployment}` around it.
 *
 * A resource that is still to be deleted (`delete: true`) owns its seat: the next `up` unassigns it. What an
 * interrupted run has begun (`pending_operations`) is not counted: until the next `up` adopts it, a seat that such a
 * run assigned is owned by nobody.
 *
 * @param productCodes whose seats are looked for: what else the state hides as a secret is of no concern
 * @param source where the text comes from, for messages
 * @throws SeatsError when it is no state, one in an unknown format, or hides members as secrets
 */
export function ownedSeats(
  text: string,
  source: string,
  productCodes: readonly string[],
): OwnedSeat[] {
  const { version, resources } = parseState(text, source);
  const problem = version === undefined ? undefined : formatProblem(version);
  if (problem) throw new SeatsError(`The format of ${source} ${problem}`);
  return resources.flatMap((resource) => {
    if (resource.external || resource.pendingReplacement) return [];
    try {
      return seatsOf(resource, productCodes);
    } catch (error) {
      throw new SeatsError(
        `Could not tell from ${source} whose seats ${resource.urn} owns: ${(error as Error).message}.`,
      );
    }
  });
}

function seatsOf(
  { type, urn, id = "", outputs = {} }: Resource,
  productCodes: readonly string[],
): OwnedSeat[] {
  const name = nameOfType(type, FORMS.dynamic) ?? nameOfType(type, FORMS.native);
  if (!name) return [];
  const owner = ownerOf(urn);
  // An id is never secret, whatever the outputs are.
  if (name === "SeatAssignment") {
    const seat = seatOfId(id);
    if (!seat) throw new Error(`its id ${JSON.stringify(id)} is not the id of a seat`);
    return productCodes.includes(seat.productCode) ? [{ ...seat, owner }] : [];
  }
  const product = productOfRosterId(id);
  if (!product) throw new Error(`its id ${JSON.stringify(id)} is not the id of a roster`);
  if (!productCodes.includes(product.productCode)) return [];
  const members = revealed("members", outputs.members);
  if (!isObject(members)) throw new Error("its outputs hold no `members`");
  const users = Object.entries(members).map(([label, user]) => {
    return [label, String(revealed(label, user)).toLowerCase()];
  });
  const others = revealed("others", outputs.others) as string[] | undefined;
  const own = without(Object.fromEntries(users), others);
  return Object.entries(own).map(([member, userId]) => {
    return { ...product, userId, owner: { ...owner, member: sanitize(member) } };
  });
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
