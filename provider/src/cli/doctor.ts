// `datadog-seats doctor`: what is wrong with the keys, the site or the permissions.
import type { Command } from "commander";
import { examine } from "./examination";
import { FOUND } from "./exitCodes";
import { productOption } from "./options";
import { note, print } from "./output";

const HELP = `
If the site doesn't know the API key, Datadog's other sites are asked whether they do: with the API key alone, and
never when DD_HOST is no site of Datadog's. Nothing is changed at Datadog.`;

export function addDoctor(program: Command): void {
  program
    .command("doctor")
    .description("Check keys, site and permissions, and say what to do.")
    .addOption(productOption().default("on_call"))
    .addHelpText("after", HELP)
    .action(async ({ product }: { product: string }) => {
      for await (const { state, what, explanation } of examine(process.env, product, note)) {
        print(`${state.padEnd(7)}  ${what}: ${explanation}\n`);
        if (state !== "ok") process.exitCode = FOUND;
      }
    });
}
