// The requests of one run: in the place of the class SeatsApi, with its methods and errors, and with what goes wrong.
import { type Outcome, SeatsApiError } from "../../provider/src/api/errors";
import type { Page } from "../../provider/src/api/responses";
import { type SeatsApi, type SeatsVerb, seatsCall } from "../../provider/src/api/seats";
import type { Connection } from "../../provider/src/config/connection";
import { type Datadog, Refusal } from "./datadog";
import { seatNamed } from "./world";

/**
 * What goes wrong with the n-th request of a run.
 * - `lost`: it doesn't arrive, and there is no response.
 * - `unanswered`: it takes effect, and there is no response.
 * - `repeated`: it takes effect without a response, is sent again, and has a response then.
 * - `refused`, `limited`, `forbidden`: the response is 422, 429 or 403.
 */
export interface Fault {
  readonly request: number;
  readonly kind: "lost" | "unanswered" | "repeated" | "refused" | "limited" | "forbidden";
}

/** The engine is killed when the n-th request of a run arrives, before or after it takes effect. */
export interface Kill {
  readonly request: number;
  readonly effect: boolean;
}

export interface Trouble {
  readonly faults?: readonly Fault[];
  readonly kill?: Kill | undefined;
}

export interface Request {
  readonly verb: SeatsVerb;
  readonly productCode: string;
  /** The seats that a write names. */
  readonly seats: readonly string[];
  /** Those of them of which the provider knew, when it sent the request, that the program declares them. */
  readonly declared: readonly string[];
  /** What the provider learns of it. */
  readonly result: "done" | "killed" | Outcome;
}

export interface TrafficHooks {
  /** Awaited before a request arrives, and before its response does. */
  readonly travel: () => Promise<void>;
  /** Whether the provider knows by now that the program declares a seat. */
  readonly isDeclared: (seat: string) => boolean;
  /** Called when a request has arrived and has had its effect. */
  readonly onRequest: (request: Request) => void;
}

/** What the provider uses of SeatsApi. */
type Api = Pick<SeatsApi, "limited" | "pages" | "assign" | "unassign">;

const never = new Promise<never>(() => {});

export class Traffic {
  isKilled = false;
  private count = 0;
  private kill = () => {};
  /** Resolves when the engine is killed. */
  readonly killed = new Promise<void>((resolve) => {
    this.kill = resolve;
  });

  constructor(
    private readonly datadog: Datadog,
    private readonly trouble: Trouble,
    private readonly hooks: TrafficHooks,
  ) {}

  /** What is reached by a connection. */
  connect({ pageSize = 100 }: Connection): Api {
    const { datadog } = this;
    const send = <T>(
      verb: SeatsVerb,
      productCode: string,
      userIds: readonly string[],
      effect: () => T,
      inDoubt = false,
    ) => this.send({ verb, productCode, userIds, inDoubt }, effect);
    return {
      limited: false,
      async *pages(product) {
        let nextCursor: string | undefined = "";
        while (nextCursor !== undefined) {
          const from: string = nextCursor;
          const page = await send("list", product, [], () =>
            pageOf(datadog.holders(product), from, pageSize),
          );
          nextCursor = page.value.nextCursor;
          yield page.value;
        }
      },
      assign: async (product, ids, wasInDoubt) => {
        const effect = () => datadog.assign(product, ids);
        const { value, inDoubt } = await send("assign", product, ids, effect, wasInDoubt);
        return { assigned: value, inDoubt };
      },
      unassign: async (product, ids, inDoubt) => {
        const effect = () => datadog.unassign(product, ids);
        await send("unassign", product, ids, effect, inDoubt);
      },
    };
  }

  /** After a kill nothing arrives any more, neither here nor there. */
  private async send<T>(call: Sent, effect: () => T) {
    const { verb, productCode, userIds } = call;
    const seats = userIds.map((id) => seatNamed(productCode, id));
    const declared = seats.filter(this.hooks.isDeclared);
    await this.hooks.travel();
    if (this.isKilled) await never;
    this.count += 1;
    const { kill, faults = [] } = this.trouble;
    const fault = faults.find(({ request }) => request === this.count)?.kind;
    this.isKilled = kill?.request === this.count;
    const response = this.isKilled && !kill?.effect ? undefined : respond(call, effect, fault);
    const result = this.isKilled || response === undefined ? "killed" : resultOf(response);
    this.hooks.onRequest({ verb, productCode, seats, declared, result });
    if (this.isKilled) this.kill();
    await this.hooks.travel();
    if (this.isKilled || response === undefined) return never;
    if (response instanceof SeatsApiError) throw response;
    return response;
  }
}

/** The users after one of them, in the order of their ids, and the last of them where there are more. */
function pageOf(holders: ReadonlyMap<string, string>, after: string, size: number): Page {
  const rest = [...holders].filter(([id]) => id > after).sort(([a], [b]) => (a < b ? -1 : 1));
  const users = rest
    .slice(0, size)
    .map(([userId, assignedAt]) => ({ userId, email: `${userId}@example.com`, assignedAt }));
  const last = users.at(-1);
  return { users, ...(rest.length > size && last && { nextCursor: last.userId }) };
}

/** A request on its way. */
interface Sent {
  readonly verb: SeatsVerb;
  readonly productCode: string;
  readonly userIds: readonly string[];
  /** Whether an earlier request may have taken effect. */
  readonly inDoubt: boolean;
}

/** What comes back of a request, and whether it may have taken effect before. */
type Response<T> = { readonly value: T; readonly inDoubt: boolean } | SeatsApiError;

const resultOf = (response: Response<unknown>): Request["result"] => {
  if (response instanceof SeatsApiError) return response.outcome;
  return response.inDoubt ? "unclear" : "done";
};

function respond<T>(sent: Sent, effect: () => T, fault?: Fault["kind"]): Response<T> {
  const call = seatsCall(sent.verb, sent.productCode, sent.userIds, sent.inDoubt);
  const attempt = (repeats: boolean): Response<T> => {
    const inDoubt = sent.inDoubt || repeats;
    try {
      return { value: effect(), inDoubt };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return new SeatsApiError({ ...call, inDoubt }, "refused", error.message, "", error.status);
    }
  };
  switch (fault) {
    case "lost":
      return new SeatsApiError(call, "unclear", "no response");
    case "unanswered":
      attempt(false);
      return new SeatsApiError(call, "unclear", "no response");
    case "repeated":
      attempt(false);
      return attempt(sent.verb !== "list");
    case "refused":
      return new SeatsApiError(call, "refused", "refused", "", 422);
    case "limited":
      return new SeatsApiError(call, "limited", "limited", "", 429);
    case "forbidden":
      return new SeatsApiError(call, "forbidden", "forbidden", "", 403);
    case undefined:
      return attempt(false);
  }
}
