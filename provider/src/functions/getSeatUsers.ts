import * as pulumi from "@pulumi/pulumi";
import type { SeatUser } from "../api/responses";
import { readConnection } from "../config/connection";
import { SeatsError } from "../model/errors";
import { runError } from "../resources/runError";
import type { ProductCode } from "../resources/seatAssignment";
import { created } from "./created";

/** What the mocks of a unit test are called with. */
const TOKEN = "datadog-seats:index:getSeatUsers";

/** The arguments of {@link getSeatUsers}. */
export interface GetSeatUsersArgs {
  /** The product whose seats they hold, such as `"on_call"`. */
  productCode: ProductCode;
  /**
   * The Datadog org to ask, by its name in the configuration `datadogSeats:orgs`; nothing given means the org of the
   * keys under `datadog:`.
   */
  org?: string;
}

/** The arguments of {@link getSeatUsersOutput}. */
export interface GetSeatUsersOutputArgs {
  /** The product whose seats they hold, such as `"on_call"`. */
  productCode: pulumi.Input<ProductCode>;
  /** The Datadog org to ask; see {@link GetSeatUsersArgs.org}. */
  org?: pulumi.Input<string>;
}

/** The result of {@link getSeatUsers}. */
export interface GetSeatUsersResult {
  /** Everybody who holds a seat now, in the order of their UUIDs. */
  users: SeatUser[];
}

/**
 * Who holds the seats of a Datadog product now, whether or not by this stack.
 *
 * Every call asks Datadog anew, for every page: `users` is complete, or the call fails. It runs in the program, with
 * the connection that the resources use. In a unit test it asks the mocks' `call` for
 * `datadog-seats:index:getSeatUsers` instead.
 *
 * Source: https://docs.datadoghq.com/api/latest/seats/
 *
 * @example
 * const { users } = await getSeatUsers({ productCode: "on_call" });
 *
 * @throws pulumi.RunError with what Datadog said and what to do: keys missing or refused, no such org, no answer
 */
export async function getSeatUsers(args: GetSeatUsersArgs): Promise<GetSeatUsersResult> {
  if (isMocked()) return pulumi.runtime.invoke(TOKEN, args);
  const productCode = args.productCode?.trim();
  if (!productCode) throw runError('getSeatUsers needs a product code such as "on_call".');
  // The program may have come to its end otherwise.
  const done = pulumi.runtime.rpcKeepAlive();
  try {
    const connection = readConnection(pulumi.runtime.getConfig, process.env, args.org?.trim());
    // Loading the HTTP client takes long, and most programs ask nothing.
    const { SeatsApi } = require("../api/seats") as typeof import("../api/seats");
    const api = new SeatsApi(connection, { onWait: (line) => pulumi.log.info(line) });
    const holders = await api.list(productCode);
    return { users: [...holders.values()].sort((a, b) => (a.id < b.id ? -1 : 1)) };
  } catch (error) {
    throw error instanceof SeatsError ? runError(error.message) : error;
  } finally {
    done();
  }
}

/**
 * As {@link getSeatUsers}, for arguments that may not be known yet, and after `dependsOn`: the seats that these
 * resources assign are among those that it finds. In a preview the result is unknown while an argument is, or while
 * one of these resources has yet to be created; where they are only to be updated, such as a roster that grows, it
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
  return pulumi
    .all([args.productCode, args.org, created(opts.dependsOn)])
    .apply(([productCode, org]) =>
      getSeatUsers({ productCode, ...(org !== undefined && { org }) }),
    );
}

/** Whether `pulumi.runtime.setMocks` is in force. */
function isMocked(): boolean {
  const monitor = pulumi.runtime.getMonitor() as { mocks?: pulumi.runtime.Mocks } | undefined;
  return monitor?.mocks !== undefined;
}
