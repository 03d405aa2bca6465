import * as pulumi from "@pulumi/pulumi";
import { providerText, stateType } from "../model/resourceTypes";
import { labelProblem } from "../model/roster";
import { type ArgumentNames, checkArguments, checkMembers, checkOptions } from "./arguments";
import { withOwnPromises } from "./promises";
import { isOfType, programHints, runError } from "./runtime";
import type { ExistingSeat, ProductCode } from "./seatAssignment";

/** The arguments of a {@link SeatRoster}. */
export interface SeatRosterArgs {
  /** The product whose seats they are, such as `"on_call"`. Changing it replaces the resource. */
  productCode: pulumi.Input<ProductCode>;
  /**
   * Who is to hold a seat: the UUIDs of Datadog users, by labels of your choice, such as emails. A preview names additions
   * and removals by these labels. Another label for the same user changes nothing at Datadog.
   */
  members: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /**
   * `false` (the default): this roster owns the seats of its members, and no others. `true`: nobody else may hold a
   * seat of this product. A refresh then shows other holders as members, by email, and the next `pulumi up` unassigns
   * their seats, but never one that no refresh has shown.
   */
  exclusive?: pulumi.Input<boolean>;
  /**
   * How many members one change of the roster may remove: a change that would remove more fails in the preview, with
   * their names. It counts everybody who leaves the roster, also those whose seats another resource declares now.
   * Without it there is no limit, but a roster with members can't be changed to have none: a list that has come out
   * empty must not unassign everybody. Destroying or removing the resource has no limit.
   *
   * Set it where a Node.js program uses the native plugin by an SDK that `pulumi package add` generates: such an SDK
   * drops a member whose value is undefined, so that the plugin treats the member as removed.
   */
  maxRemovals?: pulumi.Input<number>;
  /** What to do when a member already holds a seat: `"adopt"` it (the default), or `"reject"` the whole change. */
  existing?: pulumi.Input<ExistingSeat>;
}

const ARGUMENTS: ArgumentNames<SeatRosterArgs> = {
  productCode: true,
  members: true,
  exclusive: true,
  maxRemovals: true,
  existing: true,
};

/**
 * Many users' seats of one Datadog product, in one resource.
 *
 * Members are added and removed in place, removals first, in requests of up to 100 users. When some of them fail, the
 * state holds those who have a seat, and the next `pulumi up` does the rest.
 *
 * Source: https://docs.datadoghq.com/api/latest/seats/
 *
 * @example
 * new SeatRoster("on-call", {
 *   productCode: "on_call",
 *   members: {
 *     "alice@example.com": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
 *     "bob@example.com": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
 *   },
 * });
 */
export class SeatRoster extends pulumi.CustomResource {
  /** The type of the resource in Pulumi's state, by the name that policies ask for. */
  static readonly __pulumiType = stateType("SeatRoster");

  /** The product whose seats they are. */
  declare readonly productCode: pulumi.Output<string>;
  /** Who holds a seat: UUIDs in lower case, by label. */
  declare readonly members: pulumi.Output<Record<string, string>>;
  /** Whether nobody else may hold a seat; absent means `false`. */
  declare readonly exclusive: pulumi.Output<boolean | undefined>;
  /** What happens when a member already holds a seat; absent means `"adopt"`. */
  declare readonly existing: pulumi.Output<ExistingSeat | undefined>;
  /** How many members one change may remove; absent means any number but all. */
  declare readonly maxRemovals: pulumi.Output<number | undefined>;

  /** Whether `value` is a SeatRoster, of whichever copy of this package. */
  static override isInstance(value: unknown): value is SeatRoster {
    return isOfType(value, SeatRoster.__pulumiType);
  }

  /** @param name the name of the resource, unique in its stack */
  constructor(name: string, args: SeatRosterArgs, opts?: pulumi.CustomResourceOptions) {
    checkArguments(`the SeatRoster "${name}"`, args, ARGUMENTS);
    checkOptions(`the SeatRoster "${name}"`, opts);
    const { productCode, members, exclusive, existing, maxRemovals } = withOwnPromises(args);
    super(
      SeatRoster.__pulumiType,
      name,
      {
        productCode,
        members: checked(name, members),
        exclusive,
        existing,
        maxRemovals,
        ...programHints(SeatRoster.__pulumiType, name, opts),
        __provider: providerText("SeatRoster"),
      },
      opts,
    );
  }
}

/** Refuses a member without a value: Pulumi leaves out what is undefined, and a member who is left out loses the seat. */
function checked(name: string, members: SeatRosterArgs["members"]): SeatRosterArgs["members"] {
  const check = (label: string, user: unknown) => {
    const member = `The member ${JSON.stringify(label)} of the SeatRoster "${name}"`;
    const problem = labelProblem(label);
    if (problem) throw runError(`${member}: ${problem}.`);
    if (user !== undefined && user !== null) return;
    throw runError(
      `${member} is ${user}: expected the UUID of a Datadog user. A missing value removes nobody: correct it, or leave the label out.`,
    );
  };
  if (pulumi.Output.isInstance(members) || members instanceof Promise) {
    return pulumi.output(members).apply((users) => {
      for (const [label, user] of Object.entries(users ?? {})) check(label, user);
      return users;
    });
  }
  checkMembers(`the SeatRoster "${name}"`, members);
  const entries = Object.entries(members).map(([label, user]) => {
    check(label, user);
    // An output for each of thousands of strings would cost seconds.
    if (typeof user === "string") return [label, user];
    const known = pulumi.output(user).apply((value) => {
      check(label, value);
      return value;
    });
    return [label, known];
  });
  return Object.fromEntries(entries);
}
