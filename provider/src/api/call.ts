// What a request to Datadog is for. Each endpoint has a file of its own, such as seats.ts, that makes its calls.

export interface Call {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  /** Completes "Could not …", such as "assign an on_call seat to user 0000…". */
  readonly describe: (userIds: readonly string[]) => string;
  /** What the owner of the application key must be allowed to do; absent where any known key will do. */
  readonly permission?: Permission;
  /** Whether the request leaves the application key out. */
  readonly withoutAppKey?: true;
  /** Absent where the call is not about seats. */
  readonly productCode?: string;
  /** The users whose seats a call assigns or unassigns. */
  readonly userIds: readonly string[];
  /** Whether an earlier request of the same write may have taken effect; see SeatsApiError. */
  readonly inDoubt?: boolean;
}

export interface Permission {
  /** Completes "one of these permissions to …". */
  readonly to: string;
  /** Any one of them is enough. */
  readonly anyOf: readonly string[];
  /** One that is needed besides. */
  readonly also?: string;
}

/** Such as "one of these permissions to see seats: billing_read, incident_read, on_call_read; and user_access_read". */
export const neededPermissions = ({ to, anyOf, also }: Permission) =>
  `one of these permissions to ${to}: ${anyOf.join(", ")}${also ? `; and ${also}` : ""}`;

/** Whether a call can change something at Datadog. */
export const isWrite = ({ method }: Call) => method !== "GET";
