// The harness of the tests of a share: a simulator with 300 users, a share of its org, and stacks, anew for each test.
import { connect, type TLSSocket } from "node:tls";
import type { SeatsApiError } from "../../provider/src/api/errors";
import type { OrgConnection } from "../../provider/src/config/connection";
import { readShare, type ShareAddress } from "../../provider/src/config/share";
import type { Guard } from "../../provider/src/seats/writes";
import { TLS } from "../../provider/src/share/protocol";
import { SeatsShare } from "../../provider/src/share/seatsShare";
import { ShareClient } from "../../provider/src/share/shareClient";
import { SharedSeats } from "../../provider/src/share/sharedSeats";
import { Simulator } from "../../simulator/src";
import { connectionTo, pointingAt } from "./connection";
import { nothingWanted } from "./guard";
import { users } from "./ids";

export interface ShareHarness {
  readonly simulator: Simulator;
  readonly share: SeatsShare;
  /** What the share has logged. */
  readonly logged: string[];
  /** The share's address, for a stack with this connection. */
  address(connection?: OrgConnection): ShareAddress;
  /** The seats of a product as another stack sees them. */
  stack(productCode?: string, guard?: Guard): SharedSeats;
  /** A connection as a stack makes it, with the share's own key or with another one. */
  connect(key?: Uint8Array): TLSSocket;
  /** The users of all requests of a method. */
  sent(method: string): string[][];
}

/** @param config settings of the share */
export function shareHarness(config?: Record<string, string>): ShareHarness {
  let simulator: Simulator;
  let share: SeatsShare;
  let logged: string[];

  beforeEach(async () => {
    logged = [];
    simulator = await Simulator.start();
    for (const id of users(300)) simulator.org.addUser(id);
    for (const product of ["on_call", "incident_response"]) simulator.org.product(product);
    const log = (line: string) => logged.push(line);
    share = await SeatsShare.start({
      environment: pointingAt(simulator),
      ...(config && { config }),
      log,
    });
  });
  afterEach(async () => {
    await share.stop().catch(() => undefined);
    await simulator.stop();
  });

  function address(connection: OrgConnection = connectionTo(simulator)): ShareAddress {
    const found = readShare(share.environment, connection);
    if (!found) throw new Error("the share is not this org's");
    return found;
  }

  return {
    get simulator() {
      return simulator;
    },
    get share() {
      return share;
    },
    get logged() {
      return logged;
    },
    address,
    stack: (productCode = "on_call", guard = nothingWanted) =>
      new SharedSeats(new ShareClient(address()), { productCode }, guard, async () => {}),
    connect(key = address().key) {
      const { port, identity } = address();
      return connect({
        ...TLS,
        host: "127.0.0.1",
        port,
        pskCallback: () => ({ psk: key, identity }),
        checkServerIdentity: () => undefined,
      });
    },
    sent: (method) =>
      simulator.requests
        .filter((request) => request.method === method)
        .map(({ userIds }) => [...userIds].sort()),
  };
}

/** What each of some calls fails with. */
export async function failures(calls: readonly Promise<unknown>[]): Promise<SeatsApiError[]> {
  const ends = await Promise.allSettled(calls);
  return ends.flatMap((end) => (end.status === "rejected" ? [end.reason as SeatsApiError] : []));
}
