// What a command gives back: its result on stdout, all else on stderr, and an exit code for scripts and CI.
// Plain text: no boxes, and a colour only where a terminal shows what is wrong.
import { clearLine, cursorTo } from "node:readline";
import type { WriteStream } from "node:tty";
import { visible } from "../api/sanitize";

export const FAILED = 1;
export const WRONG_USAGE = 2;
/** The command did its work, and found something wrong. */
export const FOUND = 3;

/** @param highlight adds colours, where stdout is a terminal that shows them */
export function print(text: string, highlight?: (text: string) => string): void {
  const plain = harmless(text);
  process.stdout.write(highlight && hasColours(process.stdout) ? highlight(plain) : plain);
}

/** As Node says, which respects NO_COLOR; a pipe and a file have none, whatever FORCE_COLOR says. */
export const hasColours = (stream: Partial<WriteStream>): boolean =>
  stream.isTTY === true && stream.hasColors?.() === true;

/** How wide stdout is, if it is a terminal that says so. */
export const terminalWidth = (stream: Partial<WriteStream> = process.stdout): number | undefined =>
  (stream.isTTY && stream.columns) || undefined;

/** Prints what is no part of the result. */
export const printAside = (text: string): void => {
  process.stderr.write(harmless(text));
};

/** Prints a line that is no part of the result. */
export const log = (line: string): void => printAside(`${line}\n`);

/**
 * A text that acts on nothing that shows it. States, file names and Datadog's responses may hold anything, and all of it
 * comes through here: ESC for a terminal, and commands for the runners of GitHub, Azure and TeamCity, which begin a line
 * with `::` or hold `##[` or `##word[`.
 */
const harmless = (text: string): string =>
  visible(text)
    .replace(/^( *):(?=:)/gm, "$1\\u003a")
    .replace(/#(?=#\w*\[)/g, "\\u0023");

/** Puts a text in place of the last one on the terminal, if stderr is one. An empty text leaves nothing there. */
export function showProgress(text: string, terminal = process.stderr): void {
  if (!terminal.isTTY) return;
  cursorTo(terminal, 0);
  clearLine(terminal, 1);
  terminal.write(text);
}
