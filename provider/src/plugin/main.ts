// The executable `pulumi-resource-datadog-seats`, which the engine starts with its address as the last argument.
import { type AddressInfo, createServer } from "node:net";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { isEngineAddress } from "../engine/watch";
import { AttachedProviders } from "./attached";
import { engineRun } from "./engineRun";
import { version } from "./schema";
import { Provider, type Providers, providerService } from "./service";

/** As much as the engine takes and sends: the default is 4 MB. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

const USAGE = `pulumi-resource-datadog-seats ${version} is a plugin that Pulumi starts by itself: it does nothing when you run it.

Pulumi finds it on the PATH, or in the folder that Pulumi.yaml names:

  plugins:
    providers:
      - name: datadog-seats
        path: node_modules/.bin

\`pulumi-resource-datadog-seats attach\` starts one process for several runs of Pulumi at once.
`;

const last = process.argv.at(-1) ?? "";
if (isEngineAddress(last)) {
  // The engine reads the port from the first line.
  serve(startedBy(last), (port) => `${port}`);
} else if (process.argv.length === 3 && last === "attach") {
  serve(new AttachedProviders(reportUnreachable), (port) => {
    process.stderr.write("Run Pulumi with this in its environment. Ctrl-C ends the plugin.\n");
    return `PULUMI_DEBUG_PROVIDERS=datadog-seats:${port}`;
  });
} else {
  process.stderr.write(USAGE);
  process.exitCode = 1;
}

/** The only provider of a process that ends with its engine. */
function startedBy(address: string): Providers {
  const { run } = engineRun(address, {
    onGone: (wasThere) => {
      if (!wasThere) reportUnreachable(address);
      process.exit(1);
    },
  });
  const provider = new Provider(run);
  return { of: () => provider, attach: () => {}, detach: () => {} };
}

/** @param line what to print once it serves, by the port */
function serve(providers: Providers, line: (port: number) => string): void {
  const server = new Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  });
  server.addService(ResourceProviderService, providerService(providers));
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  const sockets = createServer((socket) => {
    const connection = `${socket.remoteAddress}:${socket.remotePort}`;
    socket.on("close", () => providers.detach(connection));
    injector.injectConnection(socket);
  });
  sockets.listen(0, "127.0.0.1", () => {
    process.stdout.write(`${line((sockets.address() as AddressInfo).port)}\n`);
  });
}

function reportUnreachable(address: string): void {
  process.stderr.write(
    `pulumi-resource-datadog-seats: nobody listens on ${address}, where Pulumi's engine was to be, so nothing is sent to Datadog. The plugin must run on the machine of the engine, and gets the address from it: don't give one yourself.\n`,
  );
}
