// What Datadog holds of a roster.
import type { dynamic } from "@pulumi/pulumi";
import { SeatsError } from "../model/errors";
import { addMembers, without } from "../model/roster";
import { aSeat, productOfRosterId, rosterId } from "../model/seat";
import { othersAmong, type RosterInputs, type RosterState } from "./rosterPlan";
import type { Run } from "./run";

/**
 * Those members who still hold their seats, and the others of an exclusive roster. Of an id alone, as for an import,
 * everybody who holds a seat.
 */
export async function readRoster(
  run: Run,
  id: string,
  state: Partial<RosterState>,
): Promise<dynamic.ReadResult> {
  const { productCode, members, exclusive, existing, maxRemovals, __urn } = state;
  if (productCode === undefined || members === undefined) return everybody(run, id);
  const product = { productCode };
  const holders = await run.product(product).all();
  const ids = new Set(holders.map(({ userId }) => userId));
  const own = Object.fromEntries(
    Object.entries(without(members, state.others)).filter(([, userId]) => ids.has(userId)),
  );
  const others = exclusive ? othersAmong(holders, own) : [];
  const { all, labels } = addMembers(own, others);
  const inputs: RosterInputs = {
    ...product,
    members: all,
    ...(exclusive !== undefined && { exclusive }),
    ...(existing && { existing }),
    ...(maxRemovals !== undefined && { maxRemovals }),
    ...(__urn !== undefined && { __urn }),
  };
  if (labels.length === 0) return { id, inputs, props: inputs };
  return {
    id,
    inputs: { ...inputs, __others: labels },
    props: { ...inputs, others: labels },
  };
}

async function everybody(run: Run, id: string): Promise<dynamic.ReadResult> {
  const product = productOfRosterId(id);
  if (!product) {
    throw new SeatsError(
      `${JSON.stringify(id)} is not the id of a roster. Expected one such as "on_call/roster": productCode/roster.`,
    );
  }
  const holders = othersAmong(await run.product(product).all(), {});
  if (holders.length === 0) {
    throw new SeatsError(`Nobody holds ${aSeat(product.productCode)}.`);
  }
  const inputs = { ...product, members: addMembers({}, holders).all };
  return { id: rosterId(product), inputs, props: inputs };
}
