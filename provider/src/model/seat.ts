// A seat is named by its product and its user: the identity behind a SeatAssignment and its id in the state. A roster is
// named by its product.

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
  const [productCode = "", userId = "", ...more] = id.split("/");
  if (!isUuid(userId) || productCode === "" || more.length > 0) return undefined;
  return { productCode, userId: userId.toLowerCase() };
}

export const rosterId = ({ productCode }: Product) => `${productCode}/roster`;

/** The product of an id such as `on_call/roster`; `undefined` when it is no such id. */
export function productOfRosterId(id: string): Product | undefined {
  const [, productCode] = /^([^/]+)\/roster$/.exec(id) ?? [];
  return productCode === undefined ? undefined : { productCode };
}

export const isUuid = (text: string) =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);

/** What to do about a seat that `existing: "reject"` refuses. */
export const adviceOnReject = (what: string) =>
  `If this resource was renamed or moved, give it \`aliases\`; if another resource of this stack has had ${what} so far, or this stack is to own ${what} from now on, run once with \`existing: "adopt"\`.`;
