// One HTTP exchange with Datadog: keys, timeouts, repetition, and every failure as a SeatsApiError.
// The calls themselves are in seats.ts and keys.ts.
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import axios, { type AxiosError, type AxiosInstance, type AxiosResponse } from "axios";
import axiosRetry from "axios-retry";
import { type Connection, isLoopback } from "../config/connection";
import { type Call, describe, SeatsApiError } from "./errors";
import { explainAnswer, explainSilence, patience } from "./explain";
import { RateLimitGate } from "./rateLimit";
import { Attempts, isSuccess } from "./retry";

declare module "axios" {
  interface AxiosRequestConfig {
    /** The call an attempt belongs to, and how much patience is left for it. */
    seatsCall?: { call: Call; attempts: Attempts };
  }
}

const PATHS: Record<Call["verb"], string> = {
  list: "/api/v2/seats/users",
  assign: "/api/v2/seats/users",
  unassign: "/api/v2/seats/users",
  validateApiKey: "/api/v1/validate",
  validateKeys: "/api/v2/validate_keys",
};

/** Far above any page of seats; an answer that is longer is not read to its end. */
const LONGEST_ANSWER_BYTES = 16 * 1024 * 1024;

export interface ClientOptions {
  /** Told of every wait that a user would wonder about, in one line. */
  onWait?: (line: string) => void;
  /** One more sentence for keys that are refused. */
  keysHint?: () => string;
  /** Awaited before everything but a listing is sent. */
  beforeWrite?: () => Promise<void>;
}

/** An answer with a 2xx status. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Whether an earlier attempt of the call may have taken effect. */
  readonly inDoubt: boolean;
}

export class Client {
  private readonly http: AxiosInstance;
  private readonly gate = new RateLimitGate();
  private announced = 0;

  constructor(
    private readonly connection: Connection,
    private readonly options: ClientOptions = {},
  ) {
    const { apiUrl, apiKey, appKey, requestTimeoutMs } = connection;
    const { version } = require("../../package.json") as { version: string };
    this.http = axios.create({
      baseURL: apiUrl,
      headers: {
        Accept: "application/json",
        "DD-API-KEY": apiKey,
        "DD-APPLICATION-KEY": appKey,
        "User-Agent": `pulumi-datadog-seats/${version}`,
      },
      // A redirect would carry the keys to another host.
      maxRedirects: 0,
      maxContentLength: LONGEST_ANSWER_BYTES,
      responseType: "text",
      transformResponse: (data) => data,
      httpAgent: new HttpAgent({ keepAlive: true }),
      httpsAgent: new HttpsAgent({ keepAlive: true }),
      ...(isLoopback(new URL(apiUrl).hostname) && { proxy: false as const }),
    });
    this.http.interceptors.request.use(async (config) => {
      if (!config.seatsCall) return config;
      const { call, attempts } = config.seatsCall;
      await this.waitForGate(call, attempts);
      if (call.verb !== "list") await this.options.beforeWrite?.();
      // For an attempt as a whole: axios' own timeout starts anew with every byte that arrives.
      const patienceMs = Math.max(1, attempts.deadline - Date.now());
      config.signal = AbortSignal.timeout(Math.min(requestTimeoutMs, patienceMs));
      return config;
    });
    // The policy is per call: see `send`.
    axiosRetry(this.http, { retries: 0 });
  }

  /**
   * Sends one call, again and again while that can help.
   *
   * @param query decoded names and values of the query string
   * @throws SeatsApiError for every answer but 2xx, and when there was no answer in the time of the call
   */
  async send(
    call: Call,
    method: "GET" | "POST" | "DELETE",
    query: Record<string, string>,
    data?: object,
  ): Promise<Answer> {
    const attempts = new Attempts(this.connection.maxWaitMs);
    const search = Object.entries(query)
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .join("&");
    try {
      const response = await this.http.request<string>({
        method,
        url: `${PATHS[call.verb]}${search && `?${search}`}`,
        ...(data && { data }),
        // A site that is asked whether it knows the API key need not see the other one.
        ...(call.verb === "validateApiKey" && { headers: { "DD-APPLICATION-KEY": null } }),
        seatsCall: { call, attempts },
        "axios-retry": {
          retries: Number.POSITIVE_INFINITY,
          retryCondition: (error) => {
            if (error.response) this.note(error.response);
            return attempts.mayGoOn(error, this.gate.opens);
          },
          retryDelay: () => attempts.delayMs,
          onRetry: (_count, error, config) => {
            // The time limit of the attempt that failed would cut the wait short.
            delete config.signal;
            this.announceRetry(call, error, attempts.delayMs);
          },
        },
      });
      this.note(response);
      const { status, data: text } = response;
      return { status, body: parsed(text), inDoubt: attempts.doubtful };
    } catch (error) {
      throw this.explained(call, attempts, error);
    }
  }

  /** Whether the rate limit has held requests back. */
  get limited(): boolean {
    return this.gate.opens > 0;
  }

  /** A failure of the answer's content: the call may have had its effect. */
  unusable(call: Call, what: string): SeatsApiError {
    return new SeatsApiError(call, "unclear", `${this.host} answered, but ${what}`);
  }

  private note({ status, headers }: AxiosResponse): void {
    this.gate.note(status, headers, Date.now());
  }

  private async waitForGate(call: Call, attempts: Attempts): Promise<void> {
    for (let now = Date.now(); now < this.gate.opens; now = Date.now()) {
      if (this.gate.opens > attempts.latestStart) {
        const wait = Math.ceil((this.gate.opens - now) / 1000);
        throw new SeatsApiError(
          call,
          attempts.doubtful ? "unclear" : "limited",
          `the rate limit of ${this.host} is used up for another ${wait} s`,
          `That is longer than ${patience(this.connection)}`,
        );
      }
      // Later answers of the same window move the time by some milliseconds.
      if (this.gate.opens > this.announced + 1000) {
        this.announced = this.gate.opens;
        this.announce("Datadog's rate limit is used up; waiting", this.gate.opens - now, call);
      }
      await pause(this.gate.opens - now);
    }
  }

  private announceRetry(call: Call, error: AxiosError, delayMs: number): void {
    const reason = error.response
      ? `${this.host} answered ${error.response.status}`
      : `${this.host} did not answer`;
    this.announce(`${reason}; trying again in`, delayMs, call);
  }

  private announce(what: string, ms: number, call: Call): void {
    if (ms > 3000)
      this.options.onWait?.(`${what} ${Math.ceil(ms / 1000)} s (to ${describe(call)})`);
  }

  private explained(call: Call, attempts: Attempts, error: unknown): SeatsApiError {
    if (error instanceof SeatsApiError) return error;
    const { response } = error as AxiosError<string>;
    const { outcome, reason, remedy } =
      response && !isSuccess(response.status)
        ? explainAnswer(call, this.connection, response, attempts)
        : explainSilence(this.connection, error as AxiosError, attempts);
    const keysRefused = response?.status === 401 || response?.status === 403;
    const hint = keysRefused && this.options.keysHint?.();
    const advice = [remedy, hint].filter(Boolean).join(" ");
    return new SeatsApiError(call, outcome, reason, advice, response?.status);
  }

  private get host(): string {
    return new URL(this.connection.apiUrl).host;
  }
}

/** The JSON of a body, or the text itself where it is none: the caller validates. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
