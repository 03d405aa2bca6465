// The simulated service: an HTTP server on this machine with an org behind it, and others where a test adds them.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Request, type Response } from "express";
import { type Behaviour, DEFAULT_BEHAVIOUR, type Fault, Faults } from "./behaviour";
import { authorize, DEFAULT_KEYS, type Keys, NEEDED, validateApiKey, validateKeys } from "./keys";
import { Org } from "./org";
import { decodeCursor } from "./paging";
import { RateLimit } from "./rateLimit";
import { readRoute } from "./readRoutes";
import { Refusal, type Reply } from "./reply";
import { SeatsRoutes } from "./seatsRoutes";

/** One request that arrived, with the status of its response. */
export interface LoggedRequest {
  readonly method: string;
  /** The path with its query, as it was sent. */
  readonly url: string;
  readonly productCode?: string;
  readonly userIds: readonly string[];
  readonly headers: Readonly<Record<string, unknown>>;
  /** 0 when the connection was dropped or left hanging. */
  readonly status: number;
}

export interface SimulatorOptions {
  /** 0, the default, is any free one. */
  port?: number;
  behaviour?: Partial<Behaviour>;
  keys?: Partial<Keys>;
  /** The clock, as a Unix time in milliseconds. */
  now?: () => number;
}

export class Simulator {
  readonly org = new Org();
  readonly behaviour: Behaviour;
  readonly faults = new Faults();
  /** The first key pair; its values may be changed at any time. */
  readonly keys: Keys;
  readonly requests: LoggedRequest[] = [];
  /** Called with every request before its response is sent. */
  onRequest: ((request: LoggedRequest) => void) | undefined;
  private readonly now: () => number;
  private readonly server: Server;
  /** The org's seats that each key pair gives access to. */
  private readonly routes = new Map<Keys, SeatsRoutes>();
  private readonly rateLimit: RateLimit;

  private constructor(options: SimulatorOptions) {
    this.now = options.now ?? (() => Date.now());
    this.behaviour = { ...DEFAULT_BEHAVIOUR, ...options.behaviour };
    this.keys = this.addKeys(options.keys);
    this.rateLimit = new RateLimit(this.now);
    const app = express().disable("x-powered-by");
    app.use(express.text({ type: () => true, limit: "10mb" }));
    app.use((request, response) => this.respond(request, response));
    this.server = createServer(app);
  }

  /** Listens on 127.0.0.1. */
  static async start(options: SimulatorOptions = {}): Promise<Simulator> {
    const simulator = new Simulator(options);
    simulator.server.listen(options.port ?? 0, "127.0.0.1");
    await once(simulator.server, "listening");
    return simulator;
  }

