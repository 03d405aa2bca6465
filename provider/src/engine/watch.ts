// Whether the engine still wants the work of this process.
// A `pulumi` that is killed leaves its provider process behind, which would go on to assign seats that no state
// will ever hold. The process' parent doesn't tell, because the launcher keeps a shell in between. A connection to the
// engine's own gRPC server does: the operating system closes it when the engine ends, however it ends.
import { connect } from "node:http2";
import { setImmediate, setTimeout } from "node:timers/promises";

/** How long to wait for the next try when this machine's trouble, and not the engine's end, prevents a connection. */
const RECONNECT_MS = 1000;

/** Whether this is the address of an engine, `host:port`. */
export const isEngineAddress = (address: string) =>
  /:\d+$/.test(address) && URL.canParse(`http://${address}`);

export class EngineWatch {
  private wasThere = false;
  /** Resolves when the newest connection has been made, or has failed. */
  private tried: Promise<void> = Promise.resolve();

  /**
   * @param address `host:port` of the engine; without one, as in a test, it never counts as gone
   * @param onGone called once the engine has ended, with `false` when it never was there
   */
  constructor(
    private readonly address: string | undefined,
    private readonly onGone: (wasThere: boolean) => void,
  ) {
    if (address && isEngineAddress(address)) this.connect();
  }

  /** To be awaited before a write: `onGone` was called by then if the engine had ended. */
  async confirm(): Promise<void> {
    // A whole turn of the event loop reads what the operating system knows of the connection.
    await setImmediate();
    await setImmediate();
    await this.tried;
  }

  private connect(): void {
    const session = connect(`http://${this.address}`);
    // The watch alone must not keep the process running.
    session.unref();
    let wasConnected = false;
    let refused = false;
    this.tried = new Promise((resolve) => {
      session.once("connect", () => {
        wasConnected = true;
        this.wasThere = true;
        resolve();
      });
      session.on("error", ({ code }: NodeJS.ErrnoException) => {
        refused = code === "ECONNREFUSED";
      });
      session.once("close", async () => {
        // Only a refusal proves that nobody is there.
        if (refused) this.onGone(this.wasThere);
        else if (wasConnected) this.connect();
        resolve();
        if (refused || wasConnected) return;
        await setTimeout(RECONNECT_MS, undefined, { ref: false });
        this.connect();
      });
    });
  }
}
