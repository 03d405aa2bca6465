import * as pulumi from "@pulumi/pulumi";
import { providerText, stateType } from "../model/resourceTypes";
import { type ArgumentNames, checkArguments, checkOptions } from "./arguments";
import { previewSeat } from "./newSeats";
import { withOwnPromises } from "./promises";
import { isMocked, isOfType, programHints } from "./runtime";

/**
 * `incident_response` is the code in Datadog's own sources; `on_call` and `incident_management` are likely. Any other code
 * that the API accepts works too.
 */
export type ProductCode = "incident_response" | "on_call" | "incident_management" | (string & {});

/** What happens when the user already holds the seat. */
export type ExistingSeat = "adopt" | "reject";

/** The arguments of a {@link SeatAssignment}. */
export interface SeatAssignmentArgs {
  /**
   * The product whose seat it is, such as `"incident_response"` or `"on_call"`. Changing it replaces the resource.
   */
  productCode: pulumi.Input<ProductCode>;
  /**
   * The UUID of the Datadog user who is to hold the seat, in any case. Changing it replaces the resource: the new user's
   * seat is assigned first, and the old user's is unassigned at the end of the run. With the option
   * `deleteBeforeReplace: true` it is the other way round, and the number of seats never rises.
   */
  userId: pulumi.Input<string>;
  /**
   * What to do when the user already holds the seat: `"adopt"` (the default) makes this stack own it, so that deleting
   * the resource unassigns it; `"reject"` fails.
   */
  existing?: pulumi.Input<ExistingSeat>;
}

const ARGUMENTS: ArgumentNames<SeatAssignmentArgs> = {
  productCode: true,
  userId: true,
  existing: true,
};

/**
 * One user's seat of one Datadog product.
 *
 * Creating it assigns the seat (POST), deleting it unassigns the seat (DELETE), and a refresh notices when somebody else
 * has unassigned it. A seat that the user already holds is adopted. Its id is `productCode/userId`.
 *
 * Source: https://docs.datadoghq.com/api/latest/seats/
 *
 * @example
 * new SeatAssignment("alice-on-call", {
 *   productCode: "on_call",
 *   userId: "3fa85f64-5717-4562-b3fc-2c963f66afa6",
 * });
 */
export class SeatAssignment extends pulumi.CustomResource {
  /** The type of the resource in Pulumi's state, by the name that policies ask for. */
  static readonly __pulumiType = stateType("SeatAssignment");

  /** The product whose seat it is. */
  declare readonly productCode: pulumi.Output<string>;
  /** The UUID of the user who holds the seat, in lower case. */
  declare readonly userId: pulumi.Output<string>;
  /** What happens when the user already holds the seat; absent means `"adopt"`. */
  declare readonly existing: pulumi.Output<ExistingSeat | undefined>;
  /**
   * Whether the user already held the seat when this resource was created; absent where that is not known, because the
   * product has more holders than the run looked at (`adoptionPages` in the configuration).
   */
  declare readonly adopted: pulumi.Output<boolean | undefined>;
  /** The user's email: known for an adopted seat, and for every seat after a refresh; otherwise mostly absent. */
  declare readonly email: pulumi.Output<string | undefined>;
  /** The user's name: known when `email` is. */
  declare readonly name: pulumi.Output<string | undefined>;
  /** When the seat was assigned, as an ISO 8601 date and time: known when `email` is. */
  declare readonly assignedAt: pulumi.Output<string | undefined>;

  /**
   * Looks up a seat that something else manages, without owning it. Fails when the user holds none.
   *
   * @param name the name of this resource in the program
   * @param id `productCode/userId`
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
  ): SeatAssignment {
    return new SeatAssignment(name, undefined, { ...opts, id: withOwnPromises(id) });
  }

  /** Whether `value` is a SeatAssignment, of whichever copy of this package. */
  static override isInstance(value: unknown): value is SeatAssignment {
    return isOfType(value, SeatAssignment.__pulumiType);
  }

  /**
   * @param name the name of the resource, unique in its stack
   * @param args the seat; left out only by {@link SeatAssignment.get}
   */
  constructor(name: string, args: SeatAssignmentArgs, opts?: pulumi.CustomResourceOptions);
  /** @internal */
  constructor(
    name: string,
    args: SeatAssignmentArgs | undefined,
    opts?: pulumi.CustomResourceOptions,
  );
  constructor(
    name: string,
    args: SeatAssignmentArgs | undefined,
    opts?: pulumi.CustomResourceOptions,
  ) {
    // A lookup has an id instead of arguments.
    if (args || opts?.id === undefined)
      checkArguments(`the SeatAssignment "${name}"`, args, ARGUMENTS);
    checkOptions(`the SeatAssignment "${name}"`, opts);
    const inputs: pulumi.Inputs = {
      ...withOwnPromises({
        productCode: args?.productCode,
        userId: args?.userId,
        existing: args?.existing,
      }),
      // Outputs that only the provider knows.
      adopted: undefined,
      email: undefined,
      name: undefined,
      assignedAt: undefined,
      // An output that the provider process fills in previews.
      ...(pulumi.runtime.isDryRun() && { __lookup: undefined }),
      ...(args && programHints(SeatAssignment.__pulumiType, name, opts)),
      __provider: providerText("SeatAssignment"),
    };
    super(SeatAssignment.__pulumiType, name, inputs, opts);
    if (args && pulumi.runtime.isDryRun() && !isMocked()) previewSeat(this, name);
  }
}
