// What is known of a user's seat before it is assigned.
import type { Lookup } from "../seats/listing";
import type { ProductSeats } from "../seats/productSeats";

interface Wanted {
  readonly userId: string;
  /** With "reject" the seat is always known, because every page is read. */
  readonly existing?: "adopt" | "reject" | undefined;
}

export async function seatBefore(
  seats: ProductSeats,
  { userId, existing }: Wanted,
): Promise<Lookup> {
  if (existing !== "reject") return seats.lookUp(userId);
  return (await seats.find(userId)) ?? "not held";
}
