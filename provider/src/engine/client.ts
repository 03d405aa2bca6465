// What this process logs, over the engine's own service.
import type { EngineClient as EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";

/** The engine responds within milliseconds. Without one, as in a test, nothing waits for it. */
const MAX_RESPONSE_MS = 2000;

export class EngineClient {
  private service: EngineService | undefined;

  /** @param address `host:port` of the engine */
  constructor(private readonly address: string) {}

  /** Writes a line on the row of a resource, or of the stack. Resolves once the engine has it, or is not there. */
  log(line: string, urn = "", severity: "INFO" | "WARNING" = "INFO"): Promise<void> {
    const { Metadata } = require("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
    const { LogRequest, LogSeverity } = require("@pulumi/pulumi/proto/engine_pb");
    const request = new LogRequest().setMessage(line).setUrn(urn);
    request.setSeverity(LogSeverity[severity]);
    const deadline = Date.now() + MAX_RESPONSE_MS;
    return new Promise((resolve) => {
      this.connected().log(request, new Metadata(), { deadline }, () => resolve());
    });
  }

  /** Loaded when it is first needed, because most runs log nothing. */
  private connected(): EngineService {
    if (!this.service) {
      const { credentials, makeClientConstructor } =
        require("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
      const { EngineService } = require("@pulumi/pulumi/proto/engine_grpc_pb");
      // Not Pulumi's own client: that one may belong to another copy of the library.
      const Client = makeClientConstructor(EngineService, "Engine");
      const client = new Client(this.address, credentials.createInsecure());
      this.service = client as unknown as EngineService;
    }
    return this.service;
  }
}
