// `npm run release:go`: tags the SDK for Go that `npm run release:dry` has written, as Go finds it: `sdk/go/v0.1.0`.
// Only the tag has the generated code: its commit follows the one that is checked out, and no branch leads to it.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { manifest, root } from "./plugin/manifest";

const output = join(root, "dist-release");
const index = join(output, "index");
const tag = `sdk/go/v${manifest.version}`;

// The same author and time as the commit before it: made again, it is the same commit.
const [name, email, date] = git({}, "log", "-1", "--format=%an%n%ae%n%aI").split("\n");
const env = {
  GIT_INDEX_FILE: index,
  ...{ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: date },
  ...{ GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email, GIT_COMMITTER_DATE: date },
};

function git(more: NodeJS.ProcessEnv, ...args: string[]): string {
  const options = { cwd: root, env: { ...process.env, ...more }, encoding: "utf8" } as const;
  return execFileSync("git", args, options).trim();
}

rmSync(index, { force: true });
git(env, "read-tree", "HEAD");
git(env, `--work-tree=${join(output, "go")}`, "add", "--force", "sdk/go");
const tree = git(env, "write-tree");
const commit = git(env, "commit-tree", tree, "-p", "HEAD", "-m", `release: ${tag}`);
git(env, "tag", "--force", tag, commit);
rmSync(index);
console.log(`${tag} is ${commit}. To publish it: git push origin ${tag}`);
