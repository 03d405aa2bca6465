// The state of a simulated Datadog org: its users, and who holds which product's seats.

export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** `"Active"` without. A disabled user keeps the seats. */
  readonly status?: "Active" | "Pending" | "Disabled";
  readonly serviceAccount?: boolean;
  /** An ISO 8601 date and time, as the next one. */
  readonly createdAt?: string;
  /** `null` for somebody who has never logged in. Without, an active user logged in just now, and nobody else ever did. */
  readonly lastLoginAt?: string | null;
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

export interface Schedule {
  readonly id: string;
  readonly name: string;
  readonly layers: readonly {
    /** Whose turn it is, by user id; `null` where nobody's. */
    readonly members: readonly (string | null)[];
    /** An ISO 8601 date and time; without one it doesn't end. */
    readonly endDate?: string;
  }[];
}

/** Whom a step of an escalation policy pages. */
export interface Target {
  readonly type: "users" | "schedules" | "teams";
  readonly id: string;
  /** Of a schedule, whom it pages other than those on call now. */
  readonly position?: "previous" | "current" | "next";
}

export interface EscalationPolicy {
  readonly id: string;
  readonly name: string;
  readonly steps: readonly (readonly Target[])[];
}

/** Names an escalation policy as its relationship, or as an action. */
export interface RoutingRule {
  readonly policy?: string;
  readonly action?: string;
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
  readonly schedules = new Map<string, Schedule>();
  readonly policies = new Map<string, EscalationPolicy>();
  /** By the id of the team. */
  readonly routingRules = new Map<string, readonly RoutingRule[]>();
  /** The schedules and policies whose access rules keep them from every caller. */
  readonly restricted = new Set<string>();

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

  addSchedule(id: string, layers: Schedule["layers"]): void {
    this.schedules.set(id, { id, name: `Schedule ${id.slice(-12)}`, layers });
  }

  addPolicy(id: string, steps: EscalationPolicy["steps"]): void {
    this.policies.set(id, { id, name: `Policy ${id.slice(-12)}`, steps });
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
