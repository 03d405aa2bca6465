// Runs a command for each team of teams.yaml, one after another, with the team's name as TEAM. One that fails stops no other.
//   npm run each -- COMMAND
import { spawnSync } from "node:child_process";
import { readTeams } from "./teams";

const [command = ""] = process.argv.slice(2);
const failed = Object.keys(readTeams()).filter((team) => {
  const env = { ...process.env, TEAM: team };
  return spawnSync("bash", ["-c", command], { env, stdio: "inherit" }).status !== 0;
});
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(", ")}.`);
  process.exitCode = 1;
}
