// Plays a story, and looks after each command whether the rules of ownership hold.
import { FakeTime } from "./fakeTime";
import { disagreements, violations } from "./rules";
import { type Run, Stack } from "./stack";
import type { Command, Story, World } from "./story";

/** @throws Error with what broke, and with the calls, requests and messages of the command that broke it */
export async function play({ world, steps }: Story): Promise<void> {
  const time = new FakeTime();
  try {
    const stack = new Stack(world, time);
    for (const step of steps) {
      if (step.command === "outside") stack.change(step);
      else await runAndLook(stack, step, world);
    }
  } finally {
    time.end();
  }
}

async function runAndLook(stack: Stack, command: Command, world: World): Promise<void> {
  const run = await stack.run(command);
  complain(run, [...violations(run), ...needlessFailures(run, command, world)]);
  if (command.command !== "up" || hasFailed(run)) return;
  // With few workers, who is to take a seat over may wait for who is to release it: then the next run does it.
  const inOneRun = command.options.parallel === undefined;
  if (inOneRun) complain(run, disagreements(run, command.options));
  const again = await stack.run({ ...command, faults: [], kill: undefined });
  const disagreed = disagreements(again, command.options);
  complain(again, [...violations(again), ...again.failures, ...disagreed]);
  const exclusive = command.program.some((one) => one.exclusive);
  if (inOneRun && !exclusive) complain(again, effects(again));
}

const hasFailed = ({ failures, killed }: Run) => killed || failures.length > 0;

/** What failed though nothing was in its way. */
function needlessFailures({ failures }: Run, command: Command, world: World): string[] {
  return mayFail(command, world) ? [] : failures.map((failure) => `for no reason: ${failure}`);
}

/** What a command did; there is nothing to do after one that succeeded. */
function effects({ changes, requests }: Run): string[] {
  const writes = requests.filter(({ verb }) => verb !== "list");
  const all = [...changes, ...writes.map(({ verb, seats }) => `${verb} ${seats}`)];
  return all.map((what) => `the same command again is not without effect: ${what}`);
}

/** Whether a command may fail: in trouble, for want of seats, or because the program asks for what can't be done. */
function mayFail({ faults, kill, program }: Command, { capacity }: World): boolean {
  const asked = program.some((one) => one.reject || one.deleteBeforeReplace);
  return faults.length > 0 || kill !== undefined || capacity !== undefined || asked;
}

function complain({ watch }: Run, broken: readonly string[]): void {
  if (broken.length > 0)
    throw new Error(`${broken.join("\n")}\nThe command went like this:\n${watch}`);
}
