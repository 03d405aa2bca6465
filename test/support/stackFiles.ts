// What the CLI keeps of a stack in files: the tests write and read them themselves, for a start of the CLI takes its time.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse, stringify } from "yaml";
import type { StateResource } from "../../scripts/pulumi-cli/project";

type Settings = Readonly<Record<string, string | undefined>>;

/** What `pulumi stack init` made of the passphrase of scripts/pulumi-cli/environment.ts. */
const SALT = "v1:VJYnik2zJgk=:v1:fNy7MsHKXyBELtpG:5SyH0nqVoGyzPPxjBBuRUJGLWId4jQ==";

export class StackFiles {
  private readonly state: string;
  private readonly config: string;
  private readonly project: string;

  /** @param backend the folder of the states */
  constructor(
    folder: string,
    backend: string,
    private readonly name: string,
  ) {
    this.project = parse(readFileSync(join(folder, "Pulumi.yaml"), "utf8")).name;
    this.state = join(backend, ".pulumi", "stacks", this.project, `${name}.json`);
    this.config = join(folder, `Pulumi.${name}.yaml`);
  }

  /** As `pulumi stack init`. */
  init(): void {
    const secrets_providers = { type: "passphrase", state: { salt: SALT } };
    const latest = { manifest: { time: "2026-01-02T03:04:05Z" }, secrets_providers };
    mkdirSync(dirname(this.state), { recursive: true });
    const checkpoint = { stack: `organization/${this.project}/${this.name}`, latest };
    writeFileSync(this.state, JSON.stringify({ version: 3, checkpoint }));
    writeFileSync(this.config, `encryptionsalt: ${SALT}\n`);
  }

  /** As `pulumi config set`, and as `pulumi config rm` where there is no value. */
  configure(settings: Settings): void {
    const { config, ...rest } = parse(readFileSync(this.config, "utf8"));
    writeFileSync(this.config, stringify({ ...rest, config: { ...config, ...settings } }));
  }

  /** The state; what is secret is encrypted in it. */
  text(): string {
    return readFileSync(this.state, "utf8");
  }

  /** All that the state holds. */
  resources(): readonly StateResource[] {
    const { checkpoint } = JSON.parse(this.text());
    return checkpoint.latest.resources ?? [];
  }
}
