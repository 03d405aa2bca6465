/// <reference lib="dom" />
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import type { Page } from "playwright-core";
import { visible } from "../../provider/src/api/sanitize";
import { reportPage } from "../../provider/src/cli/reportPage";
import { countSeats, reportSeats } from "../../provider/src/cli/seatFindings";
import { browser } from "../support/browser";
import { shownTexts } from "../support/contrast";
import { users } from "../support/ids";

/** Markup for every place of the page, long lines, other scripts, and what can't be seen. */
const HOSTILE = [
  "<script>window.hacked = 1</script>",
  "</script><script>window.hacked = 1</script>",
  "</style></title><img src=https://example.com/x.png onerror='window.hacked = 1'>",
  "\"><svg onload=window.hacked=1><a href='javascript:window.hacked=1'>",
  "<!--<b>&lt;i&gt;&amp;",
  "x".repeat(300),
  "מיכל כהן",
  "z\u0300\u0301\u0302\u0303\u0304\u0305".repeat(40),
  "a\u200bb\u202ec",
];
const [missing = "", ...held] = users(20_000);

/** The first 99 of the holders are unmanaged. */
function manySeats() {
  const holders = held.map((userId, n) => {
    const name = HOSTILE[n] ?? (n === 5000 ? "José Núñez" : `Person ${n}`);
    return {
      productCode: "on_call",
      userId,
      name,
      email: `${HOSTILE[n] ?? `person-${n}`}@example.com`,
    };
  });
  const owned = [missing, ...held.slice(99)].map((userId, n) => {
    const stack = n < HOSTILE.length ? "<i>stack</i>" : `prod-${n % 40}`;
    const owner = { project: "seats", stack, resource: "<b>team</b>", urn: `${n}` };
    return { productCode: "on_call", userId, owner: { ...owner, member: HOSTILE[n] ?? "member" } };
  });
  const seats = reportSeats(["on_call"], holders, owned);
  const products = [countSeats("on_call", seats)];
  return { products, seats, unread: ["Could not read <u>x</u>"], undetermined: [] };
}

