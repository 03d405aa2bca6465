// `pulumi-datadog-seats report`: who holds seats, which stack and resource owns each, and what is wrong.
import { writeFile } from "node:fs/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import { apiHost, type Connection } from "../config/connection";
import { seatLimits } from "../config/seatLimits";
import { SeatsError } from "../model/errors";
import { aSeat } from "../model/seat";
import { listHolders } from "./list";
import {
  configStackOption,
  connectBy,
  nonEmpty,
  type OrgOptions,
  readSources,
  requireProduct,
  type Sources,
} from "./options";
import { type PeopleOptions, reportPeople } from "./people";
import { addPeopleOptions } from "./peopleOptions";
import { reportPage } from "./reportPage";
import { highlightFindings, inWords, type ReportFormat, reportText } from "./reportText";
import {
  countFinding,
  countSeats,
  FINDING_MEANINGS,
  hasFinding,
  type ReportedSeat,
  reportSeats,
  SEAT_FINDINGS,
  type SeatCounts,
  type SeatFinding,
} from "./seatFindings";
import { addStateOptions, readStates, type StateOptions } from "./stateSources";
import { FAILED, FOUND, log, print, terminalWidth } from "./stdio";

interface ReportOptions extends OrgOptions, StateOptions, PeopleOptions {
  readonly product: readonly string[];
  readonly json?: true;
  readonly markdown?: true;
  readonly html?: string;
  readonly only?: readonly SeatFinding[];
  readonly failOn?: readonly SeatFinding[];
}

const HELP = `
Findings:
${SEAT_FINDINGS.map((finding) => `  ${finding.padEnd(9)}  ${FINDING_MEANINGS[finding]}`).join("\n")}

--people looks for disabled, --inactive-days for disabled and inactive, --needed-by for seatless. Whoever is paged by what
--needed-by names needs a seat of each --product; a team pages by the escalation policies to which its routing rules lead.
Disabled people need none, and are named on stderr.

--only selects which seats are shown; the counts are of all seats. The exit code is ${FOUND} when any are shown.
--fail-on selects which findings end with ${FOUND}, and changes nothing that is shown. A product that nobody holds and no state
owns ends with ${FOUND} then, too: its code may have a typo.
Together, --only decides what is shown and --fail-on decides the exit code.

The table begins with the seats that have findings. On a narrow terminal it leaves out USER ID, WHY and NAME.
--html writes a page of the same seats, besides what is printed, for people who have a browser and no terminal.
With --config-stack it shows the seatLimit of that stack's configuration, too.

A SeatAssignment owns its seat, unless it was looked up with \`get\`. A SeatRoster owns the seats of its members, but not
those of others that a refresh has found. A resource that is still to be deleted owns its seat: the next \`pulumi up\`
unassigns it. A seat that an interrupted run has assigned is unmanaged until the next \`pulumi up\` adopts it.

When some states can't be read, the rest is reported, and the exit code is ${FAILED}. With --only unmanaged nothing is shown
then, because a state that could not be read may own any of these seats. Likewise when Datadog doesn't tell something about
people: stderr says what is unknown, and it is not counted.`;

export function addReport(program: Command): void {
  const command = program
    .command("report")
    .description("Report who holds seats, which stack and resource owns each, and what is wrong.");
  addPeopleOptions(addStateOptions(requireProduct(command)))
    .addOption(configStackOption())
    .addOption(new Option("--json", "print an object").conflicts("markdown"))
    .option("--markdown", "print Markdown for a pull request or a job's summary")
    .addOption(
      new Option("--html <file>", "write a page that can be searched and sorted").argParser(
        nonEmpty,
      ),
    )
    .addOption(
      new Option(
        "--only <findings>",
        `show only the seats with one of these findings: ${SEAT_FINDINGS.join(",")}`,
      ).argParser(seatFindings),
    )
    .addOption(
      new Option(
        "--fail-on <findings>",
        `end with ${FOUND} when a seat has one of these findings`,
      ).argParser(seatFindings),
    )
    .addHelpText("after", HELP)
    .action(report);
}

