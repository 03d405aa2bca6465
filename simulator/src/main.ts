// `npm run simulator -- --port 8126 --fixture FILE`
import { parseArgs } from "node:util";
import { fill, readFixture, Simulator } from "./index";

async function main() {
  const { values } = parseArgs({
    options: { port: { type: "string", default: "8126" }, fixture: { type: "string" } },
  });
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
`);
}

main().catch((error: NodeJS.ErrnoException) => {
  console.error(
    error.code === "EADDRINUSE" ? "That port is taken: choose another with --port." : error.message,
  );
  process.exitCode = 1;
});
