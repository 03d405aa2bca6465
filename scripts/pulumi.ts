// `npm run pulumi -- <args>`: the Pulumi CLI, with this repository's own home and file backend.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { pulumiEnvironment } from "./pulumi-cli/environment";
import { anyPulumiBin } from "./pulumi-cli/install";

async function main() {
  const bin = await anyPulumiBin({ log: console.error });
  const own = pulumiEnvironment(bin, join(__dirname, "..", ".pulumi-home"));
  const child = spawn(join(bin, "pulumi"), process.argv.slice(2), {
    stdio: "inherit",
    // What the user set wins: a login of one's own works too.
    env: { ...own, ...process.env, PATH: own.PATH },
  });
  // A Ctrl-C reaches the child too, which then ends in its own time.
  process.on("SIGINT", () => {});
  child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
