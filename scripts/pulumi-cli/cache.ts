// What takes minutes to get is kept in the user's cache, for all checkouts. Several processes may get it at once: each
// does in a folder of its own, and moves the result into place.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** Longer than any install takes: what is older was left behind, by an install that was killed or by the last one. */
const STALE_MS = 2 * 3_600_000;

export function userCache(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-datadog-seats");
}

/** Calls `install` with a new folder of the cache, which is removed afterwards. */
export async function inStaging(
  cache: string,
  install: (staging: string) => Promise<void>,
): Promise<void> {
  await mkdir(cache, { recursive: true });
  await removeStale(cache);
  const staging = await mkdtemp(join(cache, "installing-"));
  try {
    await install(staging);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/**
 * Where all builds keep what Go downloads and compiles, which several may do at once. It is gigabytes, so it is removed when
 * no build has used it for a while.
 */
export async function goFolder(cache: string): Promise<string> {
  const folder = join(cache, "installing-go");
  const now = new Date();
  await utimes(folder, now, now).catch(() => {}); // Go creates it.
  return folder;
}

/** Removes what no install uses any more. */
export async function removeStale(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    if (!name.startsWith("installing-")) continue;
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs <= STALE_MS) continue;
    // Out of the way at once: to remove it takes a while, in which another process may begin to build.
    const removed = join(cache, `installing-${process.pid}-${name}`);
    await rename(path, removed).catch(() => {});
    await rm(removed, { recursive: true, force: true });
  }
}

/**
 * The folder that `build` has filled; it is built once, and again when one of its sources changes.
 *
 * @param build fills `folder`
 */
export async function builtOnce(
  cache: string,
  name: string,
  sources: readonly string[],
  build: (folder: string) => Promise<void>,
): Promise<string> {
  const hash = createHash("sha256");
  for (const file of sources) hash.update(await readFile(file));
  const target = join(cache, `${name}-${hash.digest("hex").slice(0, 12)}`);
  if (existsSync(target)) {
    await removeStale(cache);
    return target;
  }
  await inStaging(cache, async (staging) => {
    const folder = join(staging, name);
    await mkdir(folder);
    await build(folder);
    await rename(folder, target).catch((error: unknown) => {
      // Another process has built the same meanwhile.
      if (!existsSync(target)) throw error;
    });
  });
  return target;
}
