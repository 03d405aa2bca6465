// The endpoint of the Seats API: who holds a product's seats, and assigning and unassigning them.
// Source: https://docs.datadoghq.com/api/latest/seats/
import type { Connection } from "../config/connection";
import { aSeat } from "../model/seat";
import type { Call, Permission } from "./call";
import { type ApiResponse, Client, type ClientOptions } from "./client";
import { listingLimitMs, PageSize, readPages } from "./pages";
import {
  type Page,
  parseAssigned,
  parsePage,
  type SeatUser,
  UnexpectedResponse,
} from "./responses";

export type SeatsVerb = "list" | "assign" | "unassign";

export const SEE_SEATS: Permission = {
  to: "see seats",
  anyOf: ["billing_read", "incident_read", "on_call_read"],
  // So says the newest page of the reference, without a date; the others, and Datadog's OpenAPI of October 2026, don't.
  also: "user_access_read",
};
export const CHANGE_SEATS: Permission = {
  to: "change seats",
  anyOf: ["billing_edit", "incident_write", "on_call_write"],
};

const VERBS = {
  list: {
    method: "GET",
    permission: SEE_SEATS,
    describe: (product: string) => `list the ${product} seats`,
  },
  assign: {
    method: "POST",
    permission: CHANGE_SEATS,
    describe: (product: string, { length: count, 0: first }: readonly string[]) =>
      count === 1
        ? `assign ${aSeat(product)} to user ${first}`
        : `assign ${product} seats to ${count} users`,
  },
  unassign: {
    method: "DELETE",
    permission: CHANGE_SEATS,
    describe: (product: string, { length: count, 0: first }: readonly string[]) =>
      count === 1
        ? `unassign the ${product} seat of user ${first}`
        : `unassign the ${product} seats of ${count} users`,
  },
} as const;

/** @param userIds whose seats are assigned or unassigned; none for a listing */
export function seatsCall(
  verb: SeatsVerb,
  productCode: string,
  userIds: readonly string[] = [],
  inDoubt = false,
): Call {
  const { method, permission, describe } = VERBS[verb];
  return {
    method,
    path: "/api/v2/seats/users",
    permission,
    describe: (ids) => describe(productCode, ids),
    productCode,
    userIds,
    inDoubt,
  };
}

/** Datadog's Seats API. Every method throws SeatsApiError, and nothing else. */
export class SeatsApi {
  private readonly client: Client;
  private readonly pageSize: PageSize;
  private readonly listingMs: number;

  constructor(connection: Connection, options?: ClientOptions) {
    this.client = new Client(connection, options);
    this.pageSize = new PageSize(connection.pageSize);
    this.listingMs = listingLimitMs(connection);
  }

  /** Whether the rate limit has held requests back. */
  get limited(): boolean {
    return this.client.limited;
  }

  /**
   * All users who hold a seat of a product, by their UUID in lower case: every page, or an error.
   * The API has no filter by user.
   */
  async list(productCode: string): Promise<Map<string, SeatUser>> {
    const holders = new Map<string, SeatUser>();
    for await (const { users } of this.pages(productCode)) {
      for (const user of users) holders.set(user.userId, user);
    }
    return holders;
  }

  /** The same listing page by page; a page is requested when it is asked for. It may yield a user twice. */
  async *pages(productCode: string): AsyncGenerator<Page, void> {
    const call = seatsCall("list", productCode);
    try {
      yield* readPages(this.pageSize, this.listingMs, async (limit, cursor, listingEnd) => {
        const query = {
          product_code: productCode,
          "page[limit]": String(limit),
          ...(cursor !== undefined && { "page[cursor]": cursor }),
        };
        const body = await this.client.send(call, (response) => response.body, {
          query,
          listingEnd,
        });
        // Not by the client, because nonsense on a page is no refusal of its size.
        return parsePage(body, limit);
      });
    } catch (error) {
      if (!(error instanceof UnexpectedResponse)) throw error;
      throw this.client.unexpectedContent(call, error.message);
    }
  }

  /**
   * Assigns seats.
   *
   * @param inDoubt whether an earlier request may have assigned some of them
   * @returns the users whose seats Datadog says it assigned, which may be fewer; and whether an earlier attempt or
   * request may have assigned seats to others of them
   */
  assign(
    productCode: string,
    userIds: readonly string[],
    inDoubt = false,
  ): Promise<{ assigned: Set<string>; inDoubt: boolean }> {
    const call = seatsCall("assign", productCode, userIds, inDoubt);
    return this.client.send(
      call,
      (response) => ({ assigned: parseAssigned(response.body), inDoubt: response.inDoubt }),
      { body: document(call) },
    );
  }

  /**
   * Unassigns seats.
   *
   * @param inDoubt whether an earlier request may have unassigned some of them
   */
  unassign(productCode: string, userIds: readonly string[], inDoubt = false): Promise<void> {
    const call = seatsCall("unassign", productCode, userIds, inDoubt);
    const parse = ({ status }: ApiResponse) => {
      // Another 2xx status than the documented one may come from a proxy.
      if (status !== 204) throw new UnexpectedResponse(`with ${status} instead of 204.`);
    };
    return this.client.send(call, parse, { body: document(call) });
  }
}

function document({ productCode, userIds }: Call): object {
  const attributes = { product_code: productCode, user_uuids: userIds };
  return { data: { type: "seat-assignments", attributes } };
}
