// A seat is named by its product and its user: the identity behind a SeatAssignment and its id in the state. A roster is
// named by its product.
import { nearest } from "./suggest";

export interface Product {
  readonly productCode: string;
}

export interface Seat extends Product {
  readonly userId: string;
}

/** "an on_call seat" */
export const aSeat = (productCode: string) =>
  `${/^[aeio]/.test(productCode) ? "an" : "a"} ${productCode} seat`;

/** A product code holds no slash. */
export const seatId = ({ productCode, userId }: Seat) => `${productCode}/${userId}`;

/** The seat of an id such as `on_call/<uuid>`; `undefined` when it is no such id. */
export function seatOfId(id: string): Seat | undefined {
  const [productCode = "", user, ...more] = id.split("/");
  const userId = normalizeUserId(user);
  if (userId === undefined || productCode === "" || more.length > 0) return undefined;
  return { productCode, userId };
}

export const rosterId = ({ productCode }: Product) => `${productCode}/roster`;

/** The product of an id such as `on_call/roster`; `undefined` when it is no such id. */
export function productOfRosterId(id: string): Product | undefined {
  const [, productCode] = /^([^/]+)\/roster$/.exec(id) ?? [];
  return productCode === undefined ? undefined : { productCode };
}

export const isUuid = (text: string) =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);

/** A user's UUID without blanks around it, in lower case; `undefined` for anything else. */
export function normalizeUserId(value: unknown): string | undefined {
  const text = typeof value === "string" ? value.trim() : "";
  return isUuid(text) ? text.toLowerCase() : undefined;
}

/** `incident_response` is the code in Datadog's own sources; the others are likely. */
const KNOWN_CODES = ["incident_response", "on_call", "incident_management"];

const EXPECTED_CODE = 'expected a product code such as "incident_response" or "on_call"';

/** What to warn of where a code looks like a typo of one that is known; Datadog may know it all the same. */
export function productCodeWarning(code: string): string | undefined {
  const [meant = code] = KNOWN_CODES.includes(code) ? [] : nearest(code, KNOWN_CODES);
  if (meant === code) return undefined;
  return `The product code "${code}" is not among those that are known: did you mean "${meant}"?`;
}

/** Why a value can't be a product code: only Datadog knows which products there are. Blanks around it don't count. */
export function productCodeProblem(value: unknown): string | undefined {
  const code = typeof value === "string" ? value.trim() : "";
  if (code === "" || code.includes("/")) return EXPECTED_CODE;
  if (!/[\s\p{Lu}]/u.test(code)) return undefined;
  const likely = code.toLowerCase().replace(/\s+/g, "_");
  return `${EXPECTED_CODE}, in lower case and without blanks (did you mean "${likely}"?)`;
}
