import type * as pulumi from "@pulumi/pulumi";
import { inOrder, type SeatUser } from "../api/responses";
import { SeatsApi } from "../api/seats";
import { productCodeProblem } from "../model/seat";
import { type ArgumentNames, checkArguments } from "../resources/arguments";
import type { ProductCode } from "../resources/seatAssignment";
import { callDatadog, callWhenKnown, checkValue } from "./call";

/** The arguments of {@link getSeatUsers}. */
export interface GetSeatUsersArgs {
  /** The product whose seats to list, such as `"on_call"`. */
  productCode: ProductCode;
}

/** The arguments of {@link getSeatUsersOutput}. */
export interface GetSeatUsersOutputArgs {
  /** The product whose seats to list, such as `"on_call"`. */
  productCode: pulumi.Input<ProductCode>;
}

const ARGUMENTS: ArgumentNames<GetSeatUsersArgs> = { productCode: true };

/** The result of {@link getSeatUsers}. */
export interface GetSeatUsersResult {
  /** Everybody who holds a seat now, in the order of their UUIDs. */
  users: SeatUser[];
}

/**
 * Who holds the seats of a Datadog product now, whether or not this stack owns them.
 *
 * Every call lists the seats again, page by page: `users` is complete, or the call fails.
 *
 * Source: https://docs.datadoghq.com/api/latest/seats/
 *
 * @remarks It runs in the program, with the configuration that the resources use. In a unit test it calls the mocks'
 * `call` with `datadog-seats:index:getSeatUsers` instead.
 *
 * @example
 * const { users } = await getSeatUsers({ productCode: "on_call" });
 *
 * @throws pulumi.RunError that says what failed and what to do. Its `cause` is a {@link SeatsApiError} when a request
 * failed, and a {@link ConfigurationError} when the keys or the site are missing or malformed.
 */
export async function getSeatUsers(args: GetSeatUsersArgs): Promise<GetSeatUsersResult> {
  checkArguments("getSeatUsers", args, ARGUMENTS);
  checkValue(
    "getSeatUsers",
    "The productCode of getSeatUsers is",
    args.productCode,
    productCodeProblem,
  );
  return callDatadog("getSeatUsers", args, async (connection, options) => {
    const holders = await new SeatsApi(connection, options).list(args.productCode.trim());
    return { users: inOrder(holders) };
  });
}

/**
 * As {@link getSeatUsers}, for arguments that may not be known yet, and after the resources of `dependsOn`, so that it
 * finds the seats that these assign. In a preview the result is unknown while an argument is unknown, or while one of
 * these resources is still to be created. Where they are only to be updated, such as a roster that grows, a preview
 * shows who holds seats before the change.
 *
 * @example
 * const onCall = getSeatUsersOutput({ productCode: "on_call" }, { dependsOn: team });
 * export const emails = onCall.users.apply((users) => users.map(({ email }) => email));
 */
export function getSeatUsersOutput(
  args: GetSeatUsersOutputArgs,
  opts: Pick<pulumi.ResourceOptions, "dependsOn"> = {},
): pulumi.Output<GetSeatUsersResult> {
  return callWhenKnown("getSeatUsersOutput", getSeatUsers, args, ARGUMENTS, opts);
}
