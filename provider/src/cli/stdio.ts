// What a command gives back: its result on stdout, all else on stderr, and an exit code for scripts and CI.
// Plain text, on a terminal too: no colours, no boxes.
import { clearLine, cursorTo } from "node:readline";
import { visible } from "../api/sanitize";

export const FAILED = 1;
export const WRONG_USAGE = 2;
/** The command did its work, and found something wrong. */
export const FOUND = 3;

export const print = (text: string): void => {
  process.stdout.write(harmless(text));
};

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
