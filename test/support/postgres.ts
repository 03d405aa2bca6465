// A PostgreSQL server of a test's own, from the system's packages: in a temporary folder, on a socket in there.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";

/** Where Debian keeps the server's programs, by version: not on the PATH. */
const DEBIAN = "/usr/lib/postgresql";

export class Postgres {
  private constructor(
    private readonly folder: string,
    private readonly server: ChildProcess,
  ) {}

  /** The folder with the server's programs, if it is installed. */
  static findBin(): string | undefined {
    const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
    const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
    const folders = [
      ...(process.env.PATH ?? "").split(delimiter),
      ...newestFirst.map((version) => join(DEBIAN, version, "bin")),
    ];
    return folders.find((folder) =>
      ["initdb", "postgres"].every((program) => existsSync(join(folder, program))),
    );
  }

  /** @param bin the folder with the server's programs */
  static async start(bin: string): Promise<Postgres> {
    const folder = mkdtempSync(join(tmpdir(), "seats-pg-"));
    const owner = serverUser();
    if (owner) chownSync(folder, owner.uid, owner.gid);
    const data = join(folder, "data");
    const options = { cwd: folder, ...owner };
    execFileSync(
      join(bin, "initdb"),
      ["-D", data, "-U", "pulumi", "--auth=trust", "--locale=C", "--encoding=UTF8", "--no-sync"],
      { ...options, stdio: ["ignore", "ignore", "pipe"] },
    );
    const settings = ["listen_addresses=", `unix_socket_directories=${folder}`, "fsync=off"];
    const server = spawn(
      join(bin, "postgres"),
      ["-D", data, ...settings.flatMap((setting) => ["-c", setting])],
      { ...options, stdio: ["ignore", "ignore", "pipe"] },
    );
    const said: string[] = [];
    for await (const line of createInterface({ input: server.stderr })) {
      said.push(line);
      if (line.includes("ready to accept connections")) {
        server.stderr.resume();
        return new Postgres(folder, server);
      }
    }
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start:\n${said.join("\n")}`);
  }

  /** As PULUMI_BACKEND_URL takes it. */
  get url(): string {
    return `postgres://pulumi@/postgres?host=${encodeURIComponent(this.folder)}&sslmode=disable`;
  }

  async stop(): Promise<void> {
    // The server's "fast shutdown".
    const ended = once(this.server, "exit");
    if (this.server.kill("SIGINT")) await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The server refuses to run as root; everybody else runs it as themselves. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string, name: string) => Number(execFileSync("id", [flag, name]));
  for (const name of ["postgres", "nobody"]) {
    try {
      return { uid: id("-u", name), gid: id("-g", name) };
    } catch {}
  }
  throw new Error("PostgreSQL refuses to run as root, and there is no user postgres or nobody.");
}
