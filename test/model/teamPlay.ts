// Plays a story of several teams, and looks whether the ownership map keeps its word.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Datadog } from "./datadog";
import { FakeTime } from "./fakeTime";
import { ModelStack } from "./modelStack";
import type { Outcome } from "./outcome";
import { seatsDeclared } from "./program";
import { disagreements } from "./rules";
import {
  programOf,
  type Round,
  TEAMS,
  type TeamCommand,
  type TeamName,
  type TeamStory,
} from "./teams";
import { seatNamed, seatsIn, USERS, userIdOf } from "./world";

const HEALTHY = { command: "up", faults: [], isMapStale: false } as const;

/** @throws Error with what broke, and with the calls, requests and messages of the commands that broke it */
export async function playTeams(story: TeamStory): Promise<void> {
  const time = new FakeTime();
  const folder = mkdtempSync(join(tmpdir(), "teams-"));
  try {
    await new TeamPlay(story, time, folder).all();
  } finally {
    time.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

class TeamPlay {
  private readonly datadog: Datadog;
  private readonly stacks: Readonly<Record<TeamName, ModelStack>>;
  /** Seats that a run without any check has left in place: the dynamic provider is not told then which stack it is. */
  private readonly leftBehind = new Set<string>();

  constructor(
    private readonly story: TeamStory,
    private readonly time: FakeTime,
    private readonly folder: string,
  ) {
    this.datadog = new Datadog(story.world);
    const stack = (team: TeamName) => new ModelStack(story.world, time, this.datadog, team);
    this.stacks = {
      sre: stack("sre"),
      platform: stack("platform"),
      payments: stack("payments"),
    };
  }

  async all(): Promise<void> {
    for (const [n, round] of this.story.rounds.entries()) {
      const stale = this.story.rounds[n - 1] ?? round;
      for (const user of round.givingUp) {
        this.datadog.changeFromOutside("on_call", userIdOf(user), false);
      }
      for (const group of round.groups) await this.run(group, round, stale);
      await this.expectRest(round, n);
    }
  }

  /** All stacks with the new map, without trouble: then programs, states and Datadog agree. */
  private async expectRest(round: Round, n: number): Promise<void> {
    const first = n % TEAMS.length;
    for (const team of [...TEAMS.slice(first), ...TEAMS.slice(0, first)]) {
      const command = { ...HEALTHY, team, options: { refresh: true }, pace: n };
      const [outcome] = (await this.run([command], round, round)) as [Outcome];
      expectNone([outcome], [...outcome.failures, ...disagreements(outcome)]);
    }
    const declared = new Set(
      TEAMS.flatMap((team) => programOf(team, round).flatMap(seatsDeclared)),
    );
    const unowned = [...this.datadog.held].filter(
      (seat) => !declared.has(seat) && !this.leftBehind.has(seat),
    );
    if (unowned.length > 0) throw new Error(`held, and owned by no stack: ${unowned.join(", ")}`);
    for (const seat of declared) this.leftBehind.delete(seat);
  }

  private async run(group: readonly TeamCommand[], round: Round, stale: Round): Promise<Outcome[]> {
    const runs = group.map((command, n) => {
      const mapped = command.isMapStale ? stale : round;
      const file = join(this.folder, `${n}.json`);
      writeFileSync(file, this.mapOf(mapped));
      const program = command.command === "up" ? programOf(command.team, round) : [];
      const begun = this.stacks[command.team].begin(
        { ...command, program },
        { "datadogSeats:ownershipMap": file },
      );
      return { ...begun, listed: seatsListed(mapped) };
    });
    const end = await this.time.run(async () => {
      await Promise.all(runs.map(({ work }) => work()));
    });
    const outcomes = runs.map(({ outcome }) => outcome());
    expectNone(outcomes, [
      ...(end === "stuck" ? ["a command never ends"] : []),
      ...runs.flatMap(({ listed }, n) => unassignedThough(listed, outcomes[n] as Outcome)),
    ]);
    for (const { calls, before, after } of outcomes) {
      if (calls.some(({ method }) => method === "check")) continue;
      for (const seat of seatsIn(before.state)) {
        if (!seatsIn(after.state).has(seat)) this.leftBehind.add(seat);
      }
    }
    return outcomes;
  }

  private mapOf({ teams }: Round): string {
    const user = (id: string) => (this.story.byEmail ? `${id}@example.com` : id);
    const map = TEAMS.map((team) => {
      const members = USERS.filter((one) => teams.get(one) === team);
      return [team, { on_call: members.map((one) => user(userIdOf(one))) }];
    });
    return JSON.stringify(Object.fromEntries(map));
  }
}

const seatsListed = ({ teams }: Round) =>
  new Set([...teams.keys()].map((user) => seatNamed("on_call", userIdOf(user))));

/** The seats that a command unassigned, though the map that it was given lists them. */
const unassignedThough = (listed: ReadonlySet<string>, { requests }: Outcome): string[] =>
  requests
    .filter(({ verb }) => verb === "unassign")
    .flatMap(({ seats }) => seats.filter((seat) => listed.has(seat)))
    .map((seat) => `${seat} was unassigned, though the map lists it`);

function expectNone(outcomes: readonly Outcome[], broken: readonly string[]): void {
  if (broken.length === 0) return;
  const transcripts = outcomes.map(
    ({ transcript }) => `The command went like this:\n${transcript}`,
  );
  throw new Error([...broken, ...transcripts].join("\n"));
}