describe("the page of report --html, with 20,000 seats", () => {
  const started = browser();
  const folder = mkdtempSync(join(tmpdir(), "seats-page-"));
  const file = join(folder, "report.html");
  const address = pathToFileURL(file).href;
  /** What the page asks for, and what the browser's console says. */
  const requests: string[] = [];
  const messages: string[] = [];
  let page: Page;

  before(async () => {
    const at = new Date("2026-12-01T08:30Z");
    writeFileSync(
      file,
      reportPage(manySeats(), "datadoghq.eu", at, new Map([["on_call", 25_000]])),
    );
    page = await started().newPage();
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => messages.push(message.text()));
    page.on("pageerror", (error) => messages.push(error.message));
    await page.goto(address);
  });
  beforeEach(() => page.fill("#search", ""));
  after(() => rmSync(folder, { recursive: true }));

  const column = (n: number) => page.locator(`#seats tbody td:nth-child(${n})`).allTextContents();
  const status = () => page.locator("#status").textContent();
  const rowCount = () => page.locator("#seats tbody tr").count();

  it("says where and when, how many seats are held, and what is wrong", async () => {
    expect(await page.title()).to.equal("Datadog seats of datadoghq.eu, 1 December 2026");
    const lines = (await page.locator("body").innerText()).split("\n");
    expect(lines)
      .to.include.members([
        "datadoghq.eu · 1 December 2026, 08:30 UTC",
        "19,999 seats held, the limit is 25,000",
      ])
      .and.include.members(["19,900 owned by a stack", "99 unmanaged"])
      .and.include.members([
        "Could not read <u>x</u>",
        "seats/<i>stack</i>\t9",
        "seats/prod-9\t498",
      ]);
    const bar = page.locator(".product .bar rect");
    const widths = await bar.evaluateAll((parts) =>
      parts.map((part) => part.getAttribute("width")),
    );
    expect(widths.map((width) => Number.parseFloat(width ?? "").toFixed(2))).to.deep.equal([
      "79.60",
      "0.40",
    ]);
  });

  it("shows every name as it is, and runs none", async () => {
    const shown = HOSTILE.map(visible);
    const names = shown.map((name) => `${name} ${name}@example.com`);
    expect((await column(2)).slice(0, HOSTILE.length)).to.deep.equal(names);
    const owners = (await column(4)).filter((owner) => owner !== "").slice(0, HOSTILE.length);
    expect(owners.map((owner) => owner.trim())).to.deep.equal(
      shown.map((member) => `seats/<i>stack</i> <b>team</b> (${member})`),
    );
    expect(await page.locator("script").count()).to.equal(1);
    expect(await page.locator("main :is(a, b, i, u, img, style)").count()).to.equal(0);
    expect(await page.evaluate("window.hacked")).to.equal(undefined);
  });

  it("begins with the findings, and puts 500 seats into the list at a time", async () => {
    const findings = [...Array(99).fill("unmanaged "), "missing ", ...Array(400).fill("")];
    expect(await column(1)).to.deep.equal(findings);
    expect(await status()).to.equal("20,000 seats");
    await page.click("#more");
    expect(await rowCount()).to.equal(1000);
    expect((await column(2))[999]).to.equal("Person 998 person-998@example.com");
  });

  it("finds seats by words in any column, and those of a finding by its number", async () => {
    await page.fill("#search", "jose NUNEZ");
    expect(await column(2)).to.deep.equal(["José Núñez person-5000@example.com"]);
    expect(await status()).to.equal("1 of 20,000 seats");
    await page.fill("#search", "prod-9 person-x");
    expect(await status()).to.equal("0 of 20,000 seats");
    await page.getByRole("button", { name: "99", exact: true }).click();
    expect(await column(1)).to.deep.equal(Array(99).fill("unmanaged "));
    expect(await page.isVisible("#more")).to.equal(false);
  });

  it("sorts what is found by a column, in both directions, with what is empty at the end", async () => {
    await page.fill("#search", "person-199");
    const heading = page.locator("#seats th", { hasText: "User" }).first();
    const all = [199, ...Array.from({ length: 10 }, (_, n) => 1990 + n)];
    for (const n of Array.from({ length: 99 }, (_, n) => 19_900 + n)) all.push(n);
    const sorted = all.map((n) => `Person ${n} person-${n}@example.com`);
    for (const [direction, names] of [
      ["ascending", sorted],
      ["descending", sorted.toReversed()],
    ] as const) {
      await heading.getByRole("button").click();
      expect(await heading.getAttribute("aria-sort")).to.equal(direction);
      expect(await column(2)).to.deep.equal(names);
    }
    await page.fill("#search", "");
    for (const ends of [
      ["missing ", "unmanaged ", ""],
      ["unmanaged ", "missing ", ""],
    ]) {
      await page.getByRole("button", { name: "Finding", exact: true }).click();
      const findings = await column(1);
      expect([findings[0], findings[99], findings[100]]).to.deep.equal(ends);
    }
    expect(await page.locator("#seats th[aria-sort]").allTextContents()).to.deep.equal(["Finding"]);
  });

  for (const colorScheme of ["light", "dark"] as const) {
    it(`can be read, and fits a phone as well as a wide screen: ${colorScheme}`, async () => {
      await page.emulateMedia({ colorScheme });
      const backgrounds = new Set<string>();
      for (const width of [360, 700, 1400]) {
        await page.setViewportSize({ width, height: 1000 });
        expect(await page.evaluate("document.documentElement.scrollWidth")).to.equal(width);
        const cut = await page
          .locator("#seats td > *")
          .evaluateAll((parts) => parts.filter((part) => part.scrollWidth > part.clientWidth + 1));
        expect(cut).to.have.lengthOf(0);
        const texts = await shownTexts(page);
        expect(texts.map(({ text }) => text)).to.include.members(["unmanaged", "99", "1"]);
        expect(texts.filter(({ contrast }) => contrast < 4.5)).to.deep.equal([]);
        backgrounds.add(await page.evaluate("getComputedStyle(document.body).backgroundColor"));
      }
      expect([...backgrounds]).to.deep.equal([
        colorScheme === "light" ? "rgb(246, 247, 249)" : "rgb(20, 22, 27)",
      ]);
    });
  }

  it("shows all seats on paper, and where scripts don't run; then only what is on the screen is drawn", async () => {
    await page.fill("#search", "person-19");
    expect(await rowCount()).to.equal(500);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await status()).to.equal(`${(await rowCount()).toLocaleString("en")} of 20,000 seats`);
    const context = await started().newContext({ javaScriptEnabled: false });
    const plain = await context.newPage();
    await plain.goto(address);
    const cells = plain.locator("#seats tbody td:first-child");
    expect(await cells.count()).to.equal(20_000);
    expect(await plain.isVisible("#search")).to.equal(false);
    // What is drawn is decided with a frame, which a picture waits for.
    await plain.screenshot();
    const drawn = await plain
      .locator("#seats tbody td:nth-child(2) span")
      .evaluateAll(
        (names) =>
          names.filter((name) => name.checkVisibility({ contentVisibilityAuto: true })).length,
      );
    expect(drawn).to.be.above(0).and.below(200);
  });

  it("asks nobody for anything, has no error, and its policy refuses what is not its own", async () => {
    expect(requests).to.deep.equal([address]);
    expect(messages).to.deep.equal([]);
    await page.evaluate(`
      document.body.append(Object.assign(document.createElement("script"), { textContent: "window.hacked = 1" }));
      document.body.append(Object.assign(document.createElement("img"), { src: "https://example.com/x.png" }));
    `);
    expect(await page.evaluate("window.hacked")).to.equal(undefined);
    expect(messages.join()).to.include("script-src").and.include("img-src");
  });
});
