// Who owns a seat: what must hold after every run, however it went.
import { isDeepStrictEqual } from "node:util";
import type { Outcome, SeenRequest } from "./outcome";
import { copy } from "./plugin";
import { declared, seatsDeclared } from "./program";
import { type Properties, urn } from "./snapshot";
import { ownedIn, seatsIn } from "./world";

/** What broke, in words. */
export function violations(outcome: Outcome): string[] {
  const stuck = outcome.stuck ? ["the command never ends"] : [];
  return [...stuck, ...seatsLost(outcome), ...strangersTouched(outcome)];
}

/** A seat that this stack owned or assigned, and that is still held, is in its state. */
function seatsLost({ before, after, requests, killed }: Outcome): string[] {
  const known = seatsIn(after.state);
  const owned = ownedIn(before.state);
  // What a killed run assigned could not be recorded any more.
  const assigned = requests.flatMap((request) =>
    !killed && request.verb === "assign" && isKnown(request, requests) ? request.seats : [],
  );
  const ours = new Set([
    ...[...owned].filter((seat) => before.held.has(seat)),
    ...assigned.filter((seat) => !before.held.has(seat)),
  ]);
  return [...ours]
    .filter((seat) => after.held.has(seat) && !known.has(seat))
    .map(
      (seat) =>
        `${seat} is held, ${owned.has(seat) ? "was owned" : "was assigned by this run"}, and is in no state`,
    );
}

/** Whether the provider could know that a write took effect: by its response, or by the listings after it. */
function isKnown(write: SeenRequest, requests: readonly SeenRequest[]): boolean {
  const listings = requests
    .slice(requests.indexOf(write))
    .filter(({ verb, productCode }) => verb === "list" && productCode === write.productCode);
  const found = listings.every(({ result }) => result === "done");
  return write.result === "done" || (write.result === "unclear" && found);
}

/** Nothing is unassigned but what a state holds and the program doesn't declare; nothing is assigned but what it does. */
function strangersTouched({ command: { program }, requests }: Outcome): string[] {
  const wanted = new Set(program.flatMap(seatsDeclared));
  return requests.flatMap(({ verb, seats, unowned, declared }) => {
    if (verb === "list") return [];
    if (verb === "assign") {
      return seats
        .filter((seat) => !wanted.has(seat))
        .map((seat) => `${seat} was assigned, and is not declared`);
    }
    return [
      ...unowned.map((seat) => `${seat} was unassigned, and was in no state`),
      ...declared.map((seat) => `${seat} was unassigned, and is declared`),
    ];
  });
}

const seatsRecorded = ({ productCode, userId, members }: Properties) =>
  copy({ productCode, userId, members });

/** What the state, the program and Datadog disagree about, though the run succeeded. */
export function disagreements({ command, before, after }: Outcome): string[] {
  const { program, options } = command;
  const resources = new Map(after.state.map((resource) => [urn(resource), resource]));
  const unfinished = after.state.filter((one) => one.initErrors || one.pendingDelete);
  const wrong = program.filter((one) => {
    const { outputs = {} } = resources.get(urn(one)) ?? {};
    return !isDeepStrictEqual(seatsRecorded(declared(one).inputs), seatsRecorded(outputs));
  });
  // Without a refresh nobody looks whether a seat that the state holds is still there.
  const overlooked = (seat: string) =>
    !options.refresh && ownedIn(before.state).has(seat) && !before.held.has(seat);
  const missing = program
    .flatMap(seatsDeclared)
    .filter((seat) => !after.held.has(seat) && !overlooked(seat));
  return [
    ...(after.state.length === program.length ? [] : ["the state holds other resources"]),
    ...unfinished.map((one) => `${urn(one)} is unfinished in the state`),
    ...wrong.map((one) => `${urn(one)} is not in the state as it is declared`),
    ...missing.map((seat) => `${seat} is declared, and not held`),
  ];
}
