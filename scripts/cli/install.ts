// Where the Pulumi CLI comes from: the PATH, an earlier install of ours, Pulumi's own download, or Go modules.
import { execFile } from "node:child_process";
import { constants, existsSync } from "node:fs";
import {
  access,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import * as semver from "semver";
import { buildFromGoModules } from "./goModules";

const run = promisify(execFile);

/** The release that the tests and the quickstart are written for: the last one for Node 20. */
export const CLI_VERSION = "3.248.0";

const LANGUAGE_HOST = "pulumi-language-nodejs";
const PARTS = ["pulumi", LANGUAGE_HOST, "pulumi-resource-pulumi-nodejs"];
const MANIFEST = "installed.json";
/** Longer than any install takes: what is older was left behind by one that was killed. */
const STALE_MS = 2 * 3_600_000;

export interface InstallOptions {
  /** Told of steps that take longer than a few seconds. */
  say?: (line: string) => void;
  /** Where installs are kept, by version, for all checkouts of a user. */
  cache?: string;
  /** Puts `bin/pulumi` and its Node language host into a folder; `work` is for what can go afterwards. */
  install?: (release: string, work: string, say: (line: string) => void) => Promise<void>;
}

/**
 * The folder that holds a working `pulumi` and its Node language host, installed there first if need be.
 * Safe to call from several processes at once: an install is made beside and moved into place whole.
 */
export async function pulumiBin(options: InstallOptions = {}): Promise<string> {
  const { say = console.log, cache = userCache(), install = downloadOrBuild } = options;
  const target = join(cache, `pulumi-${CLI_VERSION}`);
  if (await isSound(target)) return join(target, "bin");

  await mkdir(cache, { recursive: true });
  await removeStale(cache);
  const staging = await mkdtemp(join(cache, "installing-"));
  try {
    const release = join(staging, "release");
    await install(release, join(staging, "work"), say);
    await writeManifest(release);
    if (!(await isSound(release))) throw new Error("The installed Pulumi CLI doesn't run.");
    await moveIntoPlace(staging, target);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return join(target, "bin");
}

/** As `pulumiBin`, but content with a CLI that the user has on the PATH when its version serves. */
export async function anyPulumiBin(options: InstallOptions = {}): Promise<string> {
  return (await findOnPath()) ?? (await pulumiBin(options));
}

function userCache(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-datadog-seats");
}

async function downloadOrBuild(release: string, work: string, say: (line: string) => void) {
  try {
    say(`Getting the Pulumi CLI ${CLI_VERSION}, once …`);
    await PulumiCommand.install({ root: release, version: new semver.SemVer(CLI_VERSION) });
  } catch {
    await rm(release, { recursive: true, force: true });
    say("Pulumi's download can't be reached: building the CLI from Go modules (some minutes) …");
    await buildFromGoModules(join(release, "bin"), CLI_VERSION, work);
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

/** Another process may have been faster: what it left serves as well, unless it is broken. */
async function moveIntoPlace(staging: string, target: string): Promise<void> {
  if (await isSound(target)) return;
  if (existsSync(target)) await rename(target, join(staging, "broken"));
  try {
    await rename(join(staging, "release"), target);
  } catch (error) {
    if (!(await isSound(target))) throw error;
  }
}

async function writeManifest(release: string): Promise<void> {
  const sizes: Record<string, number> = {};
  for (const name of PARTS) {
    sizes[name] = (await stat(join(release, "bin", name))).size;
  }
  await writeFile(join(release, MANIFEST), JSON.stringify(sizes));
}

/** Whether an install of ours is whole: the files have the sizes they were installed with, and the CLI runs. */
async function isSound(release: string): Promise<boolean> {
  try {
    const sizes = JSON.parse(await readFile(join(release, MANIFEST), "utf8")) as object;
    for (const [name, size] of Object.entries(sizes)) {
      await access(join(release, "bin", name), constants.X_OK);
      if ((await stat(join(release, "bin", name))).size !== size) return false;
    }
    return (await versionOf(join(release, "bin", "pulumi")))?.version === CLI_VERSION;
  } catch {
    return false;
  }
}

async function versionOf(command: string): Promise<semver.SemVer | null> {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const { stdout } = await run(command, ["version"], { env });
  return semver.parse(stdout.trim());
}

async function findOnPath(): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    if (!existsSync(join(folder, "pulumi")) || !existsSync(join(folder, LANGUAGE_HOST))) continue;
    const version = await versionOf(join(folder, "pulumi")).catch(() => null);
    if (version && semver.satisfies(version, `^${CLI_VERSION}`)) return folder;
  }
  return undefined;
}
