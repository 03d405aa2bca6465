// How far a run reads a product's listing to find out who holds a seat already.
import type { Connection } from "../config/connection";
import type { Bound } from "./listing";

/** The bound of the setting `adoptionPages`; `log` is told once when it is reached. */
export function adoptionBound(
  { adoptionPages, names }: Connection,
  productCode: string,
  log: (line: string) => void,
): Bound {
  const onReached = (pages: number, holders: number) => {
    const read = pages === 1 ? "the first page" : `the first ${pages} pages`;
    log(
      `Read ${read} of the ${productCode} seats, ${holders.toLocaleString("en-US")} holders, and not the rest: anybody else is assigned a seat, and may have held one already. \`${names.adoptionPages}\` sets how many pages are read.`,
    );
  };
  return { pages: adoptionPages, onReached };
}
