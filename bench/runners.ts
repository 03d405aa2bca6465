// `npm run bench -- runners`: stacks of one org that all run at once, as on a runner each, under one rate limit.
// Not among the others, because forty `pulumi` at once take a dozen gigabytes.
import { MODES, measure } from "./teams";

const RUNNERS = [4, 12, 40];
const BEHAVIOUR = { latencyMs: 20, rateLimit: { limit: 20, periodSeconds: 2 } };

export const NAME = "runners";

/** A table of what the org gets. */
export async function measureRunners(): Promise<string> {
  const lines: string[] = [];
  for (const runners of RUNNERS) {
    for (const mode of MODES) {
      console.log(`${NAME}: ${runners}, ${mode}`);
      for (const row of await measure(runners, mode, runners, BEHAVIOUR)) {
        const { command, seconds, requests, limited } = row;
        const { GET, POST } = requests;
        lines.push([runners, command, mode, seconds.toFixed(1), GET, POST, limited].join(" | "));
      }
    }
  }
  const { limit, periodSeconds } = BEHAVIOUR.rateLimit;
  return [
    `### Stacks side by side, ${limit} requests in ${periodSeconds} s`,
    "",
    "| stacks | command | how | seconds | GET | POST | of these 429 |",
    "|---|---|---|---|---|---|---|",
    ...lines.map((line) => `| ${line} |`),
  ].join("\n");
}
