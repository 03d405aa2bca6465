// `datadog-seats migrate`: moves the seats of a stack from the dynamic provider to the native plugin, or back.
import { type Command, Option } from "commander";
import { type EntryPoint, FORMS, otherThan } from "./entryPoints";
import { migrate } from "./migration";
import { requireOption } from "./options";
import { log, print } from "./output";
import { readState } from "./stateSources";

const HELP = `
Nothing is sent to Datadog, and nothing but the seats changes in the state. Change the program too, before the next
\`pulumi up\`: see docs/moving-stacks.md of the repository.`;

export function addMigrate(program: Command): void {
  const command = program
    .command("migrate")
    .description(
      "Rewrite an exported state: its seats become the native plugin's, or the dynamic provider's.",
    )
    .argument("[file]", "what `pulumi stack export` wrote; - or nothing for stdin", "-")
    .addHelpText("after", HELP);
  requireOption(
    command,
    new Option("--to <entry point>", "whose resources the seats become").choices(
      Object.keys(FORMS),
    ),
  ).action(async (file: string, { to }: { to: EntryPoint }) => {
    const { text, source } = await readState(file);
    const { text: state, moved } = migrate(text, source, to);
    print(state);
    log(
      moved === 0
        ? `Nothing to move: ${source} holds no seat of ${FORMS[otherThan(to)].name}.`
        : `Moved ${moved} ${moved === 1 ? "resource" : "resources"} to ${FORMS[to].name}. Import this state, change the program, and see that \`pulumi preview\` shows no change.`,
    );
  });
}
