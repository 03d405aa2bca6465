// Whether the engine still wants the work of this process.
// A `pulumi` that is killed leaves its dynamic-provider process behind, which would go on to assign seats that no state
// will ever hold. The process' parent doesn't tell, for the launcher keeps a shell in between.
import { connect } from "node:net";

/**
 * Whether anything still listens at the engine's address.
 *
 * @param address `host:port`; by default the first argument of this process, which is where the launcher puts it
 */
export function engineListens(address = process.argv[2]): Promise<boolean> {
  const [, host, port] = /^\[?(.+?)\]?:(\d+)$/.exec(address ?? "") ?? [];
  if (!host || !port) return Promise.resolve(true);
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), timeout: 2000 });
    const answer = (listens: boolean) => {
      socket.destroy();
      resolve(listens);
    };
    socket.once("connect", () => answer(true));
    // Only a refusal proves that nobody is there: all else may be this machine's trouble.
    socket.once("error", ({ code }: NodeJS.ErrnoException) => answer(code !== "ECONNREFUSED"));
    socket.once("timeout", () => answer(true));
  });
}

/** Ends this process when the engine is gone: nobody would record what it does from now on. */
export async function endWithoutEngine(): Promise<void> {
  if (!(await engineListens())) process.exit(1);
}

/** Ends this process within seconds of the engine's end, whatever it may be waiting for. */
export function watchEngine(): void {
  setInterval(endWithoutEngine, 2000).unref();
}
