// The seats that a stack owns, by its state as `pulumi stack export` writes it.
import { SeatsError } from "../model/errors";
import { isObject } from "../model/object";
import { without } from "../model/roster";
import { productOfRosterId, type Seat, seatOfId } from "../model/seat";
import { FORMS, nameOfType } from "./entryPoints";
import { parseState, type Resource } from "./stateText";

/** How Pulumi marks a secret among the properties. */
const SECRET = ["4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"] as const;

/**
 * Reads a state, with or without the `{version, deployment}` around it.
 *
 * A resource that is still to be deleted (`delete: true`) owns its seat: the next `up` unassigns it. What an
 * interrupted run has begun (`pending_operations`) is not counted: until the next `up` adopts it, a seat that such a
 * run assigned is owned by nobody.
 *
 * @param productCodes whose seats are looked for: what else the state hides as a secret is of no concern
 * @param source where the text comes from, for messages
 * @throws SeatsError when it is no state, or hides members as secrets
 */
export function ownedSeats(text: string, source: string, productCodes: readonly string[]): Seat[] {
  return parseState(text, source).resources.flatMap((resource) => {
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
  { type, id = "", outputs = {} }: Resource,
  productCodes: readonly string[],
): Seat[] {
  const name = nameOfType(type, FORMS.dynamic) ?? nameOfType(type, FORMS.native);
  // An id is never secret, whatever the outputs are.
  if (name === "SeatAssignment") {
    const seat = seatOfId(id);
    if (!seat) throw new Error(`its id ${JSON.stringify(id)} is not the id of a seat`);
    return productCodes.includes(seat.productCode) ? [seat] : [];
  }
  if (name !== "SeatRoster") return [];
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
  return Object.values(own).map((userId) => ({ ...product, userId }));
}

/** A value as it is, or the content of a secret, if the state was exported with it. */
function revealed(name: string, value: unknown): unknown {
  if (!isObject(value) || value[SECRET[0]] !== SECRET[1]) return value;
  if (typeof value.plaintext === "string") return JSON.parse(value.plaintext);
  throw new Error(
    `\`${name}\` is a secret; write the state with \`pulumi stack export --show-secrets\`, and give that with --state`,
  );
}
