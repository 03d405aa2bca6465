// Finds a seat that two resources declare by their arguments. What Pulumi's own options make of these afterwards, the
// provider process compares: see lifecycle/run.ts.
import * as pulumi from "@pulumi/pulumi";
import { orgKey, readConnection } from "../config/connection";
import { DeclaredSeats } from "../model/declaredSeats";
import { inOrg } from "../model/seat";
import { runError } from "./runError";

/** Per run, by its stack resource: an Automation API program may run many stacks, many times, in one process. */
const declaredIn = new WeakMap<pulumi.Resource, DeclaredSeats>();

/** A product of an org, as a resource's arguments name it. */
export interface DeclaredProduct {
  org?: pulumi.Input<string> | undefined;
  productCode: pulumi.Input<string>;
}

/** The seats that one resource declares. */
export class SeatDeclaration {
  private readonly declared: DeclaredSeats;
  /** By product in words, because finding a key for each of thousands of members would take long. */
  private readonly productKeys = new Map<string, string>();

  /** @param name the name of the resource */
  constructor(readonly name: string) {
    // In a unit test with mocks there is no run, and nothing to compare with.
    const stack = pulumi.runtime.getStackResource();
    this.declared = (stack && declaredIn.get(stack)) ?? new DeclaredSeats();
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
    const userId = user.trim().toLowerCase();
    refuse(this.declared.add(this, { key, name: inWords(product) }, userId));
  }

  /** Declares every seat of a product, so that no other resource of this run may declare any. */
  declareAll(product: { org?: unknown; productCode: unknown }): void {
    const key = this.productKey(product);
    if (key !== undefined) refuse(this.declared.addAll(this, { key, name: inWords(product) }));
  }

  /** The same key for the same product, whatever its org is called; `undefined` for what the check refuses. */
  private productKey({ org, productCode }: { org?: unknown; productCode: unknown }) {
    if (typeof productCode !== "string") return undefined;
    if (org !== undefined && typeof org !== "string") return undefined;
    const named = inWords({ org, productCode });
    const key =
      this.productKeys.get(named) ?? `${orgKey(org?.trim(), connect)}/${productCode.trim()}`;
    this.productKeys.set(named, key);
    return key;
  }
}

function refuse(problem: string | undefined): void {
  if (problem !== undefined) throw runError(problem);
}

const connect = (org?: string) => readConnection(pulumi.runtime.getConfig, process.env, org);

const inWords = ({ org, productCode }: { org?: unknown; productCode: unknown }) =>
  inOrg(String(productCode).trim(), org === undefined ? undefined : String(org).trim());
