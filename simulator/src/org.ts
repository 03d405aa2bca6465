// The state of a simulated Datadog org: its users, and who holds which product's seats.

export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** `"Active"` without. A disabled user keeps the seats. */
  readonly status?: "Active" | "Pending" | "Disabled";
  readonly serviceAccount?: boolean;
}

export interface Team {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  /** By user id. */
  readonly members: readonly string[];
  /** The teams directly beneath it, by id. */
  readonly subTeams?: readonly string[];
}

export interface Product {
  /** How many seats the plan has; unlimited without. */
  capacity?: number;
  /** When each holder's seat was assigned, by user id. */
  readonly seats: Seats;
}

/** Remembers the order of a listing, which large orgs ask for again and again. */
class Seats extends Map<string, Date> {
  private ids: readonly string[] | undefined;

  /** The users, sorted. */
  get sorted(): readonly string[] {
    this.ids ??= [...this.keys()].sort();
    return this.ids;
  }

  override set(userId: string, at: Date): this {
    this.ids = undefined;
    return super.set(userId, at);
  }

  override delete(userId: string): boolean {
    this.ids = undefined;
    return super.delete(userId);
  }
}

export class Org {
  readonly users = new Map<string, User>();
  readonly products = new Map<string, Product>();
  readonly teams = new Map<string, Team>();

  /** Adds a user; with an id alone, the rest is made up. */
  addUser(id: string, { email, name, ...others }: Partial<User> = {}): User {
    const user = {
      ...others,
      id,
      email: email ?? `user-${id.slice(-12)}@example.com`,
      name: name ?? `User ${id.slice(-12)}`,
    };
    this.users.set(id, user);
    return user;
  }

  /** Adds a team; its name is the handle. */
  addTeam(team: Omit<Team, "name">): void {
    this.teams.set(team.id, { name: team.handle, ...team });
  }

  /** The product of a code, added when it is new. */
  product(code: string): Product {
    let product = this.products.get(code);
    if (!product) {
      product = { seats: new Seats() };
      this.products.set(code, product);
    }
    return product;
  }

  /** The ids of those who hold a seat, sorted. */
  holders(code: string): readonly string[] {
    return this.products.get(code)?.seats.sorted ?? [];
  }

  /** A user claims a seat by using the product, or somebody else assigns it. */
  claim(code: string, userId: string, at = new Date()): void {
    if (!this.users.has(userId)) this.addUser(userId);
    this.product(code).seats.set(userId, at);
  }

  /** Somebody else than the caller of the API unassigns a seat. */
  unassign(code: string, userId: string): void {
    this.product(code).seats.delete(userId);
  }
}
