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
}

/** Whether a call can change something at Datadog. */
export const isWrite = ({ method }: Call) => method !== "GET";
