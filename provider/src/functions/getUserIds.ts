import * as pulumi from "@pulumi/pulumi";
import { UsersApi } from "../api/users";
import { disabledProblem, emailListProblem, emailProblem } from "../model/usersByEmail";
import { type ArgumentNames, checkArguments } from "../resources/arguments";
import { withOwnPromises } from "../resources/promises";
import { callDatadog, checkValue } from "./call";

/** What to do about an email that only disabled users have. */
export type DisabledUsers = "error" | "leave out";

/** The arguments of {@link getUserIds}. */
export interface GetUserIdsArgs<
  Email extends string = string,
  Disabled extends DisabledUsers = DisabledUsers,
> {
  /** The emails of people, in any case. */
  emails: readonly Email[];
  /**
   * What to do about an email that only disabled users have: fail (`"error"`, the default), or leave it out of the result
   * and name it in the output of the run (`"leave out"`).
   */
  disabled?: Disabled | undefined;
}

/** The arguments of {@link getUserIdsOutput}. */
export interface GetUserIdsOutputArgs<Email extends string = string> {
  /** The emails of people, in any case. */
  emails: pulumi.Input<readonly pulumi.Input<Email>[]>;
  /** What to do about an email that only disabled users have; `"error"` by default. */
  disabled?: pulumi.Input<DisabledUsers | undefined>;
}

const ARGUMENTS: ArgumentNames<GetUserIdsArgs> = { emails: true, disabled: true };

/** The result of {@link getUserIds}. */
export interface GetUserIdsResult<Email extends string = string> {
  /** The UUID of each user, by email as the program writes it. */
  ids: Record<Email, string>;
}

/**
 * The UUIDs of people, by email: what a {@link SeatRoster} takes as `members`.
 *
 * An email, in any case, must belong to exactly one user who is neither disabled nor a service account. The result has
 * all emails, or the call fails; with `disabled` it may leave out those of disabled users. Without emails it is empty, and
 * nothing is requested. Every call asks Datadog again, so look up all people of a program in one.
 *
 * Source: https://docs.datadoghq.com/api/latest/users/#list-all-users
 *
 * @remarks
 * The result is what a {@link TeamSeats} takes as `members`, too. The call runs in the program, with the configuration
 * that the resources use. In a unit test it calls the mocks' `call` with `datadog-seats:index:getUserIds` instead.
 *
 * @example
 * const { ids } = await getUserIds({ emails: ["alice@example.com", "bob@example.com"] });
 * new TeamSeats("sre", { products: ["on_call"], members: ids });
 *
 * @throws pulumi.RunError that lists every email that doesn't belong to exactly one such user. Its `cause` is a
 * {@link SeatsError}: a {@link SeatsApiError} when a request failed, and a {@link ConfigurationError} when the keys
 * or the site are missing or malformed.
 */
export async function getUserIds<
  Email extends string = string,
  Disabled extends DisabledUsers = "error",
>(
  args: GetUserIdsArgs<Email, Disabled>,
): Promise<GetUserIdsResult<Disabled extends "error" ? Email : string>> {
  checkArguments("getUserIds", args, ARGUMENTS);
  checkValue("getUserIds", "The emails of getUserIds are", args.emails, emailListProblem);
  for (const [index, email] of args.emails.entries()) {
    checkValue("getUserIds", `Email ${index + 1} of getUserIds is`, email, emailProblem);
  }
  checkValue("getUserIds", "disabled of getUserIds is", args.disabled, disabledProblem);
  return callDatadog("getUserIds", args, async (connection, options, log) => {
    const leaveOut = args.disabled === "leave out" ? log : undefined;
    return { ids: await new UsersApi(connection, options).idsByEmail(args.emails, leaveOut) };
  });
}

/**
 * As {@link getUserIds}, for arguments that may not be known yet: in a preview the result is unknown until all of them
 * are. A {@link TeamSeats} needs its labels in a preview, so for one use {@link getUserIds}.
 *
 * @example
 * const { ids } = getUserIdsOutput({ emails: ["alice@example.com", "bob@example.com"] });
 * new SeatRoster("on-call", { productCode: "on_call", members: ids });
 */
export function getUserIdsOutput<Email extends string = string>(
  args: GetUserIdsOutputArgs<Email>,
): pulumi.Output<GetUserIdsResult<Email>> {
  checkArguments("getUserIdsOutput", args, ARGUMENTS);
  return pulumi
    .all([withOwnPromises(args.emails), withOwnPromises(args.disabled)])
    .apply(([emails, disabled]) =>
      getUserIds({ emails: emails as readonly Email[], ...(disabled && { disabled }) }),
    );
}
