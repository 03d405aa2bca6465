// npm run preview, npm run up, npm run destroy: all teams of teams.yaml, or those that are named.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import pLimit from "p-limit";
import { getUserIds, type TeamSeatsArgs } from "pulumi-datadog-seats";
import { Progress } from "./progress";
import { type Command, type Counts, existingStacks, reasonOf, runStack } from "./teamStack";
import { ownershipMap, readTeams, type Team, type Teams } from "./teams";

const FILE = "teams.yaml";
/** Every stack's run reads it, so that a member who changes teams keeps the seat. */
const MAP = "seats.json";
/** Each runs a pulumi of its own. */
const CONCURRENCY = 4;

async function main([command, ...named]: string[]): Promise<void> {
  if (command !== "preview" && command !== "up" && command !== "destroy") {
    throw new Error("Usage: npm run preview|up|destroy -- [team …]");
  }
  const teams = readTeams(FILE);
  // A team that has left the file still has a stack.
  const stacks = await existingStacks();
  const chosen = choose(command, named, command === "destroy" ? stacks : Object.keys(teams));
  const kept = Object.entries(teams).filter(
    ([name]) => command !== "destroy" || !chosen.includes(name),
  );
  // Without the teams that are destroyed: a seat that the map lists is never unassigned.
  writeFileSync(MAP, ownershipMap(Object.fromEntries(kept)));
  process.env.DATADOG_SEATS_OWNERSHIP_MAP = MAP;
  const seats = await lookUp(command === "destroy" ? [] : chosen, teams);
  // All stacks share the listings of this run.
  const cache = mkdtempSync(join(tmpdir(), "seats-"));
  process.env.DATADOG_SEATS_LISTING_CACHE ??= cache;
  const { notes, failures } = await runAll(command, chosen, seats).finally(() =>
    rmSync(cache, { recursive: true }),
  );
  for (const [name, note] of notes) console.log(`\n${name}:\n${indented(note)}`);
  for (const [name, { message }] of failures) {
    console.error(`\n${name} failed:\n${indented(message)}`);
  }
  if (failures.size > 0) process.exitCode = 1;

  const ownerless = (await existingStacks()).filter((name) => !Object.hasOwn(teams, name));
  if (ownerless.length > 0) {
    console.error(
      `\nNo team of ${FILE} has these stacks, which may own seats that are paid for. To unassign them:\n` +
        `  npm run destroy -- ${ownerless.join(" ")}`,
    );
  }
}

function choose(command: Command, named: readonly string[], known: readonly string[]): string[] {
  const thereIs = `There is: ${known.join(", ") || "none"}.`;
  const unknown = named.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(", ")}. ${thereIs}`);
  if (named.length > 0) return [...new Set(named)];
  if (command === "destroy") throw new Error(`Name what to destroy. ${thereIs}`);
  return [...known];
}

/** The seats that some teams should have. All their members are looked up by email at once. */
async function lookUp(names: readonly string[], teams: Teams): Promise<Map<string, TeamSeatsArgs>> {
  const chosen = Object.entries(teams).filter(([name]) => names.includes(name));
  const { ids } = await getUserIds({ emails: chosen.flatMap(([, { members }]) => members) });
  const seatsOf = (team: Team): TeamSeatsArgs => {
    const members = Object.entries(ids).filter(([email]) => team.members.includes(email));
    return { ...team, members: Object.fromEntries(members) };
  };
  return new Map(chosen.map(([name, team]) => [name, seatsOf(team)]));
}

/** Runs stacks side by side, each to its end whatever becomes of the others. */
async function runAll(
  command: Command,
  names: readonly string[],
  seats: ReadonlyMap<string, TeamSeatsArgs>,
) {
  const notes = new Map<string, string>();
  const failures = new Map<string, Error>();
  const progress = new Progress(names);
  const limit = pLimit(CONCURRENCY);
  let interrupted = false;
  // The running stacks get the Ctrl-C too, and stop in order. Not `once`: without a listener a second Ctrl-C would end
  // this process at once.
  process.on("SIGINT", () => {
    interrupted = true;
  });
  await limit.map(names, async (name) => {
    let counts: Counts = {};
    try {
      // A Ctrl-C that ended the previous team may be noticed one turn of the event loop after that end. The first of these
      // waits only ends the current turn.
      await nextTurn();
      await nextTurn();
      if (interrupted) throw new Error("Not begun, because this run was interrupted.");
      progress.update(name, "running");
      const note = await runStack(command, name, seats.get(name), (current) => {
        counts = current;
        progress.update(name, "running", inWords(counts));
      });
      if (note) notes.set(name, note);
      progress.update(name, "done", inWords(counts));
    } catch (error) {
      failures.set(name, error as Error);
      progress.update(name, "failed", inWords(counts));
    }
  });
  return { notes, failures };
}

/** Such as "seats: 2 create, 5 same". */
function inWords(counts: Counts): string {
  const words = Object.entries(counts).map(([op, count]) => `${count} ${op}`);
  return words.length > 0 ? `seats: ${words.join(", ")}` : "";
}

const indented = (text: string) => text.replaceAll(/^/gm, "  ");

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(reasonOf(error));
  process.exitCode = 1;
});
