// The options by which `report` asks Datadog about people, and which findings each of them is for.
import { type Command, InvalidArgumentError, Option } from "commander";
import { parseNeed } from "./needs";
import type { PeopleOptions } from "./people";
import type { PeopleFinding, SeatFinding } from "./seatFindings";

/** The option without which a finding is not looked for. */
const OPTION_OF = {
  disabled: "people",
  inactive: "inactiveDays",
  seatless: "neededBy",
} as const satisfies Record<PeopleFinding, keyof PeopleOptions>;

/** The options that name findings. */
interface FindingOptions {
  readonly only?: readonly SeatFinding[];
  readonly failOn?: readonly SeatFinding[];
}

/** Adds the options, and refuses a finding that would not be looked for. */
export function addPeopleOptions(command: Command): Command {
  return command
    .option("--people", "look for holders who are disabled")
    .addOption(
      new Option("--inactive-days <days>", "look for holders without a login for so long, too")
        .argParser(days)
        .implies({ people: true }),
    )
    .addOption(
      new Option(
        "--needed-by <what...>",
        "look for people without a seat whom these page: schedule:ID,policy:ID,team:HANDLE",
      ).argParser((value, others: PeopleOptions["neededBy"] = []) => [
        ...others,
        ...value.split(",").map(parseNeed),
      ]),
    )
    .hook("preAction", () => {
      const options = command.opts<PeopleOptions & FindingOptions>();
      for (const [flag, findings = []] of [
        ["--only", options.only],
        ["--fail-on", options.failOn],
      ] as const) {
        for (const finding of findings) {
          const needed = OPTION_OF[finding as PeopleFinding];
          if (needed === undefined || options[needed] !== undefined) continue;
          const { flags } = command.options.find((one) => one.attributeName() === needed) as Option;
          command.error(`error: option '${flag} ${finding}' needs '${flags}'`);
        }
      }
    });
}

function days(value: string): number {
  if (/^[1-9]\d{0,4}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("Expected a number of days, such as 90.");
}
