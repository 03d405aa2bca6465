// A seat is named by its product and its user: the identity behind a SeatAssignment and its id in the state.
export interface Seat {
  readonly productCode: string;
  readonly userId: string;
}

export const seatId = ({ productCode, userId }: Seat) => `${productCode}/${userId}`;

/** The seat of an id such as `on_call/00000000-0000-0000-0000-000000000000`; `undefined` when it is no such id. */
export function seatOfId(id: string): Seat | undefined {
  const slash = id.lastIndexOf("/");
  const productCode = id.slice(0, slash);
  const userId = id.slice(slash + 1).toLowerCase();
  return slash > 0 && isUuid(userId) ? { productCode, userId } : undefined;
}

export const isUuid = (text: string) =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);

/** What to do about a seat that `existing: "reject"` refuses. */
export const waysOut = (what: string) =>
  `If this resource was renamed or moved, give it \`aliases\`; if this stack is to own ${what} from now on, run once with \`existing: "adopt"\`.`;
