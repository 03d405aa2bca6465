// The providers of the engines that attach to this process, as `PULUMI_DEBUG_PROVIDERS` tells them to. A connection is a
// provider of one run: an engine makes one for each, and tells its own address on it before anything else.
import { isEngineAddress } from "../engine/watch";
import { SeatsError } from "../model/errors";
import { RunShares } from "../share/runShares";
import { shareOfEnvironment } from "../share/shareClient";
import { engineRun } from "./engineRun";
import { Provider, type Providers } from "./service";

interface Attached {
  readonly address: string;
  readonly provider: Provider;
  /** Sends nothing more of its run. */
  end(): void;
}

export class AttachedProviders implements Providers {
  private readonly shares = new RunShares();
  private readonly attached = new Map<string, Attached>();

  /** @param report called with the address of an engine that could never be reached */
  constructor(private readonly report: (address: string) => void) {}

  of(connection: string): Provider {
    const attached = this.attached.get(connection);
    if (attached) return attached.provider;
    throw new SeatsError(
      "This connection to the plugin datadog-seats belongs to no run: its engine has not attached, can't be reached from the plugin, or has asked nothing for half an hour. Run the command again, on the machine of the plugin.",
    );
  }

  attach(connection: string, address: string): void {
    const before = this.attached.get(connection);
    if (before?.address === address) return;
    // The operating system gives the port of a connection that is gone to another one.
    before?.end();
    if (isEngineAddress(address)) this.attached.set(connection, this.begin(connection, address));
  }

  /** The engine closes the connection when the run has ended: what a later one declares may differ. */
  detach(connection: string): void {
    this.attached.get(connection)?.end();
  }

  private begin(connection: string, address: string): Attached {
    const { run, confirm, end } = engineRun(address, {
      onGone: (wasThere) => {
        if (!wasThere) this.report(address);
        attached.end();
      },
      share: (org) => shareOfEnvironment(org) ?? this.shares.join(org, member),
    });
    const member = {
      get isOver() {
        return run.isCancelled;
      },
      async hasEnded() {
        await confirm();
        return run.isCancelled;
      },
      log: (line: string) => void run.log(line),
    };
    const attached = {
      address,
      provider: new Provider(run),
      end: () => {
        end();
        if (this.attached.get(connection) === attached) this.attached.delete(connection);
      },
    };
    return attached;
  }
}
