// npm run stacks -- FILE: the teams of a teams.yaml as Stack resources of the Pulumi Kubernetes Operator.
import { readFileSync } from "node:fs";
import { parse, stringify } from "yaml";

/** Of Pulumi Cloud. */
const ORGANIZATION = "acme";
/** Where the program of examples/seats-by-pull-request is. */
const REPOSITORY = "https://github.com/acme/seats";
/** The Kubernetes Secret with the keys, by the names of the environment's variables. */
const SECRET = "seats";
const KEYS = ["PULUMI_ACCESS_TOKEN", "DD_API_KEY", "DD_APP_KEY"];

function stackOf(team: string): object {
  const name = `seats-${team}`;
  // What Kubernetes and the operator allow.
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name) || name.length > 42) {
    throw new Error(`"${name}" can't name a Stack: up to 42 of a-z, 0-9 and "-".`);
  }
  return {
    apiVersion: "pulumi.com/v1",
    kind: "Stack",
    metadata: { name },
    spec: {
      serviceAccountName: "seats",
      stack: `${ORGANIZATION}/seats/${team}`,
      projectRepo: REPOSITORY,
      branch: "main",
      // Every hour, also without a commit: a seat that was unassigned elsewhere is assigned again.
      refresh: true,
      continueResyncOnCommitMatch: true,
      resyncFrequencySeconds: 3600,
      envRefs: Object.fromEntries(
        KEYS.map((key) => [key, { type: "Secret", secret: { name: SECRET, key } }]),
      ),
    },
  };
}

function main([file = "teams.yaml"]: string[]): void {
  const teams = Object.keys(parse(readFileSync(file, "utf8")));
  const stacks = teams.map((team) => stringify(stackOf(team)));
  console.log(stacks.join("---\n").trimEnd());
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`error: ${(error as Error).message}`);
  process.exitCode = 1;
}
