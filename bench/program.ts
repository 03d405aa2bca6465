// The programs that are measured, and the commands that are run on a stack of each.

export const PROGRAMS = {
  ours: "this provider",
  plugin: "as a native plugin",
  plain: "plain dynamic provider",
  floor: "a provider that does nothing",
  waiting: "a provider that waits 100 ms",
  roster: "one SeatRoster",
} as const;

export type Program = keyof typeof PROGRAMS;

/** What the Pulumi CLI calls each command. */
export const COMMANDS = {
  up: "up",
  "no-op up": "up",
  /** One member of a roster makes place for another user. */
  exchange: "up",
  refresh: "refresh",
  destroy: "destroy",
} as const;

export type Command = keyof typeof COMMANDS;
