// Pulumi's dynamic-provider process, spoken to as the engine speaks to it: gRPC.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

type Properties = Record<string, unknown>;

/** As resources/handler.ts writes it into the state. */
const PROVIDER = {
  __provider: 'exports.handler=()=>require("pulumi-datadog-seats/host").SeatAssignment',
};
const struct = (properties: Properties) =>
  Struct.fromJavaScript({ ...PROVIDER, ...properties } as never);

export class DynamicProviderHost {
  private constructor(
    private readonly child: ChildProcess,
    private readonly client: ResourceProviderClient,
    private readonly printed: string[],
  ) {}

  /** Starts the process, and configures it with a stack's configuration. */
  static async start(config: Record<string, string>): Promise<DynamicProviderHost> {
    const script = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
    const child = spawn(process.execPath, [script, "127.0.0.1:1"], {
      cwd: join(__dirname, "..", ".."),
      env: { PATH: process.env.PATH },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const printed: string[] = [];
    const lines = createInterface({ input: child.stdout });
    const [port] = (await once(lines, "line")) as [string];
    lines.on("line", (line) => printed.push(line));
    createInterface({ input: child.stderr }).on("line", (line) => printed.push(line));
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const host = new DynamicProviderHost(child, client, printed);
    const request = new messages.ConfigureRequest();
    request.setArgs(Struct.fromJavaScript(config as never));
    await host.call("configure", request);
    return host;
  }

  /** What the process wrote, to either stream. */
  get output(): string {
    return this.printed.join("\n");
  }

  async check(news: Properties) {
    const request = new messages.CheckRequest();
    request.setOlds(struct({}));
    request.setNews(struct(news));
    const response = await this.call<messages.CheckResponse>("check", request);
    return {
      inputs: properties(response.getInputs()),
      failures: response.getFailuresList().map((failure) => failure.toObject()),
    };
  }

  async diff(id: string, olds: Properties, news: Properties) {
    const request = new messages.DiffRequest();
    request.setId(id);
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    const response = await this.call<messages.DiffResponse>("diff", request);
    return {
      changes: response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
    };
  }

  async create(inputs: Properties) {
    const request = new messages.CreateRequest();
    request.setProperties(struct(inputs));
    const response = await this.call<messages.CreateResponse>("create", request);
    return { id: response.getId(), outputs: properties(response.getProperties()) };
  }

  async read(id: string, state: Properties) {
    const request = new messages.ReadRequest();
    request.setId(id);
    request.setProperties(struct(state));
    const response = await this.call<messages.ReadResponse>("read", request);
    return {
      id: response.getId(),
      outputs: properties(response.getProperties()),
      inputs: properties(response.getInputs()),
    };
  }

  async update(id: string, olds: Properties, news: Properties) {
    const request = new messages.UpdateRequest();
    request.setId(id);
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    const response = await this.call<messages.UpdateResponse>("update", request);
    return properties(response.getProperties());
  }

  async delete(id: string, state: Properties): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setId(id);
    request.setProperties(struct(state));
    await this.call("delete", request);
  }

  async stop(): Promise<void> {
    this.client.close();
    this.child.kill("SIGKILL");
    if (this.child.exitCode === null && this.child.signalCode === null)
      await once(this.child, "exit");
  }

  private call<Response>(method: string, request: unknown): Promise<Response> {
    type Method = (request: unknown, done: (e: ServiceError | null, r: Response) => void) => void;
    const send = this.client[method as keyof ResourceProviderClient] as unknown as Method;
    return new Promise((resolve, reject) => {
      send.call(this.client, request, (error, response) => {
        // What the engine shows is the status' details.
        if (error) reject(new Error(error.details));
        else resolve(response);
      });
    });
  }
}

function properties(from: Struct | undefined): Properties {
  const { __provider, ...rest } = (from?.toJavaScript() ?? {}) as Properties;
  return rest;
}
