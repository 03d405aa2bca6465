// A real browser to look at pages: on Linux the Chromium that npm installed, elsewhere the machine's Chrome.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import packedChromium from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

/** To be closed: its files are removed then. */
export async function launchBrowser(): Promise<Browser> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    return chromium.launch({ channel: "chrome" });
  }
  // The package unpacks itself into the folder of temporary files, where another process may be doing the same.
  const folder = mkdtempSync(join(tmpdir(), "seats-browser-"));
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  // Its own copies of system libraries, for machines that lack them.
  process.env.AWS_LAMBDA_JS_RUNTIME = "nodejs22.x";
  try {
    const executablePath = await packedChromium.executablePath();
    const libraries = join(folder, "al2023", "lib");
    const browser = await chromium.launch({
      executablePath,
      args: packedChromium.args,
      env: { ...process.env, LD_LIBRARY_PATH: libraries, TMPDIR: folder } as Record<string, string>,
    });
    browser.on("disconnected", () => rmSync(folder, { recursive: true, force: true }));
    return browser;
  } finally {
    delete process.env.AWS_LAMBDA_JS_RUNTIME;
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
}
