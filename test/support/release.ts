// A release as `npm run release:dry` writes it, and a server that gives Pulumi its files as GitHub would.
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { repository } from "../../scripts/plugin/manifest";
import { Script } from "./script";
import { newWorkFolder } from "./workFolder";

const root = join(__dirname, "..", "..");

/** Somebody whose repository is public. */
export const OWNER = "example-org";
const slug = repository.slug.replace(repository.owner, OWNER);

export class Release {
  private constructor(
    /** Outside of the repository: what `dist-release` held. */
    readonly folder: string,
    private readonly server: Server,
  ) {}

  /** As a maintainer makes it in a clone: with the real owner in provider/package.json, `npm run schema`, `npm run release:dry`. */
  static async make(version: string): Promise<Release> {
    const clone = newWorkFolder("clone-");
    const folder = mkdtempSync(join(tmpdir(), "seats-release-"));
    const listed = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    const files = execFileSync("git", listed, { cwd: root, encoding: "utf8" }).split("\0");
    for (const file of files.filter((name) => name !== "")) {
      mkdirSync(dirname(join(clone, file)), { recursive: true });
      cpSync(join(root, file), join(clone, file));
    }
    symlinkSync(join(root, "node_modules"), join(clone, "node_modules"));
    const manifest = join(clone, "provider", "package.json");
    const text = readFileSync(manifest, "utf8").replaceAll(repository.slug, slug);
    writeFileSync(manifest, text);
    for (const [script, ...args] of [["schema.ts"], ["release.ts", version]]) {
      const made = new Script(join("scripts", script ?? ""), args, process.env, clone);
      if ((await made.ended()) !== 0) throw new Error(made.output);
    }
    cpSync(join(clone, "dist-release"), folder, { recursive: true });
    rmSync(clone, { recursive: true });
    const server = await serve(join(folder, "files"));
    return new Release(folder, server);
  }

  /** The path of a file of the release. */
  file = (name: string) => join(this.folder, "files", name);

  /** Has the Pulumi CLI find the plugin here in place of GitHub. */
  get environment(): NodeJS.ProcessEnv {
    const { port } = this.server.address() as AddressInfo;
    const here = `^github://api.github.com/${slug}=http://127.0.0.1:${port}`;
    return { PULUMI_PLUGIN_DOWNLOAD_URL_OVERRIDES: here };
  }

  async remove(): Promise<void> {
    const closed = once(this.server.close(), "close");
    this.server.closeAllConnections();
    await closed;
    rmSync(this.folder, { recursive: true });
  }
}

/** The files of a folder, by name; the CLI wants to know how long each is. */
function serve(folder: string): Promise<Server> {
  const server = createServer(({ url = "" }, response) => {
    const file = join(folder, url);
    if (existsSync(file)) response.end(readFileSync(file));
    else response.writeHead(404).end();
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}
