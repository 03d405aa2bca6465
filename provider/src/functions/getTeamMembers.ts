import type * as pulumi from "@pulumi/pulumi";
import { TeamsApi } from "../api/teams";
import { flagProblem, teamProblem } from "../model/lookups";
import { membersAmong } from "../model/members";
import { type ArgumentNames, checkArguments } from "../resources/arguments";
import { callDatadog, callWhenKnown, checkValue } from "./call";

/** The arguments of {@link getTeamMembers}. */
export interface GetTeamMembersArgs {
  /** The handle of a Datadog team, such as `"sre"`, or its UUID. */
  team: string;
  /** Whether the members of the teams beneath it count, at any depth; `false` by default. */
  subTeams?: boolean | undefined;
  /** Whether there may be no members; `false` by default. */
  allowEmpty?: boolean | undefined;
}

/** The arguments of {@link getTeamMembersOutput}. */
export interface GetTeamMembersOutputArgs {
  /** The handle of a Datadog team, such as `"sre"`, or its UUID. */
  team: pulumi.Input<string>;
  /** Whether the members of the teams beneath it count, at any depth; `false` by default. */
  subTeams?: pulumi.Input<boolean | undefined>;
  /** Whether there may be no members; `false` by default. */
  allowEmpty?: pulumi.Input<boolean | undefined>;
}

const ARGUMENTS: ArgumentNames<GetTeamMembersArgs> = {
  team: true,
  subTeams: true,
  allowEmpty: true,
};

/** The result of {@link getTeamMembers}. */
export interface GetTeamMembersResult {
  /** The UUID of each member, by email in lower case; by UUID where somebody has no email of their own. */
  ids: Record<string, string>;
}

/**
 * The members of a Datadog team: what a {@link SeatRoster} takes as `members`.
 *
 * The result has all members, or the call fails. Disabled users and service accounts are left out, and named in the output
 * of the run. A team without members is an error, unless `allowEmpty`, because an empty result would unassign every seat.
 * Every call asks Datadog again.
 *
 * Source: https://docs.datadoghq.com/api/latest/teams/#get-team-memberships
 *
 * @remarks
 * The result is what a {@link TeamSeats} takes as `members`, too. The call runs in the program, with the configuration
 * that the resources use. In a unit test it calls the mocks' `call` with `datadog-seats:index:getTeamMembers` instead.
 *
 * @example
 * const { ids } = await getTeamMembers({ team: "sre", subTeams: true });
 * new TeamSeats("sre", { products: ["on_call"], members: ids });
 *
 * @throws pulumi.RunError that says what failed. Its `cause` is a {@link SeatsError}: a {@link SeatsApiError} when a
 * request failed, and a {@link ConfigurationError} when the keys or the site are missing or malformed.
 */
export async function getTeamMembers(args: GetTeamMembersArgs): Promise<GetTeamMembersResult> {
  const name = "getTeamMembers";
  checkArguments(name, args, ARGUMENTS);
  checkValue(name, `The team of ${name} is`, args.team, teamProblem);
  checkValue(name, `subTeams of ${name} is`, args.subTeams, flagProblem);
  checkValue(name, `allowEmpty of ${name} is`, args.allowEmpty, flagProblem);
  const { team, subTeams = false, allowEmpty = false } = args;
  return callDatadog(name, args, async (connection, options, log) => {
    const found = await new TeamsApi(connection, options).members(team, subTeams);
    return { ids: membersAmong(found, `the team ${JSON.stringify(team)}`, allowEmpty, log) };
  });
}

/**
 * As {@link getTeamMembers}, for arguments that may not be known yet, and after the resources of `dependsOn`, such as the
 * memberships of `@pulumi/datadog`. In a preview the result is unknown while an argument is unknown, or while one of these
 * resources is still to be created. A {@link TeamSeats} needs its labels in a preview, so for one use
 * {@link getTeamMembers}.
 *
 * @example
 * const { ids } = getTeamMembersOutput({ team: "sre" });
 * new SeatRoster("on-call", { productCode: "on_call", members: ids });
 */
export function getTeamMembersOutput(
  args: GetTeamMembersOutputArgs,
  opts: Pick<pulumi.ResourceOptions, "dependsOn"> = {},
): pulumi.Output<GetTeamMembersResult> {
  return callWhenKnown("getTeamMembersOutput", getTeamMembers, args, ARGUMENTS, opts);
}
