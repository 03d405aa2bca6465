// Finds a seat that two resources of one program declare: each would grant and revoke it behind the other's back.
import * as pulumi from "@pulumi/pulumi";

/** Per run, by its stack resource: an Automation API program may run many stacks, many times, in one process. */
const declaredIn = new WeakMap<pulumi.Resource, Map<string, SeatDeclaration>>();

/** The seats that one resource declares. */
export class SeatDeclaration {
  private readonly declared: Map<string, SeatDeclaration>;

  /** @param name the name of the resource */
  constructor(private readonly name: string) {
    // In a unit test with mocks there is no run, and nothing to compare with.
    const stack = pulumi.runtime.getStackResource();
    this.declared = (stack && declaredIn.get(stack)) ?? new Map();
    if (stack) declaredIn.set(stack, this.declared);
  }

  /**
   * Passes `userId` on, unless another resource of this run declares the same seat.
   *
   * @throws pulumi.RunError naming both resources, once the values are known
   */
  user(
    productCode: pulumi.Input<string> | undefined,
    userId: pulumi.Input<string> | undefined,
  ): pulumi.Input<string> | undefined {
    if (typeof productCode === "string" && typeof userId === "string") {
      // Outputs for nothing would cost a stack of hundreds of seats a noticeable time.
      this.claim(productCode, userId);
      return userId;
    }
    return pulumi.all([productCode, userId]).apply(([product, user]) => {
      this.claim(product, user);
      return user as string;
    });
  }

  /** As `user`, for values that are known already. What is no text is left for the resource's check to refuse. */
  claim(product: unknown, user: unknown): void {
    if (typeof product !== "string" || typeof user !== "string") return;
    const code = product.trim();
    const seat = `${code}/${user.trim().toLowerCase()}`;
    const other = this.declared.get(seat) ?? this.declared.get(everySeatOf(code)) ?? this;
    if (other !== this) this.refuse(other, `the seat of ${code} for user ${user}`);
    this.declared.set(seat, this);
  }

  /** Declares every seat of a product, so that no other resource of this run may declare any. */
  claimAll(product: string): void {
    const code = product.trim();
    for (const [seat, other] of this.declared) {
      if (seat.startsWith(`${code}/`) && other !== this)
        this.refuse(other, `seats of ${code}, one of them all`);
    }
    this.declared.set(everySeatOf(code), this);
  }

  private refuse(other: SeatDeclaration, what: string): never {
    const error = new pulumi.RunError(
      `"${other.name}" and "${this.name}" both declare ${what}: remove one of them.`,
    );
    // Pulumi spends many seconds on rendering a stack that it then doesn't show.
    error.stack = "";
    throw error;
  }
}

const everySeatOf = (product: string) => `${product}/*`;
