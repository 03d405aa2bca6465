// `npm run sdks`: writes the SDKs of the native plugin into provider/sdks.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { writeSdks } from "./plugin/sdks";

const folder = join(__dirname, "..", "provider", "sdks");

async function main() {
  await writeSdks(folder);
  for (const language of readdirSync(folder)) console.log(join(folder, language));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
