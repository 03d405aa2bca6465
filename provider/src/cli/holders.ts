// Who holds seats, in the org that the environment points at.
import type { SeatUser } from "../api/responses";
import { SeatsApi } from "../api/seats";
import { readConnection } from "../config/connection";
import { note } from "./output";

/** Everybody who holds a seat of the product, sorted by email; who has none comes last. */
export async function listHolders(productCode: string): Promise<SeatUser[]> {
  const connection = readConnection(undefined, process.env);
  const holders = await new SeatsApi(connection, { onWait: note }).list(productCode);
  if (holders.size === 0) note(`Nobody holds a seat of ${productCode}.`);
  return [...holders.values()].sort(byEmail);
}

/** The same order everywhere, whatever the locale. */
export function byEmail(one: SeatUser, other: SeatUser): number {
  const [a, b] = [one, other].map(({ id, email }) => `${email ?? "\uffff"}\0${id}`.toLowerCase());
  return String(a) < String(b) ? -1 : 1;
}
