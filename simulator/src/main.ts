// `npm run simulator -- --port 8126 --fixture FILE`
import { parseArgs } from "node:util";
import { fill, readFixture, Simulator } from "./index";

const HELP = `Usage: npm run simulator -- [options]

A Seats API on this machine, which prints every request that arrives. Its state is gone when it ends.

  --port PORT     where it listens on 127.0.0.1: 8126 without, 0 for any free port
  --fixture FILE  what it starts with: JSON with any of
                    keys       apiKey, appKey, token (an access token), permissions, a list such as
                               ["billing_read", "user_access_read"], and scopes, which of them key and token may use
                    users      a list with an id (a UUID), an email and perhaps a name of each, a status
                               ("Active", "Pending" or "Disabled"), serviceAccount (true or false), createdAt and
                               lastLoginAt
                    products   by code, with a capacity (how many seats) and holders (a list of users' ids);
                               seats of any other code are refused
                    teams, schedules, escalationPolicies
                               who is in a team, and whom On-Call pages
                    behaviour  what Datadog's documents leave open: simulator/src/behaviour.ts
  --help          this text

docs/simulator.md shows a fixture.`;

async function main() {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "8126" },
      fixture: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port is ${values.port}. Expected a port from 0 (any free one) to 65535.`);
  }
  const fixture = values.fixture ? readFixture(values.fixture) : {};
  const simulator = await Simulator.start({
    port,
    ...(fixture.keys && { keys: fixture.keys }),
    ...(fixture.behaviour && { behaviour: fixture.behaviour }),
  });
  simulator.onRequest = ({ method, url, userIds, status }) =>
    console.log(`${method} ${url} ${userIds.join(" ")} → ${status || "no response"}`);
  fill(simulator.org, fixture);
  console.log(`A simulated Seats API listens on ${simulator.url} (Ctrl-C ends it). Stacks reach it with:

  export DD_HOST=${simulator.url}
  export DD_API_KEY=${simulator.keys.apiKey}
  export DD_APP_KEY=${simulator.keys.appKey}
  export DD_BEARER_TOKEN=${simulator.keys.token}
`);
}

main().catch((error: NodeJS.ErrnoException) => {
  console.error(
    error.code === "EADDRINUSE" ? "That port is taken: choose another with --port." : error.message,
  );
  process.exitCode = 1;
});
