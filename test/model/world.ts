// The places of the model: two orgs of Datadog, three names for them in a stack's configuration, products and users.
import type { Product } from "../../provider/src/model/seat";
import { user } from "../support/ids";
import type { Properties, Recorded } from "./snapshot";

export const USERS = ["alice", "bob", "carol", "dave"] as const;
export const PRODUCTS = ["on_call", "incident_response"] as const;
export const ORGS = ["us", "eu"] as const;
/** What a program calls an org; `undefined` is the default one. The first two are the same org. */
export const ORG_NAMES = [undefined, "main", "eu"] as const;

export type UserName = (typeof USERS)[number];
export type ProductCode = (typeof PRODUCTS)[number];
export type OrgCode = (typeof ORGS)[number];
export type OrgName = (typeof ORG_NAMES)[number];

export const orgNamed = (name?: string): OrgCode => (name === "eu" ? "eu" : "us");

export const userIdOf = (name: UserName) => user(USERS.indexOf(name) + 1);
const nameOf = (userId: string) => USERS.find((name) => userIdOf(name) === userId) ?? userId;

export const namesInsteadOfIds = (text: string) =>
  USERS.reduce((words, name) => words.replaceAll(userIdOf(name), name), text);

/** A seat, whatever its org is called in the program: "us on_call alice". */
export const seatIn = (org: OrgCode, productCode: string, userId: string) =>
  `${org} ${productCode} ${nameOf(userId)}`;

/** The seats of a resource by its inputs or outputs. */
export function seatsOf(properties: Properties): string[] {
  const { org, productCode, userId, members } = properties as unknown as Product & {
    userId?: string;
    members?: Record<string, string>;
  };
  const userIds = userId === undefined ? Object.values(members ?? {}) : [userId];
  return userIds.map((id) => seatIn(orgNamed(org), productCode, id));
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

const URL = "https://api.datadoghq.com";
const KEYS = { us: "us-api-key", "another of us": "us-api-key-2", eu: "eu-api-key" };
/** The API key under the name `main`: that of the default org, or another one of it. */
export type KeyOfMain = "us" | "another of us";

/** The configuration of the stack; both orgs are behind one URL, as two on one site of Datadog are. */
export function configuration(
  keyOfMain: KeyOfMain,
  pageSize: number,
  adoptionPages: number,
): Record<string, string> {
  const org = (apiKey: string) => ({ apiUrl: URL, apiKey, appKey: `${apiKey}-app` });
  return {
    "datadog:apiUrl": URL,
    "datadog:apiKey": KEYS.us,
    "datadog:appKey": `${KEYS.us}-app`,
    "datadogSeats:pageSize": `${pageSize}`,
    "datadogSeats:adoptionPages": `${adoptionPages}`,
    "datadogSeats:orgs": JSON.stringify({ main: org(KEYS[keyOfMain]), eu: org(KEYS.eu) }),
  };
}

export const orgOfKey = (apiKey: string): OrgCode => (apiKey === KEYS.eu ? "eu" : "us");
