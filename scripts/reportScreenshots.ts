// `npx tsx scripts/reportScreenshots.ts`: writes the pictures of the page of `report --html`, which the documents show.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { reportPage } from "../provider/src/cli/reportPage";
import { countSeats, reportSeats } from "../provider/src/cli/seatFindings";
import { users } from "../simulator/src";
import { launchBrowser } from "./browser";

const NAMES =
  "Ada Novak,Amir Haddad,Bea Lindqvist,Carlos Mena,Chloé Martin,Daniel Osei,Emi Tanaka,Femi Adeyemi,Grace Kim,Hugo Silva,Ines Fischer,Jonas Weber,Kavya Rao,Leo Rossi,Mina Park,Nils Berg,Olga Petrova,Priya Shah,Rosa Diaz,Sam Taylor,Tariq Aziz,Uma Iyer,Vera Costa,Wei Chen".split(
    ",",
  );
const STACKS = ["platform", "payments", "support"];
const ids = users(NAMES.length);

const holders = ["on_call", "incident_response"].flatMap((productCode, product) =>
  NAMES.map((name, n) => ({
    productCode,
    userId: ids[n] ?? "",
    name,
    email: `${name.split(" ")[0]?.normalize("NFD").replace(/\P{L}/gu, "").toLowerCase()}@example.com`,
    assignedAt: `2026-0${1 + (n % 9)}-1${n % 7}T08:00:00Z`,
  })).filter((_, n) => n !== 5 && (product === 0 || n % 3 !== 0)),
);
const owned = ["on_call", "incident_response"].flatMap((productCode, product) =>
  ids.flatMap((userId, n) => {
    if (n === 3 || n === 17 || (product === 1 && (n % 3 === 0 || n === 10))) return [];
    const member = NAMES[n]?.split(" ")[0]?.toLowerCase() ?? "";
    const stacks = n === 8 && product === 0 ? STACKS.slice(0, 2) : [STACKS[n % 3] ?? ""];
    return stacks.map((stack) => ({
      productCode,
      userId,
      owner: { project: "seats", stack, resource: "team", member, urn: stack },
    }));
  }),
);
const seats = reportSeats(["on_call", "incident_response"], holders, owned);
const products = ["on_call", "incident_response"].map((code) => countSeats(code, seats));
const page = reportPage(
  { products, seats, unread: [], undetermined: [] },
  "datadoghq.eu",
  new Date("2026-12-01T08:30Z"),
);

async function main() {
  const folder = join(__dirname, "..", "docs", "images");
  mkdirSync(folder, { recursive: true });
  const browser = await launchBrowser();
  const tab = await browser.newPage({ viewport: { width: 1120, height: 1040 } });
  await tab.setContent(page);
  for (const colorScheme of ["light", "dark"] as const) {
    await tab.emulateMedia({ colorScheme });
    await tab.screenshot({ path: join(folder, `report-${colorScheme}.png`) });
  }
  await browser.close();
}

main().catch((error: Error) => {
  console.error(`Taking the pictures failed: ${error.message}`);
  process.exitCode = 1;
});
