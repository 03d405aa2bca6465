// GET, POST and DELETE of /api/v2/seats/users.
// Source: https://docs.datadoghq.com/api/latest/seats/, and the official clients' recorded tests where they differ.
import type { Behaviour } from "./behaviour";
import type { Org } from "./org";
import { decodeCursor, encodeCursor } from "./paging";
import { Refusal, type Reply } from "./reply";

const DEFAULT_PAGE_SIZE = 100;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export class SeatsRoutes {
  /** How many listings a seat stays hidden in, by product and user. */
  private readonly hidden = new Map<string, number>();

  constructor(
    readonly org: Org,
    private readonly behaviour: Behaviour,
    private readonly now: () => number,
  ) {}

  list(query: Record<string, unknown>): Reply {
    const code = query.product_code;
    if (typeof code !== "string" || code === "") {
      throw new Refusal(400, "product_code query parameter is required");
    }
    const limit = this.pageSize(query["page[limit]"]);
    const cursor = query["page[cursor]"];
    const first = { after: "", page: 1, limit };
    const position = cursor === undefined ? first : decodeCursor(String(cursor));
    // A real cursor may count pages of the size that it came with, so a client must not rely on more.
    if (position?.limit !== limit) throw new Refusal(400, "invalid page[cursor]");

    const all = this.org.holders(code);
    const holders =
      this.hidden.size > 0 ? all.filter((id) => this.isVisible(code, id, position.page)) : all;
    // The real service responds like this for a product without seats: no meta at all.
    if (holders.length === 0) return { status: 200, body: { data: [] } };
    const start =
      this.behaviour.cursorBy === "offset"
        ? (position.page - 1) * limit
        : holders.findIndex((id) => id > position.after);
    const page = start < 0 ? [] : holders.slice(start, start + limit);
    const last = page.at(-1);
    const more = last !== undefined && last !== holders.at(-1);
    const meta = {
      limit,
      ...(cursor !== undefined && { cursor }),
      ...(more && { next_cursor: encodeCursor({ after: last, page: position.page + 1, limit }) }),
    };
    return { status: 200, body: { data: page.map((id) => this.seatUser(code, id)), meta } };
  }

  assign(body: unknown): Reply {
    const { code, userIds } = this.assignment(body);
    const { seats, capacity = Number.POSITIVE_INFINITY } = this.org.product(code);
    const known: string[] = [];
    for (const id of userIds) {
      if (this.org.users.has(id)) known.push(id);
      else if (this.behaviour.unknownUser !== "unnamed") {
        throw new Refusal(this.behaviour.unknownUser, `${this.nameOf(id)} not found`);
      }
    }
    const fresh = known.filter((id) => !seats.has(id));
    const { assignHeld } = this.behaviour;
    const held = known.find((id) => seats.has(id));
    if (held !== undefined && typeof assignHeld === "number") {
      throw new Refusal(assignHeld, `${this.nameOf(held)} already has a seat of ${code}`);
    }
    if (seats.size + fresh.length > capacity) {
      throw new Refusal(422, `no seats left for ${code}: the plan has ${capacity}`);
    }
    for (const id of fresh) {
      seats.set(id, new Date(this.now()));
      if (this.behaviour.hiddenListings > 0) {
        this.hidden.set(`${code}/${id}`, this.behaviour.hiddenListings);
      }
    }
    const attributes = {
      product_code: code,
      assigned_ids: assignHeld === "assigned" ? known : fresh,
    };
    return { status: 201, body: { data: { id: code, type: "seat-assignments", attributes } } };
  }

  unassign(body: unknown): Reply {
    const { code, userIds } = this.assignment(body);
    const { seats } = this.org.product(code);
    const absent = userIds.find((id) => !seats.has(id));
    const { unassignAbsent } = this.behaviour;
    if (absent !== undefined && unassignAbsent !== 204) {
      throw new Refusal(unassignAbsent, `${this.nameOf(absent)} has no seat of ${code}`);
    }
    for (const id of userIds) seats.delete(id);
    return { status: 204 };
  }

  private assignment(body: unknown): { code: string; userIds: string[] } {
    const data = (body as { data?: { type?: unknown; attributes?: unknown } } | null)?.data;
    if (data?.type !== "seat-assignments") {
      throw new Refusal(400, "data.type must be seat-assignments");
    }
    const { product_code, user_uuids } = (data.attributes ?? {}) as Record<string, unknown>;
    if (typeof product_code !== "string" || product_code === "") {
      throw new Refusal(422, "product_code is required");
    }
    if (!Array.isArray(user_uuids) || user_uuids.length === 0) {
      throw new Refusal(422, "user_uuids is required and must not be empty");
    }
    const malformed = user_uuids.find((id) => typeof id !== "string" || !UUID.test(id));
    if (malformed !== undefined) throw new Refusal(400, `invalid user uuid: ${malformed}`);
    if (!this.org.products.has(product_code)) {
      throw new Refusal(422, `unknown product_code: ${product_code}`);
    }
    return { code: product_code, userIds: user_uuids.map((id: string) => id.toLowerCase()) };
  }

  private pageSize(text: unknown): number {
    if (text === undefined) return DEFAULT_PAGE_SIZE;
    const { max, above } = this.behaviour.pageLimit;
    const size = Number(text);
    if (!Number.isInteger(size) || size < 1) throw new Refusal(400, "invalid page[limit]");
    if (size > max && above !== "capped") {
      throw new Refusal(above, `page[limit] must be at most ${max}`);
    }
    return Math.min(size, max);
  }

  /** A listing counts as one when its first page is asked for. */
  private isVisible(code: string, userId: string, page: number): boolean {
    const key = `${code}/${userId}`;
    const left = this.hidden.get(key) ?? 0;
    if (left > 0 && page === 1) this.hidden.set(key, left - 1);
    return left === 0;
  }

  /** What a refusal calls the user whom it is about. */
  private nameOf(id: string): string {
    return this.behaviour.refusalsNameUsers ? `user ${id}` : "a user";
  }

  private seatUser(code: string, id: string): object {
    const { email, name } = this.org.users.get(id) ?? {};
    const assigned_at = this.org.product(code).seats.get(id)?.toISOString();
    return { id, type: "seat-users", attributes: { assigned_at, email, name } };
  }
}
