// A real browser for the tests that look at pages.
import type { Browser } from "playwright-core";
import { launchBrowser } from "../../scripts/browser";

/** Starts the browser before the tests of a `describe`, and closes it after them. */
export function browser(): () => Browser {
  let started: Browser;
  before(async () => {
    started = await launchBrowser();
  });
  after(() => started?.close());
  return () => started;
}
