// Where states come from: files that `pulumi stack export` wrote, and the Pulumi CLI itself.
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { SeatsError } from "../model/errors";
import type { Seat } from "../model/seat";
import { pulumi } from "./pulumi";
import { ownedSeats } from "./state";

/** @param file `-` for stdin */
export async function seatsOfFile(file: string, productCodes: readonly string[]): Promise<Seat[]> {
  const state = await readState(file);
  return ownedSeats(state.text, state.source, productCodes);
}

/**
 * What is in a file, and what messages call it.
 *
 * @param file `-` for stdin
 * @throws SeatsError when it can't be read
 */
export async function readState(file: string): Promise<{ text: string; source: string }> {
  if (file === "-") return { text: await text(process.stdin), source: "stdin" };
  try {
    return { text: await readFile(file, "utf8"), source: file };
  } catch (error) {
    throw new SeatsError(`Could not read ${file}: ${(error as Error).message}.`);
  }
}

/** @param stack a name as `pulumi --stack` takes it, in the project of this folder where it has none of its own */
export async function seatsOfStack(
  stack: string,
  productCodes: readonly string[],
): Promise<Seat[]> {
  const state = await pulumi(`export the stack ${stack}`, "stack", "export", "--stack", stack);
  return ownedSeats(state, `the stack ${stack}`, productCodes);
}
