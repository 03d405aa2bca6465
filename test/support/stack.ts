// A Pulumi stack of a test: the real CLI on a copy of a program, with a home, a backend and a configuration of its own.
import { cpSync, existsSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { type Product, seatId } from "../../provider/src/model/seat";
import { anyPulumiBin } from "../../scripts/pulumi-cli/install";
import { addPlugin } from "../../scripts/pulumi-cli/plugin";
import {
  type CliResult,
  PulumiProject,
  type StateResource,
} from "../../scripts/pulumi-cli/project";
import type { Simulator } from "../../simulator/src";
import {
  type Declarations,
  type DeclaredRoster,
  type DeclaredSeat,
  type DeclaredTeam,
  declarationsOf,
} from "../e2e/program/declarations";
import { cliEnvironment } from "./cliEnvironment";
import { configurationFor, pointingAt, type TestServer } from "./connection";
import type { EntryPoint } from "./entryPoints";
import { assertNoKeys, assertNoKeysIn } from "./secrecy";
import { StackFiles } from "./stackFiles";
import { newWorkFolder } from "./workFolder";

const repository = join(__dirname, "..", "..");
/** In a stack's folder: all that Pulumi keeps for itself, the state too. */
const HOME = ".home";

export type { StateResource };

/** The outputs of a SeatAssignment or a SeatRoster. */
interface OwnedSeats extends Product {
  readonly userId?: string;
  readonly members?: Record<string, string>;
}

export class TestStack extends PulumiProject {
  /** The keys of all servers that the stack knows: none may show. */
  private readonly keys: TestServer["keys"][];
  private readonly declarations: Declarations = {};
  private readonly files: StackFiles;

  private constructor(
    bin: string,
    private readonly simulator: Simulator,
    folder: string,
    environment: NodeJS.ProcessEnv,
    private readonly name: string,
    private readonly entryPoint: EntryPoint,
  ) {
    super(bin, folder, environment);
    this.keys = [simulator.keys];
    this.files = new StackFiles(folder, join(folder, HOME), name);
  }

  /**
   * @param program a folder below the repository's root, to be copied
   * @param keysInEnvironment whether the run finds the simulator's keys there
   * @param entryPoint which the program is to use, if it is that of the end-to-end tests
   */
  static async create(
    simulator: Simulator,
    {
      program = "test/e2e/program",
      keysInEnvironment = true,
      entryPoint = "dynamic" as EntryPoint,
    } = {},
  ): Promise<TestStack> {
    const folder = newWorkFolder("stack-");
    cpSync(join(repository, program), folder, { recursive: true });
    if (entryPoint === "plugin") addPlugin(folder);
    const compiled = program.startsWith("test/");
    return TestStack.inFolder(simulator, folder, { keysInEnvironment, entryPoint, compiled });
  }

  /**
   * As `create`, with a program that is already where it runs.
   *
   * @param name of the stack: one folder may serve several
   * @param compiled whether each run finds the program as JavaScript: faster, but not as users run TypeScript
   */
  static async inFolder(
    simulator: Simulator,
    folder: string,
    {
      keysInEnvironment = true,
      name = "test",
      entryPoint = "dynamic" as EntryPoint,
      compiled = false,
    } = {},
  ): Promise<TestStack> {
    const bin = await anyPulumiBin();
    const environment = cliEnvironment(bin, join(folder, HOME));
    environment.PULUMI_STACK = name;
    environment.SEATS_ENTRY_POINT = entryPoint;
    if (compiled) environment.SEATS_PLAIN_JAVASCRIPT = "true";
    if (keysInEnvironment) Object.assign(environment, pointingAt(simulator));
    const stack = new TestStack(bin, simulator, folder, environment, name, entryPoint);
    stack.files.init();
    return stack;
  }

  /** Starts the CLI, and fails the test when its output shows a key. */
  override start(...args: string[]): { pid: number; result: Promise<CliResult> } {
    if (this.environment.SEATS_PLAIN_JAVASCRIPT) compile(this.folder);
    const { pid, result } = super.start(...args);
    const checked = result.then((ended) => {
      for (const keys of this.keys) assertNoKeys(`pulumi ${args.join(" ")}`, ended.output, keys);
      return ended;
    });
    return { pid, result: checked };
  }

  /** The seats that the program declares from now on. */
  declare = (...seats: DeclaredSeat[]) => this.rewrite({ seats });
  /** The rosters that the program declares from now on. */
  declareRosters = (...rosters: DeclaredRoster[]) => this.rewrite({ rosters });
  /** The teams that the program declares from now on. */
  declareTeams = (...teams: DeclaredTeam[]) => this.rewrite({ teams });

  /** The explicit providers that the program has from now on; `more` are other arguments than how to reach the server. */
  async declareProviders(servers: Record<string, TestServer>, more: object = {}): Promise<void> {
    this.keys.push(...Object.values(servers).map(({ keys }) => keys));
    const providers = Object.entries(servers).map(([name, { url, keys }]) => {
      return [name, { apiUrl: url, apiKey: keys.apiKey, appKey: keys.appKey, ...more }];
    });
    await this.rewrite({ providers: Object.fromEntries(providers) });
  }

  /**
   * As users do it who edit their programs. The stack's configuration stays as it is: where that changes, the engine
   * ends the process which has refreshed the seats, and updates them in another one.
   */
  private async rewrite(changes: Declarations): Promise<void> {
    Object.assign(this.declarations, changes);
    const file = join(this.folder, declarationsOf(this.name));
    await writeFile(file, JSON.stringify(this.declarations));
  }

  /** Makes the simulator reachable by the configuration, with the keys that it has now. */
  async configure(): Promise<void> {
    const { "datadog:apiUrl": apiUrl, ...keys } = configurationFor(this.simulator);
    this.set({ "datadog:apiUrl": apiUrl });
    await this.setSecrets(keys);
  }

  /** Sets settings of the configuration, and removes those without a value, by their names for the dynamic provider. */
  set(settings: Readonly<Record<string, string | undefined>>): void {
    const named = Object.entries(settings).map(([name, value]) => [this.nameOf(name), value]);
    this.files.configure(Object.fromEntries(named));
  }

  /** As `set`, encrypted. */
  async setSecrets(settings: Readonly<Record<string, string>>): Promise<void> {
    const args = Object.entries(settings).map(([name, value]) => `${this.nameOf(name)}=${value}`);
    await this.succeeds("config", "set-all", ...args.flatMap((arg) => ["--secret", arg]));
  }

  private nameOf(setting: string): string {
    if (this.entryPoint === "dynamic") return setting;
    return setting.replace(/^datadog(Seats)?:/, "datadog-seats:");
  }

  /** As `configure`, and takes the keys out of the environment. */
  async moveKeysToConfiguration(): Promise<void> {
    for (const name of Object.keys(pointingAt(this.simulator))) delete this.environment[name];
    await this.configure();
  }

  up = (...args: string[]) => this.succeeds("up", "--yes", "--skip-preview", ...args);
  preview = (...args: string[]) => this.succeeds("preview", ...args);
  refresh = (...args: string[]) => this.succeeds("refresh", "--yes", "--skip-preview", ...args);
  destroy = (...args: string[]) => this.succeeds("destroy", "--yes", "--skip-preview", ...args);

  /** As the project's, without a start of the CLI. */
  override async resources(): Promise<StateResource[]> {
    return this.files.resources().filter(({ type }) => !type.startsWith("pulumi:"));
  }

  /** The state as its file holds it, with encrypted secrets. */
  stateText = () => this.files.text();

  /** The outputs of the program in the state. */
  outputs() {
    return this.files.resources().find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
  }

  /** The seats and rosters of the state. */
  async seats(): Promise<StateResource[]> {
    return (await this.resources()).filter(({ type }) =>
      /\bdatadog(-seats:index)?:Seat(Assignment|Roster)$/.test(type),
    );
  }

  /** The seats of the state one by one, those of rosters too: "team on_call/<uuid>". */
  async owned(): Promise<string[]> {
    const owned = (await this.seats()).flatMap(({ urn, outputs }) => {
      const { userId, members = {}, ...product } = outputs as unknown as OwnedSeats;
      return (userId ? [userId] : Object.values(members)).map(
        (id) => `${urn.split("::").at(-1)} ${seatId({ ...product, userId: id })}`,
      );
    });
    return owned.sort();
  }

  /** Removes the stack with all that it has left, after a look whether it holds a key. */
  remove(): void {
    for (const keys of this.keys) assertNoKeysIn(join(this.folder, HOME), keys);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Makes one file of JavaScript of a program, where it has changed. */
function compile(folder: string): void {
  const program = join(folder, "index.ts");
  if (!existsSync(program)) return;
  buildSync({
    entryPoints: [program],
    outfile: join(folder, "index.js"),
    bundle: true,
    platform: "node",
    packages: "external",
  });
  rmSync(program);
}
