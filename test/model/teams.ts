// Stories of a stack for each team with an ownership map: people join, leave and change teams, or give up their seats, and the
// stacks run in any order and side by side, in part, with programs that throw, in trouble, and with maps that are out of date.
import fc from "fast-check";
import type { Program, Resource } from "./program";
import { command, world } from "./stories";
import type { Command, World } from "./story";
import { USERS, type UserName } from "./world";

export const TEAMS = ["sre", "platform", "payments"] as const;
export type TeamName = (typeof TEAMS)[number];

/** The team of each person who has one. */
type Teams = ReadonlyMap<UserName, TeamName>;

/** A command of one team's stack. */
export interface TeamCommand extends Omit<Command, "program"> {
  readonly team: TeamName;
  /** Whether it is given the map of the round before. */
  readonly isMapStale: boolean;
}

/** What changes at once, as by a pull request, and the commands that run then. */
export interface Round {
  readonly teams: Teams;
  /** Who has a SeatAssignment; the others of a team share its roster. */
  readonly single: readonly UserName[];
  /** The teams with `existing: "reject"`. */
  readonly rejecting: readonly TeamName[];
  /** Who gives up a seat outside of Pulumi, before the commands. */
  readonly givingUp: readonly UserName[];
  /** One group after the other; the commands of one run side by side. */
  readonly groups: readonly (readonly TeamCommand[])[];
}

export class TeamStory {
  constructor(
    readonly world: World,
    /** Whether the map lists people by email. */
    readonly byEmail: boolean,
    readonly rounds: readonly Round[],
  ) {}

  toString(): string {
    return this.rounds.map((round, n) => `round ${n + 1}: ${inWords(round)}`).join("\n");
  }

  [fc.toStringMethod](): string {
    return `\n${this.byEmail ? "by email" : "by UUID"}\n${this}\n`;
  }
}

/** What the stack of a team declares. */
export function programOf(team: TeamName, { teams, single, rejecting }: Round): Program {
  const members = USERS.filter((user) => teams.get(user) === team);
  const seat = { product: "on_call", reject: rejecting.includes(team) } as const;
  const roster = members.filter((user) => !single.includes(user));
  const seats = members
    .filter((user) => single.includes(user))
    .map((user): Resource => ({ ...seat, type: "SeatAssignment", name: user, users: [user] }));
  // The roster comes first: so who leaves it is not declared yet when it is updated.
  if (roster.length === 0) return seats;
  return [{ ...seat, type: "SeatRoster", name: "team", users: roster }, ...seats];
}

function inWords({ teams, single, rejecting, givingUp, groups }: Round): string {
  const people = [...teams].map(
    ([user, team]) => `${user} in ${team}${single.includes(user) ? "" : "'s roster"}`,
  );
  const runs = groups.map((group) =>
    group
      .map(({ team, command: what, options, faults, kill, isMapStale, pace }) => {
        const more = JSON.stringify({ ...options, faults, kill, isMapStale, pace });
        return `${what} ${team} ${more}`;
      })
      .join("\n   beside "),
  );
  const more = `rejecting: ${rejecting.join(" ")}; giving up: ${givingUp.join(" ")}`;
  return [people.join(", "), more, ...runs].join("\n  ");
}

const someTeam = fc.constantFrom(...TEAMS);

const teamCommand: fc.Arbitrary<TeamCommand> = fc
  .record({
    team: someTeam,
    command,
    isMapStale: fc.oneof(
      { weight: 4, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
    exclude: fc.oneof(
      { weight: 5, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.subarray(["team", ...USERS]) },
    ),
    throwsAfter: fc.oneof(
      { weight: 5, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.nat(2) },
    ),
  })
  .map(({ team, isMapStale, exclude, throwsAfter, command: { edits: _, trouble, ...drawn } }) => ({
    ...drawn,
    ...trouble,
    team,
    isMapStale,
    options: { ...drawn.options, exclude, throwsAfter },
  }));

const round: fc.Arbitrary<Round> = fc.record({
  teams: fc
    .array(fc.option(someTeam), { minLength: USERS.length, maxLength: USERS.length })
    .map((chosen) => new Map(USERS.flatMap((user, n) => (chosen[n] ? [[user, chosen[n]]] : [])))),
  single: fc.subarray([...USERS]),
  rejecting: fc.subarray([...TEAMS]),
  givingUp: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.subarray([...USERS]) },
  ),
  groups: fc.array(
    fc.uniqueArray(teamCommand, { minLength: 1, maxLength: 3, selector: ({ team }) => team }),
    { minLength: 0, maxLength: 3 },
  ),
});

export const teamStories: fc.Arbitrary<TeamStory> = fc
  .record({
    world: world.map((drawn) => ({ ...drawn, capacity: undefined })),
    byEmail: fc.boolean(),
    rounds: fc.array(round, { minLength: 2, maxLength: 4 }),
  })
  .map((drawn) => new TeamStory(drawn.world, drawn.byEmail, drawn.rounds));
