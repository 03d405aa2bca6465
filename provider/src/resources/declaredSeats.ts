// Finds a seat that two resources of one program declare: each would assign and unassign it behind the other's back.
import * as pulumi from "@pulumi/pulumi";
import { orgIdentity, readConnection } from "../config/connection";
import { ConfigurationError } from "../model/errors";
import { inOrg } from "../model/seat";
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
  /** The resource that declares each seat. */
  private readonly declared: Map<string, SeatDeclaration>;
  /** By product in words, because finding a key for each of thousands of members would take long. */
  private readonly productKeys = new Map<string, string>();

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
      // Outputs that nothing needs would cost a stack of hundreds of seats a noticeable time.
      this.declare({ org, productCode }, userId);
      return userId;
    }
    return pulumi.all([org, productCode, userId]).apply(([name, code, user]) => {
      this.declare({ org: name, productCode: code }, user);
      return user as string;
    });
  }

  /** As `user`, for values that are known already. What is not a string is left for the resource's check to refuse. */
  declare(product: { org?: unknown; productCode: unknown }, user: unknown): void {
    const key = this.productKey(product);
    if (key === undefined || typeof user !== "string") return;
    const seat = `${key}/${user.trim().toLowerCase()}`;
    const exclusive = this.declared.get(everySeatOf(key));
    if (exclusive && exclusive !== this) this.refuseBeside(exclusive, this, product);
    const other = this.declared.get(seat) ?? this;
    if (other !== this) {
      throw runError(
        `"${other.name}" and "${this.name}" both declare the seat of ${inWords(product)} for user ${user}: remove one of them.`,
      );
    }
    this.declared.set(seat, this);
  }

  /** Declares every seat of a product, so that no other resource of this run may declare any. */
  declareAll(product: { org?: unknown; productCode: unknown }): void {
    const key = this.productKey(product);
    if (key === undefined) return;
    for (const [seat, other] of this.declared) {
      if (seat.startsWith(`${key}/`) && other !== this) this.refuseBeside(this, other, product);
    }
    this.declared.set(everySeatOf(key), this);
  }

  /** The same key for the same product, whatever its org is called; `undefined` for what the check refuses. */
  private productKey({ org, productCode }: { org?: unknown; productCode: unknown }) {
    if (typeof productCode !== "string") return undefined;
    if (org !== undefined && typeof org !== "string") return undefined;
    const named = inWords({ org, productCode });
    const key = this.productKeys.get(named) ?? `${orgKey(org?.trim())}/${productCode.trim()}`;
    this.productKeys.set(named, key);
    return key;
  }

  private refuseBeside(
    exclusive: SeatDeclaration,
    other: SeatDeclaration,
    product: { org?: unknown; productCode: unknown },
  ): never {
    throw runError(
      `"${exclusive.name}" is exclusive, so it declares every seat of ${inWords(product)}, and "${other.name}" declares seats of that product too: make them members of "${exclusive.name}", or make it not exclusive.`,
    );
  }
}

/** The identity of an org; its name where its configuration doesn't tell. */
function orgKey(org: string | undefined): string {
  try {
    return orgIdentity(readConnection(pulumi.runtime.getConfig, process.env, org));
  } catch (error) {
    if (error instanceof ConfigurationError) return `org ${org ?? ""}`;
    throw error;
  }
}

const inWords = ({ org, productCode }: { org?: unknown; productCode: unknown }) =>
  inOrg(String(productCode).trim(), org === undefined ? undefined : String(org).trim());

const everySeatOf = (product: string) => `${product}/*`;
