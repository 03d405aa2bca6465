// Finds a seat that two resources of one program declare: each would grant and revoke it behind the other's back.
import * as pulumi from "@pulumi/pulumi";
import { runError } from "./runError";

/** Per run, by its stack resource: an Automation API program may run many stacks, many times, in one process. */
const declaredIn = new WeakMap<pulumi.Resource, Map<string, SeatDeclaration>>();

/** A product of an org, as a resource's arguments name it. */
export interface DeclaredProduct {
  org?: pulumi.Input<string> | undefined;
  productCode: pulumi.Input<string>;
}

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
    { org, productCode }: DeclaredProduct,
    userId: pulumi.Input<string> | undefined,
  ): pulumi.Input<string> | undefined {
    const inputs = [org ?? "", productCode, userId];
    if (inputs.every((input) => typeof input === "string")) {
      // Outputs for nothing would cost a stack of hundreds of seats a noticeable time.
      this.claim({ org, productCode }, userId);
      return userId;
    }
    return pulumi.all([org, productCode, userId]).apply(([name, code, user]) => {
      this.claim({ org: name, productCode: code }, user);
      return user as string;
    });
  }

  /** As `user`, for values that are known already. What is no text is left for the resource's check to refuse. */
  claim(product: { org?: unknown; productCode: unknown }, user: unknown): void {
    const named = inWords(product);
    if (named === undefined || typeof user !== "string") return;
    const seat = `${named}/${user.trim().toLowerCase()}`;
    const other = this.declared.get(seat) ?? this.declared.get(everySeatOf(named)) ?? this;
    if (other !== this) this.refuse(other, `the seat of ${named} for user ${user}`);
    this.declared.set(seat, this);
  }

  /** Declares every seat of a product, so that no other resource of this run may declare any. */
  claimAll(product: { org?: unknown; productCode: unknown }): void {
    const named = inWords(product);
    if (named === undefined) return;
    for (const [seat, other] of this.declared) {
      if (seat.startsWith(`${named}/`) && other !== this)
        this.refuse(other, `seats of ${named}, one of them all`);
    }
    this.declared.set(everySeatOf(named), this);
  }

  private refuse(other: SeatDeclaration, what: string): never {
    throw runError(`"${other.name}" and "${this.name}" both declare ${what}: remove one of them.`);
  }
}

/** A product as messages name it, and unlike any other; `undefined` for what the check will refuse. */
function inWords({ org, productCode }: { org?: unknown; productCode: unknown }) {
  if (typeof productCode !== "string") return undefined;
  if (org === undefined) return productCode.trim();
  return typeof org === "string" ? `${productCode.trim()} in org ${org.trim()}` : undefined;
}

const everySeatOf = (product: string) => `${product}/*`;
