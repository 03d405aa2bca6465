// An engine as far as a provider process needs one: it takes what is logged.
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

export class EngineStub {
  /** The lines that were logged. */
  readonly logged: string[] = [];
  private readonly server = new Server();

  private constructor() {
    this.server.addService(EngineService, {
      log: ({ request }: { request: LogRequest }, done: (error: null, response: Empty) => void) => {
        this.logged.push(request.getMessage());
        done(null, new Empty());
      },
    });
  }

  /** @returns the engine, and its `host:port` */
  static async start(): Promise<[EngineStub, string]> {
    const engine = new EngineStub();
    const port = await new Promise<number>((resolve, reject) => {
      const credentials = ServerCredentials.createInsecure();
      engine.server.bindAsync("127.0.0.1:0", credentials, (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    return [engine, `127.0.0.1:${port}`];
  }

  /** As when it is killed: its connections close, and nobody listens any more. */
  end(): void {
    this.server.forceShutdown();
  }
}
