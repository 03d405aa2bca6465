// `pulumi-datadog-seats report`: who holds seats, which stack and resource owns each, and what is wrong.
import { type Command, InvalidArgumentError, Option } from "commander";
import { SeatsError } from "../model/errors";
import { aSeat } from "../model/seat";
import { listHolders } from "./list";
import { configStackOption, connect, type OrgOptions, requireProduct } from "./options";
import { inWords, reportText } from "./reportText";
import {
  countFinding,
  countSeats,
  hasFinding,
  reportSeats,
  SEAT_FINDINGS,
  type SeatCounts,
  type SeatFinding,
} from "./seatFindings";
import { addStateOptions, readStates, type StateOptions } from "./stateSources";
import { FAILED, FOUND, log, print } from "./stdio";

interface ReportOptions extends OrgOptions, StateOptions {
  readonly product: readonly string[];
  readonly json?: true;
  readonly markdown?: true;
  readonly only?: readonly SeatFinding[];
  readonly failOn?: readonly SeatFinding[];
}

const HELP = `
Findings:
  unmanaged  somebody holds the seat, and no resource of the given stacks owns it
  twice      two resources own it: whichever is destroyed first unassigns it for both
  missing    a resource owns it, and nobody holds it: \`pulumi up --refresh\` assigns it again

--only selects which seats are shown; the counts are of all seats. The exit code is ${FOUND} when any are shown.
--fail-on selects which findings end with ${FOUND}, and changes nothing that is shown.
Together, --only decides what is shown and --fail-on decides the exit code.

A SeatAssignment owns its seat, unless it was looked up with \`get\`. A SeatRoster owns the seats of its members, but not
those of others that a refresh has found. A resource that is still to be deleted owns its seat: the next \`pulumi up\`
unassigns it. A seat that an interrupted run has assigned is unmanaged until the next \`pulumi up\` adopts it.

When some states can't be read, the rest is reported, and the exit code is ${FAILED}. With --only unmanaged nothing is shown
then, because a state that could not be read may own any of these seats.`;

export function addReport(program: Command): void {
  const command = program
    .command("report")
    .description("Report who holds seats, which stack and resource owns each, and what is wrong.");
  addStateOptions(requireProduct(command))
    .addOption(configStackOption())
    .addOption(new Option("--json", "print an object").conflicts("markdown"))
    .option("--markdown", "print Markdown for a pull request or a job's summary")
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
  const { product: productCodes, only, failOn = only ?? [] } = options;
  const format = options.json ? "json" : options.markdown ? "markdown" : "table";
  const { owned, unread, count } = await readStates(options, productCodes);
  // Whoever unassigns what is shown must not unassign what a state owns that could not be read.
  if (only?.includes("unmanaged") && unread.length > 0) {
    throw new SeatsError(`${unread.join("\n")}\nSo it is unknown which seats are unmanaged.`);
  }

  const holders = await listHolders(await connect(options), productCodes);
  const seats = reportSeats(productCodes, holders, owned);
  const products = productCodes.map((code) => countSeats(code, seats));
  const shown = only ? { only, seats: seats.filter((seat) => hasFinding(seat, only)) } : { seats };
  print(reportText({ products, ...shown, unread }, format));

  if (format === "table") for (const counts of products) log(inWords(counts));
  const found = SEAT_FINDINGS.filter((finding) => failOn.includes(finding))
    .map((finding) => [countFinding(seats, finding), finding] as const)
    .filter(([count]) => count > 0);
  if (found.length > 0) {
    log(`Findings: ${found.map((words) => words.join(" ")).join(", ")}.`);
    process.exitCode = FOUND;
  }
  if (logEmpty(products, options.failOn !== undefined)) process.exitCode = FOUND;
  if (unread.length === 0) return;
  for (const reason of unread) log(`error: ${reason}`);
  log(
    `${unread.length} of ${count} states could not be read: what only they own is counted as unmanaged.`,
  );
  process.exitCode = FAILED;
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
