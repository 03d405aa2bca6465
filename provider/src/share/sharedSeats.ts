// One product's seats during a run of several stacks: what ProductSeats is to a stack alone.
import type { Call } from "../api/call";
import type { SeatUser } from "../api/responses";
import { seatsCall } from "../api/seats";
import type { Product } from "../model/seat";
import type { Lookup } from "../seats/listing";
import type { ProductSeats } from "../seats/productSeats";
import { WriteOrder } from "../seats/writeOrder";
import type { Guard, Result, Verb } from "../seats/writes";
import type { Method, Share } from "./protocol";

/** What the providers use of a product's seats. */
export type Seats = Pick<ProductSeats, Method>;

export class SharedSeats implements Seats {
  private readonly order = new WriteOrder();

  /**
   * @param product by the stack's own name of its org
   * @param beforeWrite awaited before the share is asked for a write
   */
  constructor(
    private readonly share: Share,
    private readonly product: Product,
    private readonly guard: Guard,
    private readonly beforeWrite: (call: Call) => Promise<void>,
  ) {}

  async lookUp(userId: string): Promise<Lookup> {
    await this.order.settled(userId);
    return this.list<Lookup>("lookUp", userId);
  }

  async find(userId: string): Promise<SeatUser | undefined> {
    await this.order.settled(userId);
    return this.list<SeatUser | undefined>("find", userId);
  }

  async details(userId: string): Promise<SeatUser | undefined> {
    await this.order.settled(userId);
    return this.list<SeatUser | undefined>("details", userId);
  }

  async all(): Promise<SeatUser[]> {
    await this.order.allSettled();
    return this.list<SeatUser[]>("all");
  }

  async relist(): Promise<ReadonlyMap<string, SeatUser>> {
    await this.order.allSettled();
    const users = await this.list<SeatUser[]>("relist");
    return new Map(users.map((user) => [user.userId, user]));
  }

  assign(userId: string): Promise<Result> {
    return this.order.write(userId, () => this.write("assign", userId));
  }

  unassign(userId: string): Promise<Result> {
    return this.order.write(userId, async () => {
      if (this.guard.isWanted(userId)) return "kept";
      this.guard.unassigning(userId);
      return this.write("unassign", userId);
    });
  }

  private async list<T>(method: Method, userId?: string): Promise<T> {
    const { productCode } = this.product;
    const request = { method, productCode, ...(userId !== undefined && { userId }) };
    return (await this.share.send(request, seatsCall("list", this.product))) as T;
  }

  private async write(verb: Verb, userId: string): Promise<Result> {
    const call = seatsCall(verb, this.product, [userId]);
    await this.beforeWrite(call);
    const request = { method: verb, productCode: this.product.productCode, userId };
    return (await this.share.send(request, call)) as Result;
  }
}
