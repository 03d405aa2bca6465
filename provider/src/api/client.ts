// Sends one call to Datadog: with keys, time limits and retries, and with every failure as a SeatsApiError.
// What is called is the endpoints' business: seats.ts and keys.ts.
import type { AxiosError, AxiosInstance, AxiosResponse, InternalAxiosRequestConfig } from "axios";
import axiosRetry from "axios-retry";
import { apiHost, type Connection } from "../config/connection";
import { endIdle, wasKept, wasSent } from "./attempt";
import { authentication } from "./authentication";
import { type Call, isWrite } from "./call";
import { CallInProgress } from "./callInProgress";
import { isOld, now } from "./clock";
import { SeatsApiError } from "./errors";
import { explain, retryBudget } from "./explain";
import { listingLimitMs } from "./pages";
import { RateLimitGate } from "./rateLimit";
import { UnexpectedResponse } from "./responses";
import { decide, latestStart, outcomeOf } from "./retry";

export interface ClientOptions {
  /** Called before every wait that a user would wonder about, with one line of text. */
  onWait?: (line: string) => void;
  /** One more sentence for keys that are refused. */
  keysHint?: () => string;
  /**
   * Awaited before each attempt of a call that can change something.
   *
   * @throws SeatsApiError that the call is to end with
   */
  beforeWrite?: (call: Call) => Promise<void>;
}

/** A response with a 2xx status. */
export interface ApiResponse {
  readonly status: number;
  readonly body: unknown;
  /** Whether an earlier attempt or request may have taken effect. */
  readonly inDoubt: boolean;
}

/** What is sent besides the call's method and path. */
export interface Payload {
  /** Decoded names and values of the query string. */
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** When the listing that the call belongs to must have ended, by the monotonic clock. */
  readonly listingEnd?: number;
}

/** Shorter waits are not worth a line. */
const MIN_REPORTED_WAIT_MS = 3000;

export class Client {
  private readonly http: AxiosInstance;
  private readonly gate = new RateLimitGate();
  /** That the keys were refused, and when by the monotonic clock, for each permission and product. */
  private readonly refusals = new Map<string, { error: SeatsApiError; at: number }>();
  /** The end of the rate-limit wait that was last reported, by the monotonic clock. */
  private reportedUntil = 0;

  constructor(
    private readonly connection: Connection,
    private readonly options: ClientOptions = {},
  ) {
    // Loading axios takes longer than all else that a run does which sends nothing.
    const { createHttp } = require("./http") as typeof import("./http");
    this.http = createHttp(connection);
    this.http.interceptors.request.use((config) => this.beforeAttempt(config));
    this.http.interceptors.response.use(
      (response) => this.recordLimit(response),
      (error: AxiosError) => this.afterFailure(error),
    );
    // Its interceptor comes after those above, so that it finds what they have decided.
    axiosRetry(this.http, {
      retries: Number.POSITIVE_INFINITY,
      retryCondition: ({ config }) => config?.callInProgress?.decision.shouldRetry ?? false,
      retryDelay: (_count, { config }) => config?.callInProgress?.decision.delayMs ?? 0,
      onRetry: (_count, _error, config) => {
        // The time limit of the attempt that failed would cut the wait short.
        delete config.signal;
      },
    });
  }

  /**
   * Sends one call, again and again while that can help. Keys that were refused are not tried again while that is
   * believed: whatever takes the same permission for the same product fails at once in the same way.
   *
   * @param parse throws UnexpectedResponse where the response is not what the documents say
   * @throws SeatsApiError for every response but 2xx, and when there was none within the retry budget
   */
  async send<T>(
    call: Call,
    parse: (response: ApiResponse) => T,
    { query = {}, body, listingEnd = Number.POSITIVE_INFINITY }: Payload = {},
  ): Promise<T> {
    const refusal = this.refusals.get(permissionKey(call));
    if (refusal && !isOld(refusal.at)) throw refusal.error.forUsers(call.userIds, call);
    const leftMs = listingEnd - now().monotonic;
    if (leftMs <= 0) throw this.endlessListing(call);
    const callInProgress = new CallInProgress(call, Math.min(this.connection.maxWaitMs, leftMs));
    const search = Object.entries(query)
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .join("&");
    try {
      const { status, data } = await this.http.request<string>({
        method: call.method,
        url: `${call.path}${search && `?${search}`}`,
        ...(body && { data: body }),
        headers: authentication(this.connection.credentials, call),
        callInProgress,
      });
      return parse({ status, body: parsed(data), inDoubt: callInProgress.call.inDoubt ?? false });
    } catch (error) {
      throw await this.explained(callInProgress, error);
    }
  }

