// The products and users of the model, and how its stack is configured.
import { user } from "../support/ids";
import type { Properties, Recorded } from "./snapshot";
import type { World } from "./story";

export const USERS = ["alice", "bob", "carol", "dave"] as const;
export const PRODUCTS = ["on_call", "incident_response", "example_product"] as const;

export type UserName = (typeof USERS)[number];
export type ProductCode = (typeof PRODUCTS)[number];

export const userIdOf = (name: UserName) => user(USERS.indexOf(name) + 1);
const nameOf = (userId: string) => USERS.find((name) => userIdOf(name) === userId) ?? userId;

export const namesInsteadOfIds = (text: string) =>
  USERS.reduce((words, name) => words.replaceAll(userIdOf(name), name), text);

/** A seat in words: "on_call alice". */
export const seatNamed = (productCode: string, userId: string) =>
  `${productCode} ${nameOf(userId)}`;

/** The seats of a resource by its inputs or outputs. */
export function seatsOf(properties: Properties): string[] {
  const { productCode, userId, members } = properties as {
    productCode: string;
    userId?: string;
    members?: Record<string, string>;
  };
  const userIds = userId === undefined ? Object.values(members ?? {}) : [userId];
  return userIds.map((id) => seatNamed(productCode, id));
}

/** The seats in a state, with those that an exclusive roster has found and is going to unassign. */
export const seatsIn = (state: readonly Recorded[]) =>
  new Set(state.flatMap(({ outputs }) => seatsOf(outputs)));

/** The seats that a state owns. */
export function ownedIn(state: readonly Recorded[]): Set<string> {
  const owned = state.flatMap(({ outputs }) => {
    const { members = {}, others = [] } = outputs as Record<string, object> & { others?: string[] };
    const own = Object.entries(members).filter(([label]) => !others.includes(label));
    return seatsOf({ ...outputs, members: Object.fromEntries(own) });
  });
  return new Set(owned);
}

/** The configuration of the stack. */
export const configuration = ({ pageSize, adoptionPages }: World): Record<string, string> => ({
  "datadog:apiUrl": "https://api.datadoghq.com",
  "datadog:apiKey": "api-key",
  "datadog:appKey": "app-key",
  "datadogSeats:pageSize": `${pageSize}`,
  "datadogSeats:adoptionPages": `${adoptionPages}`,
});
