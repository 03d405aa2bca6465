// The examples are run as their README says.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const exampleReadme = (example: string): string =>
  readFileSync(join(__dirname, "..", "..", "examples", example, "README.md"), "utf8");

/** The lines of a README's shell blocks that begin with a command, as its arguments. */
export function readmeCommands(example: string, command: string): string[][] {
  const blocks = [...exampleReadme(example).matchAll(/^```sh\n(.*?)^```$/gms)];
  const lines = blocks.flatMap(([, block = ""]) => block.split("\n"));
  return lines
    .filter((line) => line.startsWith(`${command} `))
    .map((line) => line.slice(command.length).replace(/ #.*/, "").replaceAll("'", ""))
    .map((line) => line.trim().split(/\s+/));
}
