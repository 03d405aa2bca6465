// The functions of the plugin.
import { CheckFailure, type InvokeRequest, InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { Run } from "../lifecycle/run";
import { SeatsError } from "../model/errors";
import { productCodeProblem } from "../model/productCode";
import { argumentsOf, unknownNames } from "./schema";
import { received, toSend } from "./values";

const GET_SEAT_USERS = "datadog-seats:index:getSeatUsers";

/**
 * Calls a function.
 *
 * @throws SeatsError when there is no such function, or when it fails
 */
export async function invoke(run: Run, request: InvokeRequest): Promise<InvokeResponse> {
  if (request.getTok() !== GET_SEAT_USERS) {
    throw new SeatsError(
      `The plugin datadog-seats has no function ${request.getTok()}: expected ${GET_SEAT_USERS}.`,
    );
  }
  const { values, secrets } = received(request.getArgs());
  const unknown = unknownNames("getSeatUsers", Object.keys(values), argumentsOf(GET_SEAT_USERS));
  const { productCode } = values;
  const problem = productCodeProblem(productCode);
  const failures = [
    ...unknown.map((reason) => new CheckFailure().setReason(reason)),
    ...(problem ? [new CheckFailure().setProperty("productCode").setReason(problem)] : []),
  ];
  const response = new InvokeResponse().setFailuresList(failures);
  if (failures.length > 0) return response;
  return run.reportingOnce(async () => {
    // Every call lists the seats again.
    const holders = await run.product({ productCode: String(productCode).trim() }).allAnew();
    const users = [...holders.values()].sort((a, b) => (a.userId < b.userId ? -1 : 1));
    return response.setReturn(toSend({ users }, secrets));
  });
}
