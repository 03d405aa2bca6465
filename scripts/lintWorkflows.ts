// `npm run lint:workflows`: actionlint over our workflows and those of the examples. Go builds it from its module, once.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";
// Without shellcheck and pyflakes, so that it says the same on every machine.
const OPTIONS = ["-no-color", "-shellcheck=", "-pyflakes="];
const FOLDERS = [
  ".github/workflows",
  "examples/on-call-schedule/.github/workflows",
  "examples/seats-by-pull-request/.github/workflows",
];

const cwd = join(__dirname, "..");
const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(cwd, folder)).map((name) => join(folder, name)),
);

function actionlint(...args: string[]) {
  return spawnSync("go", ["run", ACTIONLINT, ...args], { cwd, encoding: "utf8" });
}

/** Why it can't be run here; `undefined` when it can. */
function obstacle(): string | undefined {
  const { status, error, stderr } = actionlint("-version");
  if (error) return "there is no `go` command";
  return status === 0 ? undefined : stderr.trim().split("\n").at(-1);
}

const reason = obstacle();
if (reason) {
  console.log(`skipped: the check of the workflows, because ${reason}`);
  // Where nobody reads the output, a check that is left out must not pass.
  if (process.env.CI === "true") process.exitCode = 1;
} else {
  const { status, stdout, stderr } = actionlint(...OPTIONS, ...files);
  process.stdout.write(stdout);
  if (status !== 0) process.stderr.write(stderr);
  process.exitCode = status ?? 1;
}
