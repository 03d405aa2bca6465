// The stack of one team, driven by Pulumi's Automation API.
import { type EngineEvent, LocalWorkspace } from "@pulumi/pulumi/automation";
import { SeatAssignment, TeamSeats, type TeamSeatsArgs } from "pulumi-datadog-seats";

export type Command = "preview" | "up" | "destroy";

/** How many seats were created, deleted and so on, by Pulumi's name for the operation. */
export type Counts = Readonly<Record<string, number>>;

/** When every member of a team has the same problem, a few lines are enough. */
const LINES_SHOWN = 5;

// Pulumi.yaml is here, and from here the provider's process resolves pulumi-datadog-seats.
const workDir = __dirname;

/** The names of all stacks, with or without a team. */
export async function existingStacks(): Promise<string[]> {
  const stacks = await (await LocalWorkspace.create({ workDir })).listStacks();
  return stacks.map(({ name }) => name.split("/").at(-1) ?? name).sort();
}

/**
 * @param team the seats that it should have; not used by a `destroy`
 * @param onProgress called with the number of finished seats, after each one
 * @returns what the provider reported, such as seats that it adopted, in a few lines
 * @throws Error with a few lines of what Datadog and Pulumi said
 */
export async function runStack(
  command: Command,
  stackName: string,
  team: TeamSeatsArgs | undefined,
  onProgress: (counts: Counts) => void,
): Promise<string> {
  const counts: Record<string, number> = {};
  const notes = new Set<string>();
  const errors = new Set<string>();
  const onEvent = ({ resOutputsEvent, diagnosticEvent }: EngineEvent) => {
    const { severity, message = "" } = diagnosticEvent ?? {};
    if (severity === "info") notes.add(message.trim());
    // Pulumi ends every failure with this line.
    if (severity === "error" && !/^\w+ failed\s*$/.test(message)) errors.add(message.trim());
    const { type, op = "refresh" } = resOutputsEvent?.metadata ?? {};
    if (type !== SeatAssignment.__pulumiType || op === "refresh") return;
    counts[op] = (counts[op] ?? 0) + 1;
    onProgress(counts);
  };
  const program = async () => {
    if (team) new TeamSeats(stackName, team);
  };
  try {
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName, projectName: "stack-per-team", program },
      { workDir },
    );
    if (command === "preview") await stack.preview({ refresh: true, onEvent });
    if (command === "up") await stack.up({ refresh: true, onEvent });
    if (command === "destroy") await stack.destroy({ remove: true, onEvent });
    return someOf([...notes]);
  } catch (error) {
    throw new Error(errors.size > 0 ? someOf([...errors]) : reasonOf(error as Error));
  }
}

/** The last error that a failed `pulumi` printed, or else how it ended. */
export function reasonOf({ message }: Error): string {
  if (message.includes("spawn pulumi ENOENT")) return "There is no pulumi on the PATH.";
  return /error: (.*)/.exec(message)?.[1] ?? /stderr: (.+)/.exec(message)?.[1] ?? message;
}

function someOf(lines: readonly string[]): string {
  const more = lines.length - LINES_SHOWN;
  const shown = lines.slice(0, LINES_SHOWN).join("\n");
  return more > 0 ? `${shown}\nand ${more} more` : shown;
}
