// Which resources of the stack hold which seats, by the state that its last run wrote.
import * as pulumi from "@pulumi/pulumi";
import { stateType } from "../model/resourceTypes";
import { type Members, without } from "../model/roster";
import { type Seat, seatId } from "../model/seat";
import { isObject } from "../model/values";

/** A function that the engine itself offers to programs: the outputs of a stack's resources, by URN. */
const READ_STATE = "pulumi:pulumi:readStackResourceOutputs";

/**
 * The URNs of the resources by the id of the seat. Empty where the state can't be read: what a preview says must be right
 * without it.
 */
export async function seatsInState(): Promise<Map<string, string[]>> {
  const owners = new Map<string, string[]>();
  try {
    const stackName = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
    const { outputs } = await pulumi.runtime.invoke(READ_STATE, { stackName });
    for (const [urn, resource] of Object.entries(outputs as Record<string, unknown>)) {
      for (const seat of seatsOf(resource)) {
        const id = seatId(seat);
        owners.set(id, [...(owners.get(id) ?? []), urn]);
      }
    }
  } catch (error) {
    pulumi.log.debug(`The state of the stack could not be read: ${error}`);
  }
  return owners;
}

function seatsOf(resource: unknown): Seat[] {
  if (!isObject(resource) || !isObject(resource.outputs)) return [];
  const { productCode, userId, members, others, __external } = resource.outputs;
  // Something else owns a seat that was looked up with `SeatAssignment.get`.
  if (__external === true) return [];
  const product = { productCode: String(productCode) };
  if (resource.type === stateType("SeatAssignment"))
    return [{ ...product, userId: String(userId) }];
  if (resource.type !== stateType("SeatRoster") || !isObject(members)) return [];
  const own = without(members as Members, Array.isArray(others) ? others : []);
  return Object.values(own).map((member) => ({ ...product, userId: member }));
}
