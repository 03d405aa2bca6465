// Runs the workflows of GitHub Actions on this machine, as far as our example uses them. What it doesn't know is an error.
// Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { newWorkFolder } from "./workFolder";
import {
  type Context,
  evaluate,
  isMet,
  outputsOf,
  substituted,
  type Values,
} from "./workflowExpressions";

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Values;
  readonly env?: Values;
  readonly run?: string;
}

interface Job {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly outputs?: Values;
  readonly strategy?: { readonly matrix?: Values };
  readonly steps: readonly Step[];
}

/**
 * What GitHub makes of a step's script on Linux, by the shell that the workflow names: without one, a command that fails
 * before a pipe goes unnoticed.
 */
const SHELLS: Readonly<Record<string, readonly string[]>> = {
  "": ["-e"],
  bash: ["--noprofile", "--norc", "-eo", "pipefail"],
};

const KEYS = {
  workflow: ["name", "on", "permissions", "concurrency", "defaults", "jobs"],
  job: [
    ...["name", "needs", "if", "runs-on", "timeout-minutes", "permissions", "outputs", "strategy"],
    "steps",
  ],
  strategy: ["fail-fast", "max-parallel", "matrix"],
  step: ["name", "id", "if", "uses", "with", "env", "run"],
};

/** An action of a commit. */
const ACTION = /^([\w-]+\/[\w-]+)@[0-9a-f]{40}$/;

/** A job that has run, once for each value of its matrix. */
export interface JobRun {
  /** Such as "teams", or of a matrix "preview sre". */
  readonly name: string;
  readonly succeeded: boolean;
  /** What its steps printed. */
  readonly log: string;
  readonly summary: string;
}

export interface Runner {
  /** The repository's files, of which actions/checkout makes a copy. */
  readonly repository: string;
  /** Its files at other commits. */
  readonly commits: Values;
  readonly environment: NodeJS.ProcessEnv;
  /** The folder of the CLI that pulumi/actions puts on the PATH. */
  readonly pulumiBin: string;
  readonly secrets: Values;
  readonly vars: Values;
  readonly github: Context;
}

/** Runs the jobs one after another; of those that need one that failed, those alone whose condition says so. */
export async function runWorkflow(file: string, runner: Runner): Promise<JobRun[]> {
  const workflow = parse(readFileSync(join(runner.repository, file), "utf8"));
  const jobs = known("workflow", workflow).jobs as Record<string, Job>;
  const options = SHELLS[workflow.defaults?.run?.shell ?? ""];
  if (!options) throw new Error(`${file} names a shell that is not known here`);
  const runs: JobRun[] = [];
  const artifacts = newWorkFolder("artifacts-");
  /** The contexts `needs.JOB` of the jobs that succeeded. */
  const done: Record<string, { outputs: Values }> = {};
  for (const [id, job] of Object.entries(jobs)) {
    known("job", job);
    const needs = [job.needs ?? []].flat();
    const unknown = needs.find((need) => !(need in jobs));
    if (unknown) throw new Error(`${id} needs ${unknown}, which is no job`);
    const context = {
      secrets: runner.secrets,
      vars: runner.vars,
      github: runner.github,
      needs: Object.fromEntries(needs.map((need) => [need, done[need]])),
    };
    if (job.if ? !isMet(job.if, context) : needs.some((need) => !(need in done))) continue;
    const ended = [];
    for (const matrix of matrixOf(job, context)) {
      const name = [id, ...Object.values(matrix)].join(" ");
      ended.push(
        await runJob(name, job, { ...context, matrix }, { ...runner, options, artifacts }),
      );
    }
    runs.push(...ended.map(({ run }) => run));
    if (ended.every(({ run }) => run.succeeded)) {
      done[id] = { outputs: ended[0]?.outputs ?? {} };
    }
  }
  rmSync(artifacts, { recursive: true });
  return runs;
}

/** Each combination of a matrix; of one dimension, because the example has no more. */
function matrixOf({ strategy = {} }: Job, context: Context): Values[] {
  const [dimension, ...more] = Object.entries(known("strategy", strategy).matrix ?? {});
  if (more.length > 0) throw new Error("a matrix of several dimensions is not known here");
  if (!dimension) return [{}];
  const values = evaluate(dimension[1], context) as string[];
  return values.map((value) => ({ [dimension[0]]: value }));
}

async function runJob(
  name: string,
  job: Job,
  context: Context,
  runner: Runner & { readonly options: readonly string[]; readonly artifacts: string },
) {
  const folder = newWorkFolder("runner-");
  const files = {
    GITHUB_OUTPUT: join(folder, ".output"),
    GITHUB_STEP_SUMMARY: join(folder, ".summary"),
  };
  const steps: Record<string, { outputs: Values }> = {};
  const environment = { ...runner.environment };
  const actions: Record<string, (options: Values) => void> = {
    "actions/checkout": ({ ref }) => {
      const files = ref === undefined ? runner.repository : runner.commits[ref];
      if (files === undefined) throw new Error(`there is no commit ${ref}`);
      cpSync(files, folder, { recursive: true });
    },
    "actions/upload-artifact": ({ name = "", path = "" }) => {
      // Without its file the action warns, and the job goes on.
      if (existsSync(join(folder, path))) {
        cpSync(join(folder, path), join(runner.artifacts, name, path));
      }
    },
    "actions/download-artifact": ({ path = "" }) =>
      cpSync(runner.artifacts, join(folder, path), { recursive: true }),
    // This machine has a Node.
    "actions/setup-node": () => {},
    "pulumi/actions": () => {
      environment.PATH = `${runner.pulumiBin}${delimiter}${environment.PATH}`;
    },
  };
  let log = "";
  let summary = "";
  let succeeded = true;
  try {
    for (const step of job.steps) {
      const { id, if: condition, uses, env = {}, run } = known("step", step) as Step;
      if (condition ? !isMet(condition, context) : !succeeded) continue;
      if (uses !== undefined) {
        const [, action = ""] = ACTION.exec(uses) ?? [];
        const effect = actions[action];
        if (!effect) throw new Error(`${uses} is not known here`);
        effect(substituted(step.with ?? {}, context));
      }
      if (run === undefined) continue;
      for (const path of Object.values(files)) writeFileSync(path, "");
      const result = await bash(runner.options, run, folder, {
        ...environment,
        ...substituted(env, { ...context, steps }),
        ...files,
      });
      log += result.output;
      summary += readFileSync(files.GITHUB_STEP_SUMMARY, "utf8");
      if (id) steps[id] = { outputs: outputsOf(readFileSync(files.GITHUB_OUTPUT, "utf8")) };
      succeeded &&= result.code === 0;
    }
    const outputs = succeeded ? substituted(job.outputs ?? {}, { ...context, steps }) : {};
    return { run: { name, succeeded, log, summary }, outputs };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function bash(
  options: readonly string[],
  script: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
) {
  const file = join(cwd, ".step.sh");
  writeFileSync(file, script);
  const child = spawn("bash", [...options, file], { cwd, env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output };
}

function known<Part extends object>(kind: keyof typeof KEYS, part: Part): Part & Context {
  const unknown = Object.keys(part).filter((key) => !KEYS[kind].includes(key));
  if (unknown.length > 0) throw new Error(`${unknown.join(", ")} of a ${kind} is not known here`);
  return part as Part & Context;
}
