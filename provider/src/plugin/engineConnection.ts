// Whoever else on this machine finds the plugin's port could have the keys of the environment sent to a URL of theirs. So
// the plugin serves the engine's connection alone.
import { readFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";

/**
 * A server that serves one connection at a time, of this process' own user, and closes every other one unread.
 *
 * The first is the engine's, which connects as soon as it has read the port. It drops a connection on which it has called
 * nothing for half an hour, and makes a new one for its next call.
 */
export function serveEngine(serve: (connection: Socket) => void): Server {
  let engine: Socket | undefined;
  return createServer((connection) => {
    if ((engine && !engine.closed) || !isOfUser(connection, process.geteuid?.())) {
      connection.destroy();
      return;
    }
    engine = connection;
    serve(connection);
  });
}

const ESTABLISHED = "01";
const LISTENING = "0A";

/**
 * Whether a connection from this machine was made by a user. Only Linux tells; elsewhere everybody counts as that user.
 * Source: https://docs.kernel.org/networking/proc_net_tcp.html
 */
export function isOfUser(connection: Socket, uid: number | undefined): boolean {
  const address = (port = 0) => `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const [server, client] = [address(connection.localPort), address(connection.remotePort)];
  const rows = tcpTable().map((line) => line.trim().split(/\s+/));
  // A table without the server's own port, as in some sandboxes, tells nothing.
  if (!rows.some(([, local, , state]) => local === server && state === LISTENING)) return true;
  // Once its client has closed it, a connection has no user any more.
  const row = rows.find(
    ([, local, remote, state]) => local === client && remote === server && state === ESTABLISHED,
  );
  return row !== undefined && Number(row[7]) === uid;
}

function tcpTable(): string[] {
  try {
    return readFileSync("/proc/net/tcp", "utf8").split("\n");
  } catch {
    return [];
  }
}
