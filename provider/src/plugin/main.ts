// The executable `pulumi-resource-datadog-seats`, which the engine starts with its address as the last argument.
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { EngineClient } from "../engine/client";
import { EngineWatch, isEngineAddress } from "../engine/watch";
import { Run } from "../lifecycle/run";
import { version } from "./schema";
import { providerService } from "./service";

// As `node --disable-proto=delete` does. google-protobuf keeps what the engine sends in plain objects, which lose a member
// labelled `__proto__` and so would unassign the seat. Now that is a property like any other, and the check refuses it.
Reflect.deleteProperty(Object.prototype, "__proto__");

/** What the engine takes and sends at most: gRPC's default is 4 MB. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

const USAGE = `pulumi-resource-datadog-seats ${version} is a plugin that Pulumi starts by itself. You can run its commands, such as
pulumi-resource-datadog-seats doctor, which checks keys, site and permissions; --help lists them.

Pulumi finds it on the PATH, or in the folder that Pulumi.yaml names:

  plugins:
    providers:
      - name: datadog-seats
        path: node_modules/.bin
`;

const last = process.argv.at(-1) ?? "";
if (isEngineAddress(last)) serve(last);
else {
  process.stderr.write(USAGE);
  process.exitCode = 1;
}

/** @param address `host:port` of the engine: the process ends with it */
function serve(address: string): void {
  const watch = new EngineWatch(address, (wasThere) => {
    if (!wasThere) reportUnreachable(address);
    process.exit(1);
  });
  const engine = new EngineClient(address);
  const run = new Run({
    beforeWrite: () => watch.confirm(),
    log: (line, urn, severity) => engine.log(line, urn, severity),
    engineHasProgram: () => engine.hasProgram(),
  });
  const server = new Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  });
  server.addService(ResourceProviderService, providerService(run));
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    // The engine reads the port from the first line.
    process.stdout.write(`${port}\n`);
  });
}

function reportUnreachable(address: string): void {
  process.stderr.write(
    `pulumi-resource-datadog-seats: nothing listens on ${address}, where Pulumi's engine should be. The plugin must run on the engine's machine, and Pulumi gives it the address: don't start it yourself. Nothing was sent to Datadog.\n`,
  );
}
