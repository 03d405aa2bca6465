// Every step of the example's workflows, in order, as a runner of GitHub's would run them. Nothing is installed: `npm ci`
// checks that it is given no key, and `npx` runs the command of this repository.
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { anyPulumiBin } from "../../../scripts/pulumi-cli/install";
import { Simulator } from "../../../simulator/src";
import { cliEnvironment } from "../../support/cliEnvironment";
import { CommentServer } from "../../support/commentServer";
import { exampleReadme } from "../../support/example";
import { repository } from "../../support/markdown";
import { writeNpm } from "../../support/npmStandIn";
import { assertNoKeys, assertNoKeysIn } from "../../support/secrecy";
import { newWorkFolder } from "../../support/workFolder";
import { type JobRun, type Runner, runWorkflow } from "../../support/workflow";

const people = {
  "alice@example.com": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  "bob@example.com": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
  "carol@example.com": "16fd2706-8baf-433b-82eb-8c7fada847da",
  "mallory@example.com": "550e8400-e29b-41d4-a716-446655440000",
};
const [alice, bob, carol, mallory] = Object.values(people) as [string, string, string, string];

const WITHOUT_KEYS = `[ -z "$DD_API_KEY$DD_APP_KEY$PULUMI_ACCESS_TOKEN" ] || { echo "npm has a key"; exit 1; }`;

describe("examples/seats-by-pull-request, with GitHub Actions", () => {
  let simulator: Simulator;
  const github = new CommentServer("github-actions[bot]");
  let home: string;
  let runner: Runner;

  before(async () => {
    await github.start();
    simulator = await Simulator.start();
    for (const [email, id] of Object.entries(people)) simulator.org.addUser(id, { email });
    simulator.org.product("incident_response");
    simulator.org.claim("on_call", alice);
    home = newWorkFolder("actions-");
    const bin = join(home, "bin");
    writeNpm(bin, "ci", WITHOUT_KEYS);
    const pulumiBin = await anyPulumiBin();
    const example = join(repository, "examples", "seats-by-pull-request");
    // A pull request that would have another script comment.
    const pullRequest = join(home, "pull-request");
    cpSync(example, pullRequest, { recursive: true });
    writeFileSync(join(pullRequest, "comment.mjs"), "process.exit(1);\n");
    runner = {
      repository: pullRequest,
      commits: { "5f1c2d3": example },
      environment: {
        ...cliEnvironment(bin, join(home, "pulumi")),
        DD_HOST: simulator.url,
        GITHUB_API_URL: github.url,
        GITHUB_REPOSITORY: "acme/seats",
      },
      pulumiBin,
      secrets: {
        PULUMI_ACCESS_TOKEN: "not-used-with-states-in-files",
        DD_API_KEY: simulator.keys.apiKey,
        DD_APP_KEY: simulator.keys.appKey,
      },
      vars: { DD_SITE: "" },
      github: {
        repository: "acme/seats",
        run_id: "42",
        server_url: "https://github.com",
        token: github.token,
        event: {
          number: "1",
          pull_request: { base: { sha: "5f1c2d3" }, head: { repo: { full_name: "acme/seats" } } },
        },
      },
    };
  });
  after(async () => {
    assertNoKeysIn(join(home, "pulumi"), simulator.keys);
    rmSync(home, { recursive: true });
    github.stop();
    await simulator.stop();
  });

  /** The jobs of a workflow by name, all of which must run. */
  async function run(workflow: string): Promise<Record<string, JobRun>> {
    const jobs = await runWorkflow(`.github/workflows/${workflow}.yml`, runner);
    for (const { log, summary } of jobs) assertNoKeys(workflow, log + summary, simulator.keys);
    return Object.fromEntries(jobs.map((job) => [job.name, job]));
  }
  const failed = (jobs: Record<string, JobRun>) =>
    Object.values(jobs).flatMap(({ name, succeeded }) => (succeeded ? [] : [name]));
  const logs = (jobs: Record<string, JobRun>) =>
    Object.values(jobs)
      .map(({ log }) => log)
      .join("\n");

  it("shows in the summary of a pull request, and in a comment, what it would do and who owns each seat", async () => {
    const jobs = await run("preview");
    expect(failed(jobs), logs(jobs)).to.deep.equal([]);
    const names = ["teams", "preview sre", "preview platform", "report", "comment"];
    expect(Object.keys(jobs)).to.deep.equal(names);
    const summary = jobs["preview sre"]?.summary ?? "";
    expect(summary).to.match(/^### sre\n\n( {4}.*\n)+$/);
    expect(summary).to.match(new RegExp(`^ {4}.*bob@example\\.com *: "${bob}"$`, "m"));
    expect(summary).to.include("+ 3 to create");
    expect(jobs["preview sre"]?.log).to.include("+ 3 to create");
    expect(jobs["preview platform"]?.summary).to.include("carol@example.com");
    expect(jobs.report?.summary).to.include(`| unmanaged | \`on_call\` | \`alice@example.com\` |`);
    expect(simulator.count("POST")).to.equal(0);

    const [comment, ...others] = github.comments;
    expect(others).to.deep.equal([]);
    const parts = ["report", "preview platform", "preview sre"].map((name) => jobs[name]?.summary);
    expect(comment?.body)
      .to.include(`\n\n${parts.join("\n\n")}\n\n`)
      .and.include("(https://github.com/acme/seats/actions/runs/42)");
  });

  it("reports, and changes its comment, also where a team's preview has failed", async () => {
    const wrong = { ...runner, secrets: { ...runner.secrets, DD_APP_KEY: "a-wrong-key" } };
    const jobs = await runWorkflow(".github/workflows/preview.yml", wrong);
    const ended = jobs.map(({ name, succeeded }) => [name, succeeded]);
    expect(ended).to.deep.equal([
      ["teams", true],
      ["preview sre", false],
      ["preview platform", false],
      ["report", false],
      ["comment", true],
    ]);
    expect(github.comments).to.have.length(1);
    expect(github.comments[0]?.body).to.match(/^### sre\n\n( {4}.*\n)* {4}.*responded with 403/m);
  });

  it("makes the seats on main what teams.yaml says", async () => {
    const jobs = await run("up");
    expect(failed(jobs), logs(jobs)).to.deep.equal([]);
    expect(simulator.org.holders("on_call")).to.have.members([alice, bob, carol]);
    expect(simulator.org.holders("incident_response")).to.have.members([alice, bob]);
  });

  it("finds no drift where there is none", async () => {
    const jobs = await run("drift");
    expect(failed(jobs), logs(jobs)).to.deep.equal([]);
    expect(jobs.report?.summary).to.include("| `seats/platform` | 0 | 1 |");
  });

  it("fails at night and names who has lost a seat, and who holds one that no team has", async () => {
    simulator.org.unassign("on_call", bob);
    simulator.org.claim("on_call", mallory);
    const jobs = await run("drift");
    expect(failed(jobs), logs(jobs)).to.deep.equal(["drift sre", "report"]);
    expect(jobs["drift sre"]?.summary).to.match(
      new RegExp(`^ {4}.*\\+ bob@example\\.com *: "${bob}"$`, "m"),
    );
    const shown =
      exampleReadme("seats-by-pull-request").match(/^\| (finding|---|unmanaged|missing) .*\n/gm) ??
      [];
    expect(shown).to.have.length(4);
    expect(jobs.report?.summary).to.include(shown.join(""));
    expect(simulator.org.holders("on_call")).to.include(mallory).and.not.include(bob);
  });
});
