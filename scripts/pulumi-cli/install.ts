// Gets the Pulumi CLI: from the PATH, an earlier install of ours, Pulumi's own download, or Go modules.
import { execFile } from "node:child_process";
import { constants, existsSync } from "node:fs";
import { access, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import * as semver from "semver";
import { inStaging, removeStale, userCache } from "./cache";
import { buildFromGoModules } from "./goModules";

const run = promisify(execFile);

/** The release that the tests and the quickstart are written for: the last one for Node 20. */
export const CLI_VERSION = "3.248.0";

const LANGUAGE_HOST = "pulumi-language-nodejs";
const PARTS = ["pulumi", LANGUAGE_HOST, "pulumi-resource-pulumi-nodejs"];
const MANIFEST = "installed.json";

export interface InstallOptions {
  /** Called before a step that takes longer than a few seconds. */
  log?: (line: string) => void;
  /** Where installs are kept, by version, for all checkouts of a user. */
  cache?: string;
  /** Puts `bin/pulumi` and its Node language host into `release`. */
  install?: (release: string, cache: string, log: (line: string) => void) => Promise<void>;
}

/** The folder that holds a working `pulumi` and its Node language host; installs them first when they are missing. */
export async function pulumiBin(options: InstallOptions = {}): Promise<string> {
  const { log = console.log, cache = userCache(), install = downloadOrBuild } = options;
  const target = join(cache, `pulumi-${CLI_VERSION}`);
  if (await isSound(target)) {
    await removeStale(cache);
    return join(target, "bin");
  }
  await inStaging(cache, async (staging) => {
    const release = join(staging, "release");
    await install(release, cache, log);
    await writeManifest(release);
    if (!(await isSound(release))) throw new Error("The installed Pulumi CLI doesn't run.");
    await moveIntoPlace(staging, target);
  });
  return join(target, "bin");
}

/** As `pulumiBin`, but prefers a CLI on the PATH whose version fits. */
export async function anyPulumiBin(options: InstallOptions = {}): Promise<string> {
  return (await findOnPath()) ?? (await pulumiBin(options));
}

async function downloadOrBuild(release: string, cache: string, log: (line: string) => void) {
  try {
    log(`Getting the Pulumi CLI ${CLI_VERSION}, once …`);
    await PulumiCommand.install({ root: release, version: new semver.SemVer(CLI_VERSION) });
  } catch {
    await rm(release, { recursive: true, force: true });
    log("Pulumi's download can't be reached: building the CLI from Go modules (some minutes) …");
    await buildFromGoModules(join(release, "bin"), CLI_VERSION, cache);
  }
}

/** Another process may have installed the same release meanwhile: it is used, unless it is broken. */
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
