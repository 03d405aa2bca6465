// A real browser for the tests that look at pages: on Linux the Chromium that npm installed, elsewhere the machine's Chrome.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import packedChromium from "@sparticuz/chromium";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";

/** Starts the browser before the tests of a `describe`, and closes it after them. */
export function browser(): () => Browser {
  let started: Browser;
  before(async () => {
    started = await chromium.launch(await launchOptions());
  });
  after(() => started?.close());
  return () => started;
}

async function launchOptions(): Promise<LaunchOptions> {
  if (process.platform !== "linux" || process.arch !== "x64") return { channel: "chrome" };
  // The package unpacks itself into the folder of temporary files, where another process may be doing the same.
  const folder = mkdtempSync(join(tmpdir(), "seats-browser-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  // Its own copies of system libraries, for machines that lack them.
  process.env.AWS_LAMBDA_JS_RUNTIME = "nodejs22.x";
  try {
    const executablePath = await packedChromium.executablePath();
    const libraries = join(folder, "al2023", "lib");
    return {
      executablePath,
      args: packedChromium.args,
      env: { ...process.env, LD_LIBRARY_PATH: libraries, TMPDIR: folder } as Record<string, string>,
    };
  } finally {
    delete process.env.AWS_LAMBDA_JS_RUNTIME;
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
}
