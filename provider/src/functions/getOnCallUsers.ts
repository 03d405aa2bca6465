import type * as pulumi from "@pulumi/pulumi";
import { OnCallApi } from "../api/onCall";
import { flagProblem, listProblem, ON_CALL_OBJECTS } from "../model/lookups";
import { membersAmong, ON_CALL } from "../model/members";
import { type ArgumentNames, checkArguments } from "../resources/arguments";
import { callDatadog, callWhenKnown, checkValue } from "./call";

/** The arguments of {@link getOnCallUsers}. */
export interface GetOnCallUsersArgs {
  /** The UUIDs of On-Call schedules: everybody on a layer that has not ended. */
  schedules?: readonly string[] | undefined;
  /** The UUIDs of escalation policies: everybody whom a step pages, by a schedule or a team too. */
  escalationPolicies?: readonly string[] | undefined;
  /** The handles or UUIDs of teams: everybody whom the escalation policies of their routing rules page. */
  teams?: readonly string[] | undefined;
  /** Whether there may be nobody; `false` by default. */
  allowEmpty?: boolean | undefined;
}

/** The arguments of {@link getOnCallUsersOutput}. */
export interface GetOnCallUsersOutputArgs {
  /** The UUIDs of On-Call schedules: everybody on a layer that has not ended. */
  schedules?: pulumi.Input<readonly pulumi.Input<string>[] | undefined>;
  /** The UUIDs of escalation policies: everybody whom a step pages, by a schedule or a team too. */
  escalationPolicies?: pulumi.Input<readonly pulumi.Input<string>[] | undefined>;
  /** The handles or UUIDs of teams: everybody whom the escalation policies of their routing rules page. */
  teams?: pulumi.Input<readonly pulumi.Input<string>[] | undefined>;
  /** Whether there may be nobody; `false` by default. */
  allowEmpty?: pulumi.Input<boolean | undefined>;
}

const ARGUMENTS: ArgumentNames<GetOnCallUsersArgs> = {
  schedules: true,
  escalationPolicies: true,
  teams: true,
  allowEmpty: true,
};

/** The result of {@link getOnCallUsers}. */
export interface GetOnCallUsersResult {
  /** The UUID of each person, by email in lower case; by UUID where somebody has no email of their own. */
  ids: Record<string, string>;
}

/**
 * Everybody whom On-Call schedules, escalation policies and teams can page: what a {@link SeatRoster} takes as `members`.
 *
 * A step that pages a team pages all its members. Overrides of a schedule don't count, because Datadog doesn't include
 * them. The result has everybody, or the call fails. Disabled users are left out, and named in the output of the run.
 * Nobody at all is an error, unless `allowEmpty`, because an empty result would unassign every seat. Every call asks
 * Datadog again.
 *
 * Source: https://docs.datadoghq.com/api/latest/on-call/
 *
 * @remarks
 * The result is what a {@link TeamSeats} takes as `members`, too. The call runs in the program, with the configuration
 * that the resources use. In a unit test it calls the mocks' `call` with `datadog-seats:index:getOnCallUsers` instead.
 *
 * @example
 * const { ids } = await getOnCallUsers({ schedules: ["3fa85f64-5717-4562-b3fc-2c963f66afa6"], teams: ["sre"] });
 * new TeamSeats("on-call", { products: ["on_call"], members: ids });
 *
 * @throws pulumi.RunError that says what failed. Its `cause` is a {@link SeatsError}: a {@link SeatsApiError} when a
 * request failed, and a {@link ConfigurationError} when the keys or the site are missing or malformed.
 */
export async function getOnCallUsers(args: GetOnCallUsersArgs): Promise<GetOnCallUsersResult> {
  const name = "getOnCallUsers";
  checkArguments(name, args, ARGUMENTS);
  const { schedules = [], escalationPolicies = [], teams = [], allowEmpty = false } = args;
  const objects = { schedules, escalationPolicies, teams };
  for (const [property, problemOf] of Object.entries(ON_CALL_OBJECTS)) {
    const values = objects[property as keyof typeof objects];
    checkValue(name, `${property} of ${name} is`, values, listProblem);
    for (const [index, value] of values.entries()) {
      checkValue(name, `${property}[${index}] of ${name} is`, value, problemOf);
    }
  }
  checkValue(name, `allowEmpty of ${name} is`, allowEmpty, flagProblem);
  return callDatadog(name, args, async (connection, options, log) => {
    const found = await new OnCallApi(connection, options).users(objects);
    return { ids: membersAmong(found, ON_CALL, allowEmpty, log) };
  });
}

/**
 * As {@link getOnCallUsers}, for arguments that may not be known yet, and after the resources of `dependsOn`. In a preview
 * the result is unknown while an argument is unknown, or while one of these resources is still to be created. A
 * {@link TeamSeats} needs its labels in a preview, so for one use {@link getOnCallUsers}.
 *
 * @example
 * const { ids } = getOnCallUsersOutput({ schedules: [schedule.id] });
 * new SeatRoster("on-call", { productCode: "on_call", members: ids });
 */
export function getOnCallUsersOutput(
  args: GetOnCallUsersOutputArgs,
  opts: Pick<pulumi.ResourceOptions, "dependsOn"> = {},
): pulumi.Output<GetOnCallUsersResult> {
  return callWhenKnown("getOnCallUsersOutput", getOnCallUsers, args, ARGUMENTS, opts);
}
