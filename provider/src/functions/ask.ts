// What the functions share: the check of an argument, and how a program asks Datadog.
import * as pulumi from "@pulumi/pulumi";
import type { ClientOptions } from "../api/client";
import { sanitize } from "../api/sanitize";
import { type Connection, readConnection } from "../config/connection";
import { SeatsError } from "../model/errors";
import { kindOf } from "../resources/arguments";
import { runError } from "../resources/runtime";

/**
 * Refuses an argument whose value is wrong, such as an output.
 *
 * @param whose the name of the function, which has one for outputs too
 * @param what begins the message, such as "The emails of getUserIds are"
 */
export function checkValue(
  whose: string,
  what: string,
  value: unknown,
  problemOf: (value: unknown) => string | undefined,
): void {
  const problem = problemOf(value);
  if (problem === undefined) return;
  const advice = pulumi.Output.isInstance(value) ? `; ${whose}Output takes outputs` : "";
  throw runError(`${what} ${sanitize(kindOf(value))}: ${problem}${advice}.`);
}

/**
 * Asks Datadog from the program, with the configuration that the resources use.
 *
 * @throws pulumi.RunError in place of a SeatsError, which is then its cause
 */
export async function ask<T>(
  question: (connection: Connection, options: ClientOptions) => Promise<T>,
): Promise<T> {
  // Otherwise Pulumi could end the program while the request is in flight.
  const done = pulumi.runtime.rpcKeepAlive();
  try {
    const connection = readConnection(pulumi.runtime.getConfig, process.env);
    return await question(connection, { onWait: (line) => pulumi.log.info(line) });
  } catch (error) {
    throw error instanceof SeatsError ? runError(error.message, error) : error;
  } finally {
    done();
  }
}
