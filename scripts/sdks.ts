// `npm run sdks`: writes the SDKs of the native plugin for Python, Go and Node.js into provider/sdks.
import { execFile } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { SCHEMA_FILE } from "./plugin/schema";
import { sdkGenerator } from "./pulumi-cli/goTools";

const folder = join(__dirname, "..", "provider", "sdks");

async function main() {
  const generator = await sdkGenerator();
  rmSync(folder, { recursive: true, force: true });
  await promisify(execFile)(generator, [SCHEMA_FILE, folder]);
  for (const language of readdirSync(folder)) console.log(join(folder, language));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
