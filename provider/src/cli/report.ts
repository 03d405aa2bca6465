// `datadog-seats report`: who holds seats, which stack and resource owns each, and what is wrong.
import { type Command, InvalidArgumentError, Option } from "commander";
import { type ConnectOptions, connect } from "./connect";
import { listHolders } from "./list";
import { configStackOption, requireProduct } from "./options";
import { FAILED, FOUND, log, print } from "./output";
import { inWords, type Report, reportText } from "./reportText";
import {
  countSeats,
  reportSeats,
  SEAT_FINDINGS,
  type SeatCounts,
  type SeatFinding,
} from "./seatReport";
import type { OwnedSeat } from "./state";
import { addStateOptions, readStates, type StateOptions, type States } from "./stateSources";

/** What is reported of: products, states and an org. */
export interface ScopeOptions extends ConnectOptions, StateOptions {
  readonly product: readonly string[];
}

interface ReportOptions extends ScopeOptions {
  readonly json?: true;
  readonly markdown?: true;
  readonly failOn?: readonly SeatFinding[];
}

export const OWNED_HELP = `
Owned is the seat of a SeatAssignment that was not looked up with \`get\`, and those of a SeatRoster's members whom no
refresh has shown as others. A resource that is still to be deleted owns its seat: the next \`pulumi up\` unassigns
it. A seat that an interrupted run has assigned is owned by nobody until the next \`pulumi up\` adopts it.`;

const HELP = `
Findings:
  unmanaged  somebody holds the seat, and no resource of the given stacks owns it
  twice      two resources own it: whichever is destroyed first unassigns it for both
  missing    a resource owns it, and nobody holds it: \`pulumi up --refresh\` assigns it again
${OWNED_HELP}
When some of the states can't be read, the rest is reported, and the exit code is 1.`;

export function addReport(program: Command): void {
  const command = program
    .command("report")
    .description("Report who holds seats, which stack and resource owns each, and what is wrong.");
  addScopeOptions(command)
    .addOption(new Option("--json", "print an object").conflicts("markdown"))
    .option("--markdown", "print Markdown for a pull request or a job's summary")
    .addOption(
      new Option(
        "--fail-on <findings>",
        `end with ${FOUND} on ${SEAT_FINDINGS.join(", ")}`,
      ).argParser(seatFindings),
    )
    .addHelpText("after", HELP)
    .action(report);
}

/** Adds the options of what is reported. */
export function addScopeOptions(command: Command): Command {
  return addStateOptions(requireProduct(command)).addOption(configStackOption());
}

async function report(options: ReportOptions): Promise<void> {
  const { json, markdown, failOn = [] } = options;
  const states = await readStates(options, options.product);
  const { seats, products, unread } = await takeReport(options, states);
  const format = json ? "json" : markdown ? "markdown" : "table";
  print(reportText({ products, seats, unread }, format));
  for (const counts of products) if (format === "table") log(inWords(counts));
  const found = SEAT_FINDINGS.filter((finding) => failOn.includes(finding))
    .map((finding) => ({ finding, count: total(products, finding) }))
    .filter(({ count }) => count > 0);
  if (found.length > 0) {
    const counts = found.map(({ finding, count }) => `${count} ${finding}`).join(", ");
    log(`Found what --fail-on names: ${counts}.`);
    process.exitCode = FOUND;
  }
  logEmpty(products, states.owned);
  if (unread.length === 0) return;
  for (const reason of unread) log(`error: ${reason}`);
  log(
    `${unread.length} of ${states.count} states could not be read: what only they own is counted as unmanaged.`,
  );
  process.exitCode = FAILED;
}

const total = (products: readonly SeatCounts[], finding: SeatFinding) =>
  products.reduce((sum, counts) => sum + counts[finding], 0);

/** Compares what the states own with who holds seats at Datadog. */
export async function takeReport(
  options: ScopeOptions,
  { owned, unread }: States,
): Promise<Report> {
  const { product: productCodes } = options;
  const holders = await listHolders(await connect(options), productCodes);
  const seats = reportSeats(productCodes, holders, owned);
  return { products: productCodes.map((code) => countSeats(code, seats)), seats, unread };
}

/**
 * Asks about products of which nobody holds a seat and no state owns one. Such a code may have a typo: the listing is empty
 * for a product that is not used yet, and maybe for one that doesn't exist.
 */
export function logEmpty(products: readonly SeatCounts[], owned: readonly OwnedSeat[]): void {
  const inUse = new Set(owned.map(({ productCode }) => productCode));
  for (const { held, productCode } of products) {
    if (held > 0 || inUse.has(productCode)) continue;
    log(
      `No state that was read owns a seat of ${productCode} either, so there was nothing to check: is the product code right?`,
    );
  }
}

function seatFindings(value: string): SeatFinding[] {
  return value.split(",").map((part) => {
    const finding = SEAT_FINDINGS.find((known) => known === part.trim());
    if (finding) return finding;
    throw new InvalidArgumentError(`Expected some of ${SEAT_FINDINGS.join(",")}.`);
  });
}
