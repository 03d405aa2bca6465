// How far a run reads a product's listing to find out who holds a seat already.
import type { Connection } from "../config/connection";
import { inOrg, type Product } from "../model/seat";
import type { Bound } from "./listing";

/** The bound of the setting `adoptionPages`; `log` is told once when it is reached. */
export function adoptionBound(
  { adoptionPages, names }: Connection,
  { org, productCode }: Product,
  log: (line: string) => void,
): Bound {
  const onReached = (pages: number, holders: number) => {
    const read = pages === 1 ? "the first page" : `the first ${pages} pages`;
    log(
      `Read ${read} of the seats of ${inOrg(productCode, org)}, ${holders.toLocaleString("en-US")} of them, and not the rest: who is not among these is assigned a seat without it being known whether they held it before. \`${names.adoptionPages}\` sets how many pages are read.`,
    );
  };
  return { pages: adoptionPages, onReached };
}
