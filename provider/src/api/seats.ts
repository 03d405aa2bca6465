// The three calls of the Seats API: https://docs.datadoghq.com/api/latest/seats/
import type { Connection } from "../config/connection";
import { Client, type ClientOptions } from "./client";
import type { Call } from "./errors";
import { parseAssigned, parsePage, type SeatUser, UnexpectedAnswer } from "./responses";

/** Beyond this a listing is taken for endless: a million seats at the default page size. */
const MOST_PAGES = 10_000;

/** Datadog's Seats API for one org. Every method throws SeatsApiError, and nothing else. */
export class SeatsApi {
  private readonly client: Client;

  constructor(
    private readonly connection: Connection,
    options?: ClientOptions,
  ) {
    this.client = new Client(connection, options);
  }

  /** The name of the org, where the program names one. */
  get org(): string | undefined {
    return this.connection.org;
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
    const call: Call = { verb: "list", org: this.org, productCode, userIds: [] };
    const { pageSize } = this.connection;
    const holders = new Map<string, SeatUser>();
    const seen = new Set<string>();
    let cursor: string | undefined;
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const { body } = await this.client.send(call, "GET", {
        product_code: productCode,
        "page[limit]": String(pageSize),
        ...(cursor !== undefined && { "page[cursor]": cursor }),
      });
      const { users, nextCursor } = this.checked(call, () => parsePage(body, pageSize));
      for (const user of users) holders.set(user.id, user);
      if (nextCursor === undefined) return holders;
      if (seen.has(nextCursor)) {
        throw this.client.unusable(call, `page ${page} leads back to an earlier one.`);
      }
      seen.add(nextCursor);
      cursor = nextCursor;
    }
    throw this.client.unusable(call, `there is no end to it after ${MOST_PAGES} pages.`);
  }

  /**
   * Assigns seats.
   *
   * @returns the users who got one by Datadog's word, which may be fewer; and whether an earlier attempt of the same
   * call may have given some to others of them
   */
  async assign(
    productCode: string,
    userIds: readonly string[],
  ): Promise<{ assigned: Set<string>; inDoubt: boolean }> {
    const call: Call = { verb: "assign", org: this.org, productCode, userIds };
    const { body, inDoubt } = await this.client.send(call, "POST", {}, request(call));
    return { assigned: this.checked(call, () => parseAssigned(body)), inDoubt };
  }

  /** Takes seats away. Another 2xx than the documented one may come from something in between. */
  async unassign(productCode: string, userIds: readonly string[]): Promise<void> {
    const call: Call = { verb: "unassign", org: this.org, productCode, userIds };
    const { status } = await this.client.send(call, "DELETE", {}, request(call));
    if (status !== 204) throw this.client.unusable(call, `with ${status} instead of 204.`);
  }

  private checked<T>(call: Call, parse: () => T): T {
    try {
      return parse();
    } catch (error) {
      if (error instanceof UnexpectedAnswer) throw this.client.unusable(call, error.message);
      throw error;
    }
  }
}

function request({ productCode, userIds }: Call): object {
  const attributes = { product_code: productCode, user_uuids: userIds };
  return { data: { type: "seat-assignments", attributes } };
}
