// A connection to another provider process: lines of JSON, for every question one that it has come, and one with the answer.
// Processes of different versions of this package talk to each other: what the lines hold may grow, but not change.
import { rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";

/** How long a process may be busy before it says that a question has come. What the answer needs takes its time. */
const MAX_SILENCE_MS = 30_000;

/** What a line to the other process holds. */
interface Request {
  readonly id: number;
  readonly question: unknown;
}

/** What a line of the other process holds: that the question has come, or the answer, or why there is none. */
interface Response {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: string;
}

interface Pending {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly silence: NodeJS.Timeout;
}

export class SiblingConnection {
  private lastId = 0;
  private readonly pending = new Map<number, Pending>();

  private constructor(private readonly socket: Socket) {
    onLine<Response>(socket, (response) => this.receive(response));
    socket.on("close", () => {
      for (const id of this.pending.keys())
        this.take(id)?.reject(new Error("the process of one ended meanwhile"));
    });
  }

  /**
   * Connects to the process that listens there.
   *
   * @param onClose called when the connection has ended, or when there is none
   * @returns nothing where the process has ended: its socket is removed
   */
  static open(path: string, onClose = () => {}): Promise<SiblingConnection | undefined> {
    return new Promise((resolve, reject) => {
      const socket = connect(path).unref().once("close", onClose);
      socket.once("connect", () => resolve(new SiblingConnection(socket)));
      socket.once("error", (error: NodeJS.ErrnoException) => {
        const { code = "" } = error;
        if (!["ECONNREFUSED", "ENOENT"].includes(code)) return reject(error);
        rmSync(path, { force: true });
        resolve(undefined);
      });
    });
  }

  /** @throws Error when the process does not respond, ends, or fails */
  ask(question: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.lastId += 1;
      const id = this.lastId;
      const silence = setTimeout(
        () => this.take(id)?.reject(new Error("the process of one does not respond")),
        MAX_SILENCE_MS,
      );
      this.pending.set(id, { resolve, reject, silence });
      send(this.socket, { id, question });
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private receive({ id, answer, error }: Response): void {
    if (error !== undefined)
      this.take(id)?.reject(new Error(`the process of one failed: ${error}`));
    else if (answer !== undefined) this.take(id)?.resolve(answer);
    else clearTimeout(this.pending.get(id)?.silence);
  }

  private take(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    clearTimeout(pending?.silence);
    this.pending.delete(id);
    return pending;
  }
}

/** The other end of a connection. */
export function answerOn(socket: Socket, answer: (question: unknown) => Promise<object>): void {
  socket.unref();
  onLine<Request>(socket, async ({ id, question }) => {
    send(socket, { id });
    try {
      send(socket, { id, answer: await answer(question) });
    } catch (error) {
      send(socket, { id, error: (error as Error).message });
    }
  });
}

function send(socket: Socket, message: Request | Response): void {
  if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`);
}

function onLine<Message>(socket: Socket, receive: (message: Message) => void): void {
  // What became of a connection, its end tells.
  const lines = createInterface({ input: socket }).on("error", () => {});
  socket.on("error", () => {});
  lines.on("line", (line) => receive(JSON.parse(line) as Message));
}
