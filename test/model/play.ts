// Plays a story, and looks after each command whether the rules of ownership hold.
import { FakeTime } from "./fakeTime";
import { ModelStack } from "./modelStack";
import type { Outcome, Stack } from "./outcome";
import { disagreements, violations } from "./rules";
import { urn } from "./snapshot";
import type { Command, Story, World } from "./story";

/** @throws Error with what broke, and with the calls, requests and messages of the command that broke it */
export async function play(story: Story): Promise<void> {
  const time = new FakeTime();
  try {
    await playOn(new ModelStack(story.world, time), story);
  } finally {
    time.end();
  }
}

/** As `play`, on a stack that is empty. */
export async function playOn(stack: Stack, { world, steps }: Story): Promise<void> {
  for (const step of steps) {
    if (step.command === "outside") {
      stack.change(step);
      continue;
    }
    const outcome = await stack.run(step);
    expectNone(outcome, [...violations(outcome), ...needlessFailures(outcome, world)]);
    if (step.command !== "up") continue;
    if (!hasFailed(outcome)) await expectRest(stack, outcome);
    else if (isStarved(step, world)) await expectConvergence(stack, outcome);
  }
}

/** After a run that succeeded all agree, and the same command again has nothing to do. */
async function expectRest(stack: Stack, outcome: Outcome): Promise<void> {
  expectNone(outcome, disagreements(outcome));
  const again = await expectConvergence(stack, outcome);
  // Whom an exclusive roster has to remove shows in the next refresh.
  if (!outcome.command.program.some((one) => one.exclusive)) expectNone(again, effects(again));
}

/** The same command, with enough workers and without trouble, leaves all agreeing. */
async function expectConvergence(stack: Stack, { command }: Outcome): Promise<Outcome> {
  const options = { ...command.options, parallel: undefined };
  const again = await stack.run({ ...command, options, faults: [], kill: undefined });
  expectNone(again, [...violations(again), ...again.failures, ...disagreements(again)]);
  return again;
}

const hasFailed = ({ failures, killed }: Outcome) => killed || failures.length > 0;

/** What failed though nothing was in its way. */
function needlessFailures({ command, failures }: Outcome, world: World): string[] {
  return mayFail(command, world) || isStarved(command, world)
    ? []
    : failures.map((failure) => `for no reason: ${failure}`);
}

/** What a command did, where there was nothing to do. */
function effects({ calls, requests }: Outcome): string[] {
  const steps = calls.filter(({ method }) => !["check", "diff", "read"].includes(method));
  const writes = requests.filter(({ verb }) => verb !== "list");
  return [
    ...steps.map(({ method, resource }) => `${method} ${urn(resource)}`),
    ...writes.map(({ verb, seats }) => `${verb} ${seats}`),
  ].map((what) => `the same command again is not without effect: ${what}`);
}

/** Whether a command may fail: in trouble, for want of seats, or because the program asks for what can't be done. */
function mayFail({ faults, kill, program }: Command, { capacity }: World): boolean {
  const asked = program.some((one) => one.reject || one.deleteBeforeReplace);
  return faults.length > 0 || kill !== undefined || capacity !== undefined || asked;
}

/** Whether nothing but the want of workers is in the way: who is to take a seat over then waits for who is to release it. */
const isStarved = (command: Command, world: World) =>
  command.options.parallel !== undefined && !mayFail(command, world);

function expectNone({ transcript }: Outcome, broken: readonly string[]): void {
  if (broken.length === 0) return;
  throw new Error(`${broken.join("\n")}\nThe command went like this:\n${transcript}`);
}
