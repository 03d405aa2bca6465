// What `pulumi-datadog-seats report --html` writes: one page for whoever pays for the seats. It needs nothing but itself.
import { createHash } from "node:crypto";
import { Html, html } from "./html";
import type { Owner } from "./ownedSeats";
import { reportPageScript } from "./reportPageScript";
import { REPORT_PAGE_STYLE } from "./reportPageStyle";
import { type Gap, gapsIn, type Report } from "./reportText";
import {
  FINDING_MEANINGS,
  findingReasons,
  findingsFirst,
  type ReportedSeat,
  SEAT_FINDINGS,
  type SeatCounts,
  seatsByStack,
} from "./seatFindings";

// tsx, which runs the tests, gives functions their names with `__name`.
const SCRIPT = `const __name = (value) => value; (${reportPageScript})(document);`;

/** The browser runs and applies nothing else, should a name become markup after all. */
const POLICY = `default-src 'none'; script-src ${hashOf(SCRIPT)}; style-src ${hashOf(REPORT_PAGE_STYLE)}; base-uri 'none'; form-action 'none'`;

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/**
 * @param site where Datadog is, such as `datadoghq.eu`
 * @param limits how many seats the org may hold, by product code, where a stack's configuration says so
 */
export function reportPage(
  report: Report,
  site: string,
  writtenAt: Date,
  limits: ReadonlyMap<string, number> = new Map(),
): string {
  const { products, only, seats } = report;
  const date = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
  const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: "UTC" });
  const day = date.format(writtenAt);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Datadog seats of ${site}, ${day}</title>
<style>${new Html(REPORT_PAGE_STYLE)}</style>
</head>
<body>
<header>
<h1>Datadog seats</h1>
<p class="muted">${site} · <time datetime="${writtenAt.toISOString()}">${day}, ${time.format(writtenAt)} UTC</time></p>
</header>
<main>
${gapsIn(report).map(incomplete)}
<div class="products">
${products.map((counts) => productBox(counts, limits.get(counts.productCode)))}
</div>
${findingsTable(report)}
${only ? "" : stacksTable(products, seats)}
<h2 id="list">Seats${only ? `: ${only.join(", ")}` : ""}</h2>
<div class="search">
<input id="search" type="search" placeholder="Search for a name, email, stack, finding …" aria-label="Search the seats" autocomplete="off">
<output id="status" class="muted"></output>
</div>
<table id="seats" class="box" aria-labelledby="list">
<thead><tr>${["Finding", "User", "Product", "Owned by", "Since", "User ID"].map((name) => html`<th scope="col"><button>${name}</button></th>`)}</tr></thead>
<tbody>
${findingsFirst(seats).map(seatRow)}</tbody>
</table>
<button id="more" hidden>Show more seats</button>
</main>
<script>${new Html(SCRIPT)}</script>
</body>
</html>
`.markup;
}

function incomplete({ what, reasons }: Gap): Html {
  return html`<div class="notice">
<strong>Incomplete:</strong> ${what}.
<ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>
</div>`;
}

/** How many seats are held, and a bar of those that are owned and of the others: up to the limit, where there is one. */
function productBox({ productCode, held, unmanaged }: SeatCounts, limit?: number): Html {
  const owned = held - unmanaged;
  const percent = (count: number) => (100 * count) / Math.max(held, limit ?? 0, 1);
  return html`<section class="box product">
<h3>${productCode}</h3>
<p><strong>${inEnglish(held)}</strong> ${held === 1 ? "seat" : "seats"} held${limit === undefined ? "" : `, the limit is ${inEnglish(limit)}`}</p>
<svg class="bar" aria-hidden="true"><rect class="owned" width="${percent(owned)}%" height="100%"/>${
    unmanaged > 0
      ? html`<rect class="unowned" x="${percent(owned)}%" width="${percent(unmanaged)}%" height="100%"/>`
      : ""
  }</svg>
<ul class="key">
<li>${swatch("owned")}${inEnglish(owned)} owned by a stack</li>
<li>${swatch("unowned")}${inEnglish(unmanaged)} unmanaged</li>
</ul>
</section>
`;
}

const swatch = (name: string) =>
  html`<svg aria-hidden="true"><rect class="${name}" width="100%" height="100%"/></svg>`;

/** What was looked for, how often it was found, and what it means. A number finds its seats. */
function findingsTable({ products, only }: Report): Html {
  const lookedFor = SEAT_FINDINGS.filter((finding) => products[0]?.[finding] !== undefined);
  const rows = lookedFor.map((finding) => {
    const counts = products.map(({ productCode, [finding]: count = 0 }) => {
      const isListed = count > 0 && (only?.includes(finding) ?? true);
      return isListed
        ? html`<button data-search="${productCode} ${finding}">${inEnglish(count)}</button>`
        : inEnglish(count);
    });
    const meaning = FINDING_MEANINGS[finding]
      .split("`")
      .map((part, n) => (n % 2 ? html`<code>${part}</code>` : part));
    return html`<tr><td><span class="badge">${finding}</span> <span class="muted">${meaning}</span></td>${counts.map(numberCell)}</tr>
`;
  });
  return countsTable("Findings", ["Finding", ...products.map(codeOf)], rows);
}

function stacksTable(products: readonly SeatCounts[], seats: readonly ReportedSeat[]): Html {
  const rows = seatsByStack(products.map(codeOf), seats).map(
    ([stack, owned]) =>
      html`<tr><td>${stack}</td>${owned.map(inEnglish).map(numberCell)}</tr>
`,
  );
  if (rows.length === 0) return html``;
  return countsTable("Seats by stack", ["Stack", ...products.map(codeOf)], rows);
}

function countsTable(title: string, [first = "", ...others]: string[], rows: Html[]): Html {
  return html`<h2>${title}</h2>
<div class="box counts" tabindex="0" role="region" aria-label="${title}"><table>
<thead><tr><th scope="col">${first}</th>${others.map((name) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
<tbody>
${rows}</tbody>
</table></div>`;
}

/** A cell that is empty is hidden on a narrow screen. */
function seatRow(seat: ReportedSeat): Html {
  const { productCode, email, name, userId, owners, assignedAt } = seat;
  const [first = userId, second] = [name, email].filter(Boolean);
  const cells: (Html | Html[] | string)[] = [
    findingReasons(seat).map(
      ({ finding, reason }) =>
        html`<span class="badge">${finding}</span> ${reason ? html`<small>${reason}</small> ` : ""}`,
    ),
    html`<span>${first}</span>${second ? html` <small>${second}</small>` : ""}`,
    productCode,
    owners.map(owner),
    assignedAt?.slice(0, 10) ?? "",
    html`<code>${userId}</code>`,
  ];
  return html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`;
}

const owner = ({ project, stack, resource, member }: Owner) =>
  html`<span>${project}/${stack} <small>${resource}${member === undefined ? "" : ` (${member})`}</small></span> `;

const codeOf = ({ productCode }: SeatCounts) => productCode;
const numberCell = (content: Html | string) => html`<td class="number">${content}</td>`;
const inEnglish = (count: number) => count.toLocaleString("en");
