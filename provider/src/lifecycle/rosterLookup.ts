// What is known of the seats that a roster is about to claim, in a preview as in an `up`.
import { SeatsError } from "../model/errors";
import type { Member } from "../model/roster";
import type { Lookup } from "../seats/listing";
import { currentHolder, refusalOf } from "./claim";
import { rosterMapRefusal, rosterRejection } from "./rosterMessages";
import type { RosterInputs } from "./rosterPlan";
import type { Run } from "./run";

/**
 * By the user's UUID.
 *
 * @throws SeatsError when `existing: "reject"` or the ownership map refuses a member; SeatsApiError
 */
export async function lookUpMembers(
  run: Run,
  { productCode, existing }: RosterInputs,
  joining: readonly Member[],
): Promise<ReadonlyMap<string, Lookup>> {
  const lookups = new Map<string, Lookup>();
  const rejected: Member[] = [];
  const mapped: [label: string, reason: string][] = [];
  await Promise.all(
    joining.map(async (member) => {
      const [label, userId] = member;
      const claim = { productCode, existing, userId };
      const lookup = await currentHolder(run, claim);
      lookups.set(userId, lookup);
      const refusal = refusalOf(run, claim, lookup);
      if (refusal === "existing") rejected.push(member);
      else if (refusal) mapped.push([label, refusal.reason]);
    }),
  );
  if (mapped.length > 0) throw new SeatsError(rosterMapRefusal({ productCode }, mapped));
  if (rejected.length > 0) throw new SeatsError(rosterRejection({ productCode }, rejected));
  return lookups;
}
