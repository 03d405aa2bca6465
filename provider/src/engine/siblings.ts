// How the provider processes of one run reach each other. Pulumi starts one for every provider of a program, and hands all
// of them the engine's address: each listens on a socket that is named by the engine's port.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdirSync, renameSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { answerOn, SiblingConnection } from "./siblingConnection";
import { makePrivateFolder, socketFolder } from "./socketFolder";

export class Siblings {
  private readonly engine: string;
  private readonly name: string;
  private readonly connections = new Map<string, Promise<SiblingConnection | undefined>>();
  private server: Server | undefined;
  /** Why this process can't be asked: then it can't tell either whether there are others. */
  problem: Error | undefined;

  /**
   * @param address `host:port` of the engine
   * @param folder of the sockets; without one there are no others
   */
  constructor(
    address: string,
    private readonly folder = socketFolder(),
  ) {
    this.engine = `${address.split(":").at(-1)}-`;
    this.name = `${this.engine}${process.pid}-${randomBytes(4).toString("hex")}`;
  }

  /** Lets the others ask this process. Resolves once they can, or when it is clear that they never will. */
  async listen(answer: (question: unknown) => Promise<object>): Promise<void> {
    if (this.folder === undefined) return;
    try {
      makePrivateFolder(this.folder);
      const path = join(this.folder, this.name);
      this.server = createServer((socket) => answerOn(socket, answer)).unref();
      this.server.listen(`${path}.new`);
      await once(this.server, "listening");
      // So nobody sees a socket that doesn't listen yet: one that refuses is always that of a process which has ended.
      renameSync(`${path}.new`, path);
      await this.removeOfEnded(this.folder);
    } catch (error) {
      this.problem = new Error(
        `there is no folder for that: ${(error as Error).message}; set TMPDIR to one that only this user can write to`,
      );
    }
  }

  /** Its run has ended: nobody is to ask it any more. */
  close(): void {
    if (!this.server || this.folder === undefined) return;
    this.server.close();
    rmSync(join(this.folder, this.name), { force: true });
  }

  /**
   * Asks every other process of the run.
   *
   * @throws Error when one of them does not answer, or when it can't be told whether there are any
   */
  async ask(question: unknown): Promise<unknown[]> {
    const { folder, problem } = this;
    if (problem) throw problem;
    if (folder === undefined) return [];
    const names = this.others(folder).filter((name) => name.startsWith(this.engine));
    const answers = await Promise.all(
      names.map(async (name) => (await this.connection(join(folder, name)))?.ask(question)),
    );
    return answers.filter((answer) => answer !== undefined);
  }

  private others(folder: string): string[] {
    return readdirSync(folder).filter(
      (name) => /^\d+-\d+-[0-9a-f]{8}$/.test(name) && name !== this.name,
    );
  }

  private connection(path: string): Promise<SiblingConnection | undefined> {
    const known = this.connections.get(path);
    if (known) return known;
    const connection = SiblingConnection.open(path, () => this.connections.delete(path));
    this.connections.set(path, connection);
    return connection;
  }

  /** The engine kills its processes, so that none removes its own socket: the next run does. */
  private async removeOfEnded(folder: string): Promise<void> {
    await Promise.all(
      this.others(folder).map(async (name) => {
        const other = await SiblingConnection.open(join(folder, name)).catch(() => undefined);
        other?.close();
      }),
    );
  }
}
