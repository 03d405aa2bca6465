// Runs GitLab pipelines on this machine by gitlab-ci-local, which checks the file against GitLab's published schema first.
import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { stringify } from "yaml";

/** It needs a method that Node 20 lacks. */
const NODE_20 = `Set.prototype.union ??= function (other) { return new Set([...this, ...other]); };`;

/** It copies by rsync, which not every machine has, and in two forms: all that is in a folder, or what a file lists. */
const RSYNC = `#!/bin/sh
for argument; do
  case $argument in --files-from=*) list=\${argument#*=} ;; esac
  from=$to to=$argument
done
mkdir -p "$to"
if [ "$list" ]; then tar -C "$from" -cf - -T "$list"; else tar -C "$from" -cf - --exclude=./.gitlab-ci-local --exclude=./.git .; fi | tar -C "$to" -xf -
`;

/** The variables that a project has for its pipelines: each with its values by environment, or "*" for all. */
export type ProjectVariables = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Pipeline {
  readonly succeeded: boolean;
  readonly log: string;
}

export class GitLabProject {
  /** @param folder the repository's files; @param tools a folder for what stands in for programs */
  constructor(
    private readonly folder: string,
    private readonly tools: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {
    mkdirSync(tools, { recursive: true });
    writeFileSync(join(tools, "rsync"), RSYNC, { mode: 0o755 });
    writeFileSync(join(tools, "node20.cjs"), NODE_20);
    for (const args of [
      ["init", "--quiet", "--initial-branch=main"],
      ["add", "--all"],
    ]) {
      spawnSync("git", args, { cwd: folder });
    }
    const author = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
    spawnSync("git", [...author, "commit", "--quiet", "--message=Seats"], { cwd: folder });
  }

  setVariables(variables: ProjectVariables): void {
    const file = Object.entries(variables).map(([name, values]) => [
      name,
      { type: "variable", values },
    ]);
    writeFileSync(
      join(this.folder, ".gitlab-ci-local-variables.yml"),
      stringify(Object.fromEntries(file)),
    );
  }

  /** Runs what GitLab would for an event. @param predefined the variables that GitLab sets for it */
  run(predefined: Readonly<Record<string, string>>): Promise<Pipeline> {
    const names = Object.keys(predefined);
    const args = [
      [
        "--require",
        join(this.tools, "node20.cjs"),
        require.resolve("gitlab-ci-local/dist/index.js"),
      ],
      ["--force-shell-executor", "--shell-isolation", "--no-artifacts-to-source", "--no-color"],
      ["--ignore-predefined-vars", names.join(",")],
      ...Object.entries(predefined).map(([name, value]) => ["--variable", `${name}=${value}`]),
    ];
    const options = {
      cwd: this.folder,
      env: { ...this.environment, PATH: `${this.tools}${delimiter}${this.environment.PATH}` },
    };
    return new Promise((resolve) => {
      execFile(process.execPath, args.flat(), options, (error, stdout, stderr) =>
        resolve({ succeeded: error === null, log: stdout + stderr }),
      );
    });
  }
}