  /** Adds a key pair: for the first org, or for another one behind the same URL. */
  addKeys(keys: Partial<Keys> = {}, org = this.org): Keys {
    const added = { ...DEFAULT_KEYS, ...keys };
    const known = [...this.routes.values()].find((routes) => routes.org === org);
    this.routes.set(added, known ?? new SeatsRoutes(org, this.behaviour, this.now));
    return added;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** How many requests of a method arrived, or of any. */
  count(method?: string): number {
    return this.requests.filter((request) => (method ?? request.method) === request.method).length;
  }

  /** Empties the request log. */
  clearRequests(): void {
    this.requests.length = 0;
  }

  /** Closes the server and whatever is still connected. */
  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, "close");
  }

  private async respond(request: Request, response: Response): Promise<void> {
    const body = parsed(request.body);
    const limit = this.behaviour.rateLimit && this.rateLimit.count(this.behaviour.rateLimit);
    const isLimited = limit?.allowed === false;
    response.set(limit?.headers);
    // The rate limit stands before the service, so a request that it refuses meets no fault.
    const fault = isLimited ? undefined : this.nextFault(request, body);
    if (this.behaviour.latencyMs > 0) await delay(this.behaviour.latencyMs);

    if (isLimited) {
      const reply = this.refusal(new Refusal(429, "Too many requests"));
      this.log(request, body, reply.status);
      send(response, reply);
    } else if (fault) {
      if (fault.afterEffect) this.reply(request, body);
      this.log(request, body, fault.instead ? 0 : (fault.status ?? 500));
      this.fail(fault, response);
    } else {
      const reply = this.reply(request, body);
      this.log(request, body, reply.status);
      send(response, reply);
    }
  }

  private nextFault(request: Request, body: unknown): Fault | undefined {
    const { productCode } = seatsOf(request, body);
    return this.faults.next(request.method, productCode, pageOf(request));
  }

  private reply(request: Request, body: unknown): Reply {
    const known = [...this.routes.keys()];
    try {
      switch (request.path) {
        case "/api/v1/validate":
          return validateApiKey(request, known);
        case "/api/v2/validate_keys":
          return validateKeys(request, known);
        case "/api/v2/seats/users": {
          const toSee = this.behaviour.listingNeedsUserAccess
            ? NEEDED.seeSeatsAndUsers
            : NEEDED.seeSeats;
          const needed = request.method === "GET" ? toSee : NEEDED.changeSeats;
          const routes = this.routes.get(authorize(request, known, needed)) as SeatsRoutes;
          return seats(routes, request, body);
        }
        default: {
          const route = readRoute(request.path);
          if (!route) throw new Refusal(404, "Not found");
          const { org } = this.routes.get(authorize(request, known, route.needed)) as SeatsRoutes;
          if (request.method !== "GET") throw new Refusal(405, "Method not allowed");
          return route.read(org, flatQuery(request));
        }
      }
    } catch (error) {
      if (error instanceof Refusal) return this.refusal(error);
      throw error;
    }
  }

  /** What stands before the service (401, 403, 429) refuses as documented, whatever the service does. */
  private refusal({ status, message }: Refusal): Reply {
    const recorded = this.behaviour.errorShape === "recorded" && ![401, 403, 429].includes(status);
    const error = recorded ? { title: "Generic Error", detail: message } : message;
    return { status, body: { errors: [error] } };
  }

  private fail({ instead, status = 500, headers, body }: Fault, response: Response): void {
    if (instead === "hang") return;
    if (instead === "drop") {
      response.socket?.destroy();
      return;
    }
    response.set(headers);
    if (typeof body === "string") response.status(status).type("html").send(body);
    else send(response, { status, body: body ?? { errors: [`simulated ${status}`] } });
  }

  private log(request: Request, body: unknown, status: number): void {
    const { productCode, userIds } = seatsOf(request, body);
    const {
      "dd-api-key": _,
      "dd-application-key": __,
      authorization: ___,
      ...headers
    } = request.headers;
    const entry: LoggedRequest = {
      method: request.method,
      url: request.originalUrl,
      ...(typeof productCode === "string" && { productCode }),
      userIds: Array.isArray(userIds) ? userIds.map(String) : [],
      headers,
      status,
    };
    this.requests.push(entry);
    this.onRequest?.(entry);
  }
}

function seats(routes: SeatsRoutes, request: Request, body: unknown): Reply {
  switch (request.method) {
    case "GET":
      return routes.list(flatQuery(request));
    case "POST":
      return routes.assign(body);
    case "DELETE":
      return routes.unassign(body);
    default:
      throw new Refusal(405, "Method not allowed");
  }
}

function send(response: Response, { status, body }: Reply): void {
  if (body === undefined) {
    response.status(status).end();
    return;
  }
  const type = status < 400 ? "application/json" : "application/vnd.api+json";
  response.status(status).type(type).send(JSON.stringify(body));
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** Which seats a request is about, whatever it holds. */
function seatsOf(request: Request, body: unknown): { productCode: unknown; userIds: unknown } {
  const attributes = (body as { data?: { attributes?: Record<string, unknown> } } | null)?.data
    ?.attributes;
  const productCode = attributes?.product_code ?? request.query.product_code;
  return { productCode, userIds: attributes?.user_uuids };
}

/** The query with `page[limit]` as a plain name. */
function flatQuery(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.originalUrl, "http://simulator").searchParams);
}

function pageOf(request: Request): number | undefined {
  const { "page[cursor]": cursor, "page[number]": number } = flatQuery(request);
  if (number !== undefined) return Number(number) + 1;
  return cursor === undefined ? 1 : decodeCursor(cursor)?.page;
}

const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
