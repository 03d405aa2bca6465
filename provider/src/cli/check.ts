// What `doctor` says of one thing that it checked.
export interface Check {
  readonly state: "ok" | "failed" | "unknown";
  readonly what: string;
  /** What was seen, and what to do about it. */
  readonly explanation: string;
}

const check = (state: Check["state"]) => (what: string, explanation: string) => ({
  state,
  what,
  explanation,
});

export const ok = check("ok");
export const failed = check("failed");
export const unknown = check("unknown");
