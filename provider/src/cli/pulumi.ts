// The Pulumi CLI, as far as the commands ask it.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { sanitize } from "../api/sanitize";
import { SeatsError } from "../model/errors";

/**
 * What `pulumi` prints.
 *
 * @param what is done, such as "export the stack dev"
 * @throws SeatsError with what `pulumi` says about its failure
 */
export async function pulumi(what: string, ...args: string[]): Promise<string> {
  try {
    // A state of ten thousand seats is larger than what Node reads by default.
    const options = { maxBuffer: Number.POSITIVE_INFINITY };
    const { stdout } = await promisify(execFile)("pulumi", [...args, "--non-interactive"], options);
    return stdout;
  } catch (error) {
    const { code, message, stderr } = error as { code: unknown; message: string; stderr?: string };
    // The command itself prints this word before the message.
    const said = sanitize((stderr || message).replace(/^error: /gm, ""), 1000);
    const reason = code === "ENOENT" ? "there is no `pulumi` on the PATH" : said;
    throw new SeatsError(`Could not ${what}: ${reason}`);
  }
}
