// Which resources of the stack hold which seats, by the state that its last run has left.
import * as pulumi from "@pulumi/pulumi";
import { stateType } from "../model/dynamicResource";
import { isObject } from "../model/object";
import { type Members, without } from "../model/roster";
import type { Seat } from "../model/seat";

/** A function that the engine itself offers to programs: the outputs of a stack's resources, by URN. */
const READ_STATE = "pulumi:pulumi:readStackResourceOutputs";

/**
 * The URNs of the resources by seat. Empty where the state can't be read: what a preview says must be right without it.
 *
 * @param productKey the same for the same product, whatever its org is called
 */
export async function seatsInState(
  productKey: (seat: Seat) => string,
): Promise<Map<string, string[]>> {
  const owners = new Map<string, string[]>();
  try {
    const stackName = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
    const { outputs } = await pulumi.runtime.invoke(READ_STATE, { stackName });
    for (const [urn, resource] of Object.entries(outputs as Record<string, unknown>)) {
      for (const seat of seatsOf(resource)) {
        const key = `${productKey(seat)}/${seat.userId}`;
        owners.set(key, [...(owners.get(key) ?? []), urn]);
      }
    }
  } catch (error) {
    pulumi.log.debug(`The state of the stack could not be read: ${error}`);
  }
  return owners;
}

function seatsOf(resource: unknown): Seat[] {
  if (!isObject(resource) || !isObject(resource.outputs)) return [];
  const { org, productCode, userId, members, others } = resource.outputs;
  const product = { org, productCode } as Seat;
  if (resource.type === stateType("SeatAssignment")) return [{ ...product, userId } as Seat];
  if (resource.type !== stateType("SeatRoster") || !isObject(members)) return [];
  const own = without(members as Members, Array.isArray(others) ? others : []);
  return Object.values(own).map((member) => ({ ...product, userId: member }));
}
