// The folder in which the provider processes of one user find each other's sockets.
import { lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What macOS takes as the path of a socket; Linux takes 107. */
const MAX_PATH_BYTES = 103;

/** A name is at most `/65535-4194304-0123abcd.new` long. */
const MAX_NAME_BYTES = 27;

/**
 * The folder for temporary files or, where the path of a socket would be too long there, `/tmp`.
 *
 * @returns nothing on Windows, which has no such sockets
 */
export function socketFolder(temporary = tmpdir()): string | undefined {
  if (!process.getuid) return undefined;
  const name = `datadog-seats-${process.getuid()}`;
  const folder = join(temporary, name);
  const isShort = Buffer.byteLength(folder) + MAX_NAME_BYTES <= MAX_PATH_BYTES;
  return isShort ? folder : join("/tmp", name);
}

/**
 * Makes the folder, if it isn't there.
 *
 * @throws Error when others than this user can read or write it
 */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  const isPrivate = found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
  if (!found.isDirectory() || !isPrivate) {
    throw new Error(`${folder} is not a folder that this user alone can read and write`);
  }
}
