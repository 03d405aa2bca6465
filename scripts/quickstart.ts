// `npm start`: shows a stack that owns seats, step by step, with the real Pulumi CLI on a simulated Datadog.
// Everything it creates is in the folder .quickstart, and removed at the end.
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
const PRODUCT = "incident_response";

const people = {
  alice: "a11ce000-0000-4000-8000-000000000001",
  bob: "b0b00000-0000-4000-8000-000000000002",
  carol: "ca201000-0000-4000-8000-000000000003",
  dave: "dade0000-0000-4000-8000-000000000004",
};

class Walkthrough {
  constructor(
    private readonly simulator: Simulator,
    private readonly bin: string,
    readonly environment: NodeJS.ProcessEnv,
  ) {}

  step(text: string): void {
    console.log(`\n\n── ${text}`);
  }

  /** Runs the CLI for the reader to see. */
  async show(...args: string[]): Promise<void> {
    console.log(`\n$ pulumi ${args.join(" ")}`);
    await this.pulumi(args, "inherit");
  }

  /** Runs the CLI, and shows no more than the command. */
  async quietly(...args: string[]): Promise<void> {
    console.log(`$ pulumi ${args.join(" ")}`);
    await this.pulumi(args, "ignore");
  }

  /** Who holds what, at Datadog. */
  table(): void {
    const { users, product } = this.seats();
    const rows = [...product.seats].map(([id, since]) => [
      users.get(id)?.email ?? id,
      id,
      since.toISOString().slice(0, 19),
    ]);
    const header = [`${PRODUCT} seat of`, "user", "since (UTC)"];
    const table = rows.length > 0 ? [header, ...rows] : [[`Nobody holds an ${PRODUCT} seat.`]];
    const widths = header.map((_, column) =>
      Math.max(...table.map((row) => row[column]?.length ?? 0)),
    );
    const line = (row: string[]) => row.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join("  ");
    console.log(`\nAt Datadog now:\n${table.map((row) => `  ${line(row)}`).join("\n")}`);
  }

  private seats() {
    const { org } = this.simulator;
    return { users: org.users, product: org.product(PRODUCT) };
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

async function walkThrough(walk: Walkthrough, simulator: Simulator, keep: boolean): Promise<void> {
  const setMember = (place: number, name: string) =>
    walk.quietly("config", "set", "--path", `team[${place}]`, `${name}@example.com`);

  walk.step("A stack is made; its state is in .quickstart. Alice and Bob are to be in the team.");
  await walk.quietly("stack", "init", "demo");
  await setMember(0, "alice");
  await setMember(1, "bob");

  walk.step("A preview of examples/quickstart/index.ts says what becomes of whom.");
  await walk.show("preview");

  walk.step("An up assigns their seats.");
  await walk.show("up", "--yes", "--skip-preview");
  walk.table();

  walk.step("Somebody unassigns Alice's seat in Datadog: drift.");
  simulator.org.unassign(PRODUCT, people.alice);
  walk.table();

  walk.step("A preview with --refresh finds it, and an up assigns her seat again.");
  await walk.show("preview", "--refresh");
  await walk.show("up", "--refresh", "--yes", "--skip-preview");
  walk.table();

  walk.step("Carol takes over from Bob: his seat is unassigned, and hers is assigned.");
  await setMember(1, "carol");
  await walk.show("preview", "--diff");
  await walk.show("up", "--yes", "--skip-preview");
  walk.table();

  if (keep) {
    await playground(walk);
    return;
  }
  walk.step(
    "The stack is destroyed, and its seats with it. Dave keeps the seat that it never owned.",
  );
  await walk.show("destroy", "--yes", "--skip-preview");
  walk.table();
}

/** Keeps the stack and the simulator until Ctrl-C. */
async function playground({ environment }: Walkthrough): Promise<void> {
  const names = ["PULUMI_HOME", "PULUMI_BACKEND_URL", "PULUMI_CONFIG_PASSPHRASE"];
  const datadog = ["DD_HOST", "DD_BEARER_TOKEN"];
  const lines = [...names, ...datadog].map((name) => `export ${name}='${environment[name]}'`);
  writeFileSync(join(folder, "env.sh"), `${lines.join("\n")}\n`);
  console.log(`
Stack and simulator are yours until Ctrl-C. In another terminal, in this folder:

  . .quickstart/env.sh
  npm run pulumi -- config set --path 'team[2]' dave@example.com
  npm run pulumi -- up
`);
  // A server keeps the process alive; only the signal ends the wait.
  await once(process, "SIGINT");
}

async function main() {
  const { values } = parseArgs({ options: { keep: { type: "boolean", default: false } } });
  const bin = await anyPulumiBin();
  console.log(`The Pulumi CLI is that of ${bin}.`);
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
    simulator.org.claim(PRODUCT, people.dave);
    console.log(
      `A simulated Datadog listens at ${simulator.url}. Dave has claimed a seat there by using the product.`,
    );
    const environment = {
      ...pulumiEnvironment(bin, join(folder, "home")),
      // `npm run types` checks the program; to check it again takes seconds in every command.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      DD_HOST: simulator.url,
      // It wins over keys and tokens of the user's own shell.
      DD_BEARER_TOKEN: simulator.keys.token,
    };
    await walkThrough(new Walkthrough(simulator, bin, environment), simulator, values.keep);
  } finally {
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  const seconds = Math.round((Date.now() - began) / 1000);
  if (!values.keep)
    console.log(`\nDone, in ${seconds} s. README.md says how to use it with a real Datadog org.`);
}

main().catch((error: Error) => {
  console.error(`The quickstart failed: ${error.message}`);
  process.exitCode = 1;
});
