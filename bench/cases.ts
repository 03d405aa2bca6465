// What is measured, in the order of the report.
import type { Behaviour } from "../simulator/src";
import type { Command, Program } from "./program";

export interface Circumstances {
  readonly seats: number;
  /** How long Datadog takes for a response, in milliseconds. */
  readonly latencyMs: number;
  /** Users who hold a seat by themselves. */
  readonly others: number;
  /** Whether the seats of the stack are held already. */
  readonly held?: boolean;
  /** Whether the stack's users come before the others in a listing; else they come last. */
  readonly listedFirst?: boolean;
  readonly parallel?: number;
  readonly rateLimit?: Behaviour["rateLimit"];
  readonly pageLimit?: Behaviour["pageLimit"];
  readonly commands: readonly Command[];
}

export interface Case {
  /** As in `npm run bench -- NAME`. */
  readonly name: string;
  readonly title: string;
  readonly programs: readonly Program[];
  readonly rounds: number;
  readonly circumstances: Circumstances;
  /** The chart in which it is a point. */
  readonly chart?: "seats" | "holders";
}

const SIDE_BY_SIDE: readonly Program[] = ["ours", "plain", "floor"];

const DEFAULTS = {
  latencyMs: 100,
  others: 1000,
  commands: ["up", "no-op up", "refresh", "destroy"],
} as const;

const count = (n: number) => n.toLocaleString("en-US");

const sizes = [20, 50, 100, 200].map(
  (seats): Case => ({
    name: `seats-${seats}`,
    title: `${seats} seats, default parallelism`,
    programs: seats < 200 ? SIDE_BY_SIDE : ["ours", "plugin", "plain", "floor", "waiting"],
    rounds: 2,
    circumstances: { ...DEFAULTS, seats },
    chart: "seats",
  }),
);

const rosters = [1, 2000, 10_000].map(
  (seats): Case => ({
    name: `roster-${seats}`,
    title: `A roster of ${count(seats)}`,
    programs: ["roster"],
    rounds: 1,
    circumstances: { ...DEFAULTS, seats },
  }),
);

const orgs = [100, 1000, 10_000, 50_000].map(
  (others): Case => ({
    name: `org-${others}`,
    title: `20 seats in an org of ${count(others)} holders, responses after 20 ms`,
    programs: SIDE_BY_SIDE,
    rounds: 2,
    circumstances: {
      seats: 20,
      latencyMs: 20,
      others,
      commands: ["up", "refresh", "destroy"],
    },
    chart: "holders",
  }),
);

export const CASES: readonly Case[] = [
  ...sizes,
  {
    name: "parallel",
    title: "200 seats, `--parallel 32`",
    programs: ["ours", "plugin", "floor", "waiting"],
    rounds: 2,
    circumstances: { ...DEFAULTS, seats: 200, parallel: 32 },
  },
  {
    name: "held",
    title: "200 seats that are all held already",
    programs: ["ours"],
    rounds: 1,
    circumstances: { ...DEFAULTS, seats: 200, held: true, commands: ["up"] },
  },
  {
    name: "limited",
    title: "200 seats under a rate limit of 20 requests in 2 seconds",
    programs: ["ours", "plain"],
    rounds: 1,
    circumstances: {
      ...DEFAULTS,
      seats: 200,
      rateLimit: { limit: 20, periodSeconds: 2 },
      commands: ["up"],
    },
  },
  {
    name: "capped",
    title: "200 seats where Datadog caps pages at 100",
    programs: ["ours"],
    rounds: 1,
    circumstances: {
      ...DEFAULTS,
      seats: 200,
      pageLimit: { max: 100, above: "capped" },
      commands: ["up", "refresh", "destroy"],
    },
  },
  ...rosters,
  ...orgs,
  {
    name: "org-held",
    title: "20 seats that are held already, first in the listing of an org of 20,000 holders",
    programs: ["ours"],
    rounds: 1,
    circumstances: {
      ...DEFAULTS,
      seats: 20,
      latencyMs: 20,
      others: 20_000,
      held: true,
      listedFirst: true,
      commands: ["up"],
    },
  },
  {
    name: "org-roster",
    title: "A roster of 2,000 new members in an org of 20,000 holders",
    programs: ["roster"],
    rounds: 1,
    circumstances: { seats: 2000, latencyMs: 20, others: 20_000, commands: ["up"] },
  },
  {
    name: "roster-exchange",
    title: "A roster of 50,000, one of whom is exchanged",
    programs: ["roster"],
    rounds: 1,
    circumstances: {
      seats: 50_000,
      latencyMs: 20,
      others: 1000,
      commands: ["up", "no-op up", "exchange"],
    },
  },
];
