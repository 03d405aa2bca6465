// Where states come from: files that `pulumi stack export` wrote, and the Pulumi CLI itself.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { sanitize } from "../api/sanitize";
import { SeatsError } from "../model/errors";
import type { Seat } from "../model/seat";
import { ownedSeats } from "./state";

/** @param file `-` for stdin */
export async function seatsOfFile(file: string): Promise<Seat[]> {
  if (file === "-") return ownedSeats(await text(process.stdin), "stdin");
  try {
    return ownedSeats(await readFile(file, "utf8"), file);
  } catch (error) {
    if (error instanceof SeatsError) throw error;
    throw new SeatsError(`Could not read ${file}: ${(error as Error).message}.`);
  }
}

/** @param stack a name as `pulumi --stack` takes it, in the project of this folder where it has none of its own */
export async function seatsOfStack(stack: string): Promise<Seat[]> {
  const args = ["stack", "export", "--non-interactive", "--stack", stack];
  try {
    // A state of ten thousand seats is larger than what Node reads by default.
    const options = { maxBuffer: Number.POSITIVE_INFINITY };
    const { stdout } = await promisify(execFile)("pulumi", args, options);
    return ownedSeats(stdout, `the stack ${stack}`);
  } catch (error) {
    if (error instanceof SeatsError) throw error;
    const { code, message, stderr } = error as { code: unknown; message: string; stderr?: string };
    const reason =
      code === "ENOENT" ? "there is no `pulumi` on the PATH" : sanitize(stderr || message, 1000);
    throw new SeatsError(`Could not export the stack ${stack}: ${reason}`);
  }
}
