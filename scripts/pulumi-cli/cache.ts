// What takes minutes to get is kept in the user's cache, for all checkouts. Several processes may get it at once: each
// does in a folder of its own, and moves the result into place.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** Longer than any install takes: an older folder was left behind by an install that was killed. */
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

async function removeStale(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    if (!name.startsWith("installing-")) continue;
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > STALE_MS) await rm(path, { recursive: true, force: true });
  }
}

/**
 * The folder that `build` has filled; it is built once, and again when one of its sources changes.
 *
 * @param build fills `folder`; `work` is removed afterwards
 */
export async function builtOnce(
  cache: string,
  name: string,
  sources: readonly string[],
  build: (folder: string, work: string) => Promise<void>,
): Promise<string> {
  const hash = createHash("sha256");
  for (const file of sources) hash.update(await readFile(file));
  const target = join(cache, `${name}-${hash.digest("hex").slice(0, 12)}`);
  if (existsSync(target)) return target;
  await inStaging(cache, async (staging) => {
    const folder = join(staging, name);
    await mkdir(folder);
    await build(folder, join(staging, "work"));
    await rename(folder, target).catch((error: unknown) => {
      // Another process has built the same meanwhile.
      if (!existsSync(target)) throw error;
    });
  });
  return target;
}
