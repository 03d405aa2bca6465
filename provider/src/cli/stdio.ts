// What a command gives back: its result on stdout, all else on stderr, and an exit code for scripts and CI.
// Plain text, on a terminal too: no colours, no boxes.
import { clearLine, cursorTo } from "node:readline";

export const FAILED = 1;
export const WRONG_USAGE = 2;
/** The command did its work, and found something wrong. */
export const FOUND = 3;

export function print(text: string): void {
  process.stdout.write(text);
}

/** Prints a line that is no part of the result. */
export function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Puts a text in place of the last one on the terminal, if stderr is one. An empty text leaves nothing there. */
export function showProgress(text: string, terminal = process.stderr): void {
  if (!terminal.isTTY) return;
  cursorTo(terminal, 0);
  clearLine(terminal, 1);
  terminal.write(text);
}