function seatFindings(value: string): SeatFinding[] {
  return value.split(",").map((part) => {
    const finding = SEAT_FINDINGS.find((known) => known === part.trim());
    if (finding) return finding;
    throw new InvalidArgumentError(`Expected one or more of ${SEAT_FINDINGS.join(",")}.`);
  });
}

async function report(options: ReportOptions): Promise<void> {
  const { product: productCodes, only } = options;
  const format = options.json ? "json" : options.markdown ? "markdown" : "table";
  const { owned, unread, count } = await readStates(options, productCodes);
  // Whoever unassigns what is shown must not unassign what a state owns that could not be read.
  if (only?.includes("unmanaged") && unread.length > 0) {
    throw new SeatsError(`${unread.join("\n")}\nSo it is unknown which seats are unmanaged.`);
  }

  const sources = await readSources(options);
  const connection = connectBy(sources, options);
  const holders = await listHolders(connection, productCodes);
  const { seats, lookedFor, undetermined } = await reportPeople(
    reportSeats(productCodes, holders, owned),
    productCodes,
    connection,
    options,
  );
  const products = productCodes.map((code) => countSeats(code, seats, lookedFor));
  const shown = only ? { only, seats: seats.filter((seat) => hasFinding(seat, only)) } : { seats };
  const result = { products, ...shown, unread, undetermined };
  const text = reportText(result, format, terminalWidth());
  print(text, format === "table" ? highlightFindings : undefined);

  if (format === "table") for (const counts of products) log(inWords(counts));
  logFindings(seats, options.failOn ?? only, format);
  if (logEmpty(products, options.failOn !== undefined)) process.exitCode = FOUND;
  for (const reason of [...unread, ...undetermined]) log(`error: ${reason}`);
  if (unread.length > 0) {
    log(
      `${unread.length} of ${count} states could not be read: what only they own is counted as unmanaged.`,
    );
  }
  if (unread.length + undetermined.length > 0) process.exitCode = FAILED;
  // Last, so that the rest is reported when it can't be written.
  if (options.html !== undefined) {
    const page = reportPage(result, siteOf(connection), new Date(), limitsOf(sources));
    await writePage(options.html, page);
  }
}

/** Such as `datadoghq.eu`. */
const siteOf = (connection: Connection) => apiHost(connection).replace(/^api\./, "");

/** The user's own bounds in the stack's configuration, where one was given. */
const limitsOf = ({ stack, nameOf }: Sources): ReadonlyMap<string, number> =>
  stack ? seatLimits(stack, nameOf) : new Map();

async function writePage(file: string, page: string): Promise<void> {
  await writeFile(file, page).catch(({ message }: Error) => {
    throw new SeatsError(`Could not write the page: ${message}.`);
  });
  log(`Wrote ${file}.`);
}

/** @param failOn which end with a code of their own */
function logFindings(
  seats: readonly ReportedSeat[],
  failOn: readonly SeatFinding[] | undefined,
  format: ReportFormat,
): void {
  const found = SEAT_FINDINGS.filter((finding) => (failOn ?? SEAT_FINDINGS).includes(finding))
    .map((finding) => [countFinding(seats, finding), finding] as const)
    .filter(([count]) => count > 0)
    .map((words) => words.join(" "));
  if (found.length > 0 && failOn) process.exitCode = FOUND;
  if (failOn ? found.length > 0 : format === "table") {
    log(`Findings: ${found.join(", ") || "none"}.`);
  }
}

/**
 * Asks about products of which nobody holds a seat and no state owns one. Such a code may have a typo: the listing is empty
 * for a product that is not used yet, and maybe for one that doesn't exist.
 *
 * @param fails whether they are a failure, because a check of a code with a typo would pass forever
 * @returns whether they are one
 */
function logEmpty(products: readonly SeatCounts[], fails: boolean): boolean {
  const empty = products.filter(({ held, owned }) => held === 0 && owned === 0);
  for (const { productCode } of empty) {
    log(
      `No state that was read owns ${aSeat(productCode)} either: is the product code right?${
        fails
          ? " With --fail-on this is a failure: a code with a typo would never have a finding."
          : ""
      }`,
    );
  }
  return fails && empty.length > 0;
}