  /** Whether the rate limit has held requests back. */
  get limited(): boolean {
    return this.gate.opensAt > 0;
  }

  /** A response whose content is not what the documents say: the call may have taken effect. */
  unexpectedContent(call: Call, what: string): SeatsApiError {
    return new SeatsApiError(call, "unclear", `${this.host} responded, but ${what}`);
  }

  private endlessListing(call: Call): SeatsApiError {
    const seconds = listingLimitMs(this.connection) / 1000;
    const error = this.unexpectedContent(call, `the listing has no end after ${seconds} s.`);
    const { maxWait } = this.connection.names;
    return maxWait ? error.adding(`If the org is that large, raise ${maxWait}.`) : error;
  }

  private async beforeAttempt(
    config: InternalAxiosRequestConfig,
  ): Promise<InternalAxiosRequestConfig> {
    if (!config.callInProgress) return config;
    const { call, decision } = config.callInProgress;
    await this.waitForGate(config.callInProgress);
    if (isWrite(call)) await this.options.beforeWrite?.(call);
    // For an attempt as a whole, because axios' own timeout starts anew with every byte that arrives.
    const budgetMs = Math.max(1, decision.attempts.deadline - now().monotonic);
    const limitMs = Math.min(this.connection.requestTimeoutMs, budgetMs);
    config.signal = AbortSignal.timeout(Math.ceil(limitMs));
    return config;
  }

  private recordLimit(response: AxiosResponse): AxiosResponse {
    this.gate.record(response.status, response.headers, now());
    return response;
  }

  private afterFailure(error: AxiosError): never {
    const { config, response } = error;
    if (response) this.recordLimit(response);
    if (wasKept(error)) endIdle(error);
    if (config?.callInProgress) {
      const { call, decision } = config.callInProgress;
      const next = decide(decision.attempts, error, now(), this.gate.opensAt);
      config.callInProgress.decision = next;
      const reason = response
        ? `${this.host} responded with ${response.status}`
        : `${this.host} ${wasSent(error) ? "did not respond" : "was not reached"}`;
      if (next.shouldRetry) this.reportWait(`${reason}; trying again in`, next.delayMs, call);
    }
    throw error;
  }

  private async waitForGate({ call, decision }: CallInProgress): Promise<void> {
    const waitMs = () => this.gate.opensAt - now().monotonic;
    for (let ms = waitMs(); ms > 0; ms = waitMs()) {
      if (this.gate.opensAt > latestStart(decision.attempts)) {
        throw new SeatsApiError(
          call,
          "limited",
          `the rate limit of ${this.host} is used up for another ${Math.ceil(ms / 1000)} s`,
          `That is longer than ${retryBudget(this.connection)}`,
        );
      }
      // Later responses of the same window move the time by some milliseconds.
      if (this.gate.opensAt > this.reportedUntil + 1000) {
        this.reportedUntil = this.gate.opensAt;
        this.reportWait("Datadog's rate limit is used up; waiting", ms, call);
      }
      await new Promise((resolve) => setTimeout(resolve, Math.ceil(ms)));
    }
  }

  private reportWait(what: string, ms: number, call: Call): void {
    if (ms <= MIN_REPORTED_WAIT_MS) return;
    const seconds = Math.ceil(ms / 1000);
    this.options.onWait?.(`${what} ${seconds} s (to ${call.describe(call.userIds)})`);
  }

  private async explained(
    { call, decision }: CallInProgress,
    error: unknown,
  ): Promise<SeatsApiError> {
    if (error instanceof SeatsApiError) return error;
    if (error instanceof UnexpectedResponse) return this.unexpectedContent(call, error.message);
    const failure = error as AxiosError<string>;
    const { reason, remedy } = await explain(call, this.connection, failure, decision.attempts);
    const status = failure.response?.status;
    const outcome = outcomeOf(failure);
    const hint = outcome === "forbidden" && this.options.keysHint?.();
    const advice = [remedy, hint].filter(Boolean).join(" ");
    const explained = new SeatsApiError(call, outcome, reason, advice, status);
    if (explained.outcome === "forbidden") {
      this.refusals.set(permissionKey(call), { error: explained, at: now().monotonic });
    }
    return explained;
  }

  private get host(): string {
    return apiHost(this.connection);
  }
}

const permissionKey = ({ permission, productCode }: Call) => `${permission?.to} ${productCode}`;

/** The JSON of a body, or the text itself where it is not JSON: the endpoints check what they get. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
