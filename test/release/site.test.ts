/// <reference lib="dom" />
// The site that `npm run docs` builds, in a real browser.
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import type { Page } from "playwright-core";
import { repository as github } from "../../scripts/plugin/manifest";
import { browser } from "../support/browser";
import { repository } from "../support/markdown";
import { Script } from "../support/script";
import { newWorkFolder } from "../support/workFolder";

const SIZES = [360, 1280];
/** Of a colour as CSS computes it, up to 255. */
const brightness = (colour: string) => Math.max(...(colour.match(/\d+/g) ?? []).map(Number));

interface Visited {
  readonly ids: readonly string[];
  readonly links: readonly string[];
  /** How wide the page is in a window of each size. */
  readonly widths: readonly number[];
}

describe("the site", () => {
  const started = browser();
  const folder = newWorkFolder("site-");
  const visited = new Map<string, Visited>();
  const address = `${pathToFileURL(folder).href}/`;
  let page: Page;

  before(async function () {
    // It opens some sixty pages.
    this.timeout(1_800_000);
    const build = new Script("scripts/site.ts", [folder]);
    expect(await build.ended(), build.output).to.equal(0);
    page = await started().newPage();
    for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      if (file.endsWith(".html")) visited.set(file, await visit(file));
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  async function visit(file: string): Promise<Visited> {
    await page.goto(address + file);
    await page.waitForSelector("#tsd-nav-container a", { state: "attached" });
    const widths: number[] = [];
    for (const width of SIZES) {
      await page.setViewportSize({ width, height: 800 });
      widths.push(await page.evaluate(() => document.documentElement.scrollWidth));
    }
    const found = await page.evaluate(() => ({
      ids: [...document.querySelectorAll("[id]")].map(({ id }) => id),
      links: [...document.querySelectorAll("a")].map(({ href }) => href),
    }));
    return { ...found, widths };
  }

  it("has every page of docs, and the API", () => {
    expect([...visited.keys()]).to.include.members([
      "index.html",
      "give-a-team-seats.html",
      "troubleshooting.html",
      "classes/API.SeatRoster.html",
    ]);
  });

  it("has no link to a page or a heading that is not there", () => {
    const broken: string[] = [];
    for (const [file, { links }] of visited) {
      // In files, a link from the root of the host leads out of the folder.
      for (const link of links.filter((url) => url.startsWith("file:"))) {
        const [path = "", anchor] = decodeURI(link.replace(address, "")).split("#");
        const target = visited.get(path || "index.html");
        if (!target || (anchor && !target.ids.includes(anchor))) broken.push(`${file}: ${link}`);
      }
    }
    expect(broken).to.deep.equal([]);
  });

  it("links on GitHub to the files that it doesn't have", () => {
    const links = [...visited.values()].flatMap((seen) => seen.links);
    const files = links.flatMap((link) => {
      const [, kind, path] =
        /^\/(blob|tree)\/main\/([^#]+)/.exec(link.replace(github.url, "")) ?? [];
      return kind && path ? [{ kind, path }] : [];
    });
    expect(files).to.deep.include({ kind: "tree", path: "examples/team-seats" });
    const broken = files.filter(({ kind, path }) => {
      const file = join(repository, path);
      return !existsSync(file) || statSync(file).isDirectory() !== (kind === "tree");
    });
    expect(broken).to.deep.equal([]);
  });

  it("fits a narrow window and a wide one", () => {
    const tooWide = [...visited].filter(([, { widths }]) => String(widths) !== String(SIZES));
    expect(tooWide.map(([file, { widths }]) => `${file}: ${widths}`)).to.deep.equal([]);
  });

  it("is light or dark, as the system is", async () => {
    await page.goto(`${address}troubleshooting.html`);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const colours = await page.evaluate(() =>
        ["body", "td", "pre", "td code"].map((name) => {
          const style = getComputedStyle(document.querySelector(name) ?? document.body);
          return { text: style.color, behind: style.backgroundColor };
        }),
      );
      for (const { text, behind } of colours) {
        // What has no background of its own has that of the page.
        const isDark =
          behind === "rgba(0, 0, 0, 0)" ? colorScheme === "dark" : brightness(behind) < 80;
        expect(isDark, behind).to.equal(colorScheme === "dark");
        expect(brightness(text) > 128, text).to.equal(colorScheme === "dark");
      }
    }
  });

  for (const width of SIZES) {
    it(`finds the page about a word, at ${width} px`, async () => {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${address}index.html`);
      await page.click("#tsd-search-trigger");
      await page.fill("#tsd-search-input", "contract");
      await page.click("#tsd-search-results a");
      await page.waitForURL("**/billing.html*");
      expect(await page.textContent("h1")).to.equal("What a seat costs");
    });
  }
});
