// A seat is named by its org, its product and its user: the identity behind a SeatAssignment and its id in the state.
// A roster is named by its org and its product.

/** A product of an org. */
export interface Product {
  /** The name of the org's connection; absent means the default one. */
  readonly org?: string | undefined;
  readonly productCode: string;
}

export interface Seat extends Product {
  readonly userId: string;
}

/** Whether a name can be part of an id and of a setting's name. */
export const isOrgName = (text: string) => /^[A-Za-z0-9._-]+$/.test(text);

/** What is in an org, in words: "on_call", and of a named org "on_call in org eu". */
export const inOrg = (what: string, org?: string) => (org ? `${what} in org ${org}` : what);

/** Neither names of orgs nor product codes hold a slash. */
const productId = ({ org, productCode }: Product) =>
  org === undefined ? productCode : `${org}/${productCode}`;

export const seatId = (seat: Seat) => `${productId(seat)}/${seat.userId}`;

/** The org and product of a value that has more properties. For the default org the key `org` is absent, not `undefined`. */
export const productOf = ({ org, productCode }: Product) => ({
  ...(org !== undefined && { org }),
  productCode,
});

/** The seat of an id such as `on_call/<uuid>` or `eu/on_call/<uuid>`; `undefined` when it is no such id. */
export function seatOfId(id: string): Seat | undefined {
  const [userId = "", productCode = "", org, ...more] = id.split("/").reverse();
  if (!isUuid(userId) || productCode === "" || more.length > 0) return undefined;
  if (org !== undefined && !isOrgName(org)) return undefined;
  return { ...productOf({ org, productCode }), userId: userId.toLowerCase() };
}

export const rosterId = (product: Product) => `${productId(product)}/roster`;

/** The product of an id such as `on_call/roster` or `eu/on_call/roster`; `undefined` when it is no such id. */
export function productOfRosterId(id: string): Product | undefined {
  const [, org, productCode] = /^(?:([^/]+)\/)?([^/]+)\/roster$/.exec(id) ?? [];
  return productCode === undefined ? undefined : productOf({ org, productCode });
}

export const isUuid = (text: string) =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);

/** What to do about a seat that `existing: "reject"` refuses. */
export const adviceOnReject = (what: string) =>
  `If this resource was renamed or moved, give it \`aliases\`; if another resource of this stack has had ${what} so far, or this stack is to own ${what} from now on, run once with \`existing: "adopt"\`.`;
