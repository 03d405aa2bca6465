// The example's pipelines as GitLab would run them, with the CLI, which alone reads what their file says. Nothing is installed: `npm ci` does nothing, and `npx` runs the command of this repository.
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { anyPulumiBin } from "../../../scripts/pulumi-cli/install";
import { Simulator } from "../../../simulator/src";
import { cliEnvironment } from "../../support/cliEnvironment";
import { CommentServer } from "../../support/commentServer";
import { GitLabProject, type Pipeline } from "../../support/gitlabPipeline";
import { repository } from "../../support/markdown";
import { writeNpm } from "../../support/npmStandIn";
import { assertNoKeys, assertNoKeysIn } from "../../support/secrecy";
import { newWorkFolder } from "../../support/workFolder";

const people = {
  "alice@example.com": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  "bob@example.com": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
  "mallory@example.com": "550e8400-e29b-41d4-a716-446655440000",
};
const [alice, bob, mallory] = Object.values(people) as [string, string, string];

describe("examples/seats-by-pull-request, with GitLab CI", () => {
  const gitlab = new CommentServer("the user of the token");
  let simulator: Simulator;
  let home: string;
  let project: GitLabProject;

  before(async () => {
    await gitlab.start();
    simulator = await Simulator.start();
    for (const [email, id] of Object.entries(people)) simulator.org.addUser(id, { email });
    simulator.org.product("incident_response");
    simulator.org.claim("on_call", alice);
    const reading = simulator.addKeys({
      appKey: "an-application-key-that-may-read",
      permissions: ["billing_read", "user_access_read"],
    });
    home = newWorkFolder("gitlab-");
    const folder = join(home, "repository");
    cpSync(join(repository, "examples", "seats-by-pull-request"), folder, { recursive: true });
    // One team of its two, to start the CLI less often.
    const teams = readFileSync(join(folder, "teams.yaml"), "utf8");
    writeFileSync(join(folder, "teams.yaml"), teams.slice(0, teams.indexOf("platform:")));
    const tools = join(home, "tools");
    writeNpm(tools, "ci --ignore-scripts");
    project = new GitLabProject(folder, tools, {
      ...cliEnvironment(await anyPulumiBin(), join(home, "pulumi")),
      DD_HOST: simulator.url,
    });
    const { apiKey, appKey } = simulator.keys;
    project.setVariables({
      DD_API_KEY: { preview: apiKey, seats: apiKey },
      DD_APP_KEY: { preview: reading.appKey, seats: appKey },
      NOTE_TOKEN: { note: gitlab.token },
    });
  });
  after(async () => {
    assertNoKeysIn(join(home, "pulumi"), simulator.keys);
    rmSync(home, { recursive: true });
    gitlab.stop();
    await simulator.stop();
  });

  async function run(predefined: Record<string, string>): Promise<Pipeline> {
    const pipeline = await project.run({ CI_DEFAULT_BRANCH: "main", ...predefined });
    assertNoKeys("the pipeline", pipeline.log, simulator.keys);
    return pipeline;
  }
  const mergeRequest = {
    CI_PIPELINE_SOURCE: "merge_request_event",
    // GitLab has none here.
    CI_COMMIT_BRANCH: "",
    CI_PROJECT_ID: "7",
    CI_MERGE_REQUEST_IID: "1",
    CI_PIPELINE_URL: "https://gitlab.example.com/acme/seats/-/pipelines/42",
  };

  it("says in a note of the merge request what it would do and who owns each seat, with keys that only read", async () => {
    const { succeeded, log } = await run({ ...mergeRequest, CI_API_V4_URL: gitlab.url });
    expect(succeeded, log).to.equal(true);
    const [note, ...others] = gitlab.comments;
    expect(others).to.deep.equal([]);
    expect(note?.body)
      .to.include(`| unmanaged | \`on_call\` | \`alice@example.com\` |`)
      .and.match(/^### sre\n\n( {4}.*\n)+/m)
      .and.include("+ 3 to create")
      .and.include("/-/pipelines/42");
    expect(simulator.count("POST")).to.equal(0);
  });

  it("makes the seats on the default branch what teams.yaml says", async () => {
    const { succeeded, log } = await run({ CI_PIPELINE_SOURCE: "push", CI_COMMIT_BRANCH: "main" });
    expect(succeeded, log).to.equal(true);
    expect(simulator.org.holders("on_call")).to.have.members([alice, bob]);
    expect(gitlab.comments).to.have.length(1);
  });

  it("fails at night and names who has lost a seat, and who holds one that no team has", async () => {
    simulator.org.unassign("on_call", bob);
    simulator.org.claim("on_call", mallory);
    const { succeeded, log } = await run({
      CI_PIPELINE_SOURCE: "schedule",
      CI_COMMIT_BRANCH: "main",
    });
    expect(succeeded).to.equal(false);
    expect(log)
      .to.match(/FAIL {2}drift/)
      .and.match(/FAIL {2}report/)
      .and.include("| unmanaged | `on_call` | `mallory@example.com` |")
      .and.match(new RegExp(`\\+ bob@example\\.com *: "${bob}"`));
    expect(simulator.org.holders("on_call")).to.have.members([alice, mallory]);
  });
});
