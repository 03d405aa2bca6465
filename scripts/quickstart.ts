// `npm start`: tells the story of a stack that owns seats, with the real Pulumi CLI on a simulated Datadog.
// Everything it makes is in the folder .quickstart, and gone at the end.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Simulator } from "../simulator/src";
import { pulumiEnvironment } from "./pulumi-cli/environment";
import { anyPulumiBin } from "./pulumi-cli/install";

const root = join(__dirname, "..");
const folder = join(root, ".quickstart");

const people = {
  alice: "a11ce000-0000-4000-8000-000000000001",
  bob: "b0b00000-0000-4000-8000-000000000002",
  carol: "ca201000-0000-4000-8000-000000000003",
  dave: "dade0000-0000-4000-8000-000000000004",
};

class Story {
  constructor(
    private readonly simulator: Simulator,
    private readonly bin: string,
    readonly environment: NodeJS.ProcessEnv,
  ) {}

  chapter(text: string): void {
    console.log(`\n\n── ${text}`);
  }

  /** Runs the CLI for the reader to see. */
  async show(...args: string[]): Promise<void> {
    console.log(`\n$ pulumi ${args.join(" ")}`);
    await this.pulumi(args, "inherit");
  }

  /** Runs the CLI behind the scenes. */
  async quietly(...args: string[]): Promise<void> {
    await this.pulumi([...args], "ignore");
  }

  /** Who holds what, at Datadog. */
  table(): void {
    const { users, product } = this.seats();
    const rows = [...product.seats].map(([id, since]) => [
      users.get(id)?.email ?? id,
      id,
      since.toISOString().slice(0, 19),
    ]);
    const header = ["on_call seat of", "user", "since (UTC)"];
    const table = rows.length > 0 ? [header, ...rows] : [["Nobody holds an on_call seat."]];
    const widths = header.map((_, column) =>
      Math.max(...table.map((row) => row[column]?.length ?? 0)),
    );
    const line = (row: string[]) => row.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join("  ");
    console.log(`\nAt Datadog now:\n${table.map((row) => `  ${line(row)}`).join("\n")}`);
  }

  private seats() {
    const { org } = this.simulator;
    return { users: org.users, product: org.product("on_call") };
  }

  private async pulumi(args: string[], stdio: "inherit" | "ignore"): Promise<void> {
    const child = spawn(join(this.bin, "pulumi"), [...args, "--non-interactive"], {
      cwd: root,
      env: this.environment,
      stdio: ["ignore", stdio, stdio],
    });
    const [code] = (await once(child, "exit")) as [number | null];
    if (code !== 0) throw new Error(`pulumi ${args[0]} ended with status ${code ?? "none"}`);
  }
}

async function tell(story: Story, simulator: Simulator, keep: boolean): Promise<void> {
  const onCall = (role: string, userId: string) =>
    story.quietly("config", "set", "--path", `onCall.${role}`, userId);
  await story.quietly("stack", "init", "demo");

  story.chapter(
    "Alice and Bob shall be on call: examples/quickstart/index.ts declares their seats.",
  );
  await onCall("primary", people.alice);
  await onCall("secondary", people.bob);
  await story.show("preview");
  await story.show("up", "--yes", "--skip-preview");
  story.table();

  story.chapter(
    "Somebody takes Alice's seat away in Datadog. A preview with --refresh sees it, an up mends it.",
  );
  simulator.org.unassign("on_call", people.alice);
  story.table();
  await story.show("preview", "--refresh");
  await story.show("up", "--refresh", "--yes", "--skip-preview");
  story.table();

  story.chapter("Carol takes over from Bob: she gets a seat, then his is given back.");
  await onCall("secondary", people.carol);
  await story.show("preview", "--diff");
  await story.show("up", "--yes", "--skip-preview");
  story.table();

  if (keep) {
    await playground(story);
    return;
  }
  story.chapter("The stack goes, and its seats with it. Dave's, which it never owned, stays.");
  await story.show("destroy", "--yes", "--skip-preview");
  story.table();
}

/** Leaves everything up until Ctrl-C. */
async function playground({ environment }: Story): Promise<void> {
  const names = ["PULUMI_HOME", "PULUMI_BACKEND_URL", "PULUMI_CONFIG_PASSPHRASE"];
  const datadog = ["DD_HOST", "DD_API_KEY", "DD_APP_KEY"];
  const lines = [...names, ...datadog].map((name) => `export ${name}='${environment[name]}'`);
  writeFileSync(join(folder, "env.sh"), `${lines.join("\n")}\n`);
  console.log(`
Stack and simulator are yours until Ctrl-C. In another terminal, in this folder:

  . .quickstart/env.sh
  npm run pulumi -- config set --path onCall.third ${people.dave}
  npm run pulumi -- up
`);
  // A server keeps the process alive; only the signal ends the wait.
  await once(process, "SIGINT");
}

async function main() {
  const { values } = parseArgs({ options: { keep: { type: "boolean", default: false } } });
  const bin = await anyPulumiBin();
  const began = Date.now();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const simulator = await Simulator.start();
  // A Ctrl-C reaches the CLI too; when that has ended, this process tidies up.
  process.on("SIGINT", () => {});
  try {
    for (const [name, id] of Object.entries(people)) {
      simulator.org.addUser(id, { name, email: `${name}@example.com` });
    }
    simulator.org.claim("on_call", people.dave);
    const environment = {
      ...pulumiEnvironment(bin, join(folder, "home")),
      DD_HOST: simulator.url,
      DD_API_KEY: simulator.keys.apiKey,
      DD_APP_KEY: simulator.keys.appKey,
    };
    await tell(new Story(simulator, bin, environment), simulator, values.keep);
  } finally {
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  const seconds = Math.round((Date.now() - began) / 1000);
  if (!values.keep)
    console.log(`\nThat was all of it, in ${seconds} s. README.md tells how to use it for real.`);
}

main().catch((error: Error) => {
  console.error(`The quickstart broke off: ${error.message}`);
  process.exitCode = 1;
});
