// A provider process, of either entry point, spoken to as the engine speaks to it: gRPC.
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { EngineStub } from "./engineStub";
import { ENTRY_POINTS, type EntryPoint, urnOf } from "./entryPoints";
import { type Properties, partial, properties } from "./partialResource";
import { assertNoKeys } from "./secrecy";
import { ServingProcess } from "./servingProcess";

interface ProcessOptions {
  /** Whose provider the calls are to reach. */
  readonly resource?: string;
  readonly environment?: Record<string, string>;
  readonly entryPoint?: EntryPoint;
}

export class ProviderProcess {
  private constructor(
    private readonly process: ServingProcess,
    private readonly engine: EngineStub,
    private readonly client: ResourceProviderClient,
    private readonly config: Record<string, string>,
    private readonly resource: string,
    private readonly entryPoint: EntryPoint,
  ) {}

  /**
   * Starts the process, and configures it with a stack's configuration.
   *
   * @param config by the names of the dynamic provider's settings
   */
  static async start(
    config: Record<string, string>,
    options: ProcessOptions = {},
  ): Promise<ProviderProcess> {
    const { resource = "SeatAssignment", environment = {}, entryPoint = "dynamic" } = options;
    const [engine, address] = await EngineStub.start();
    const server = await ServingProcess.start(
      [ENTRY_POINTS[entryPoint].script(), address],
      environment,
    );
    const target = `127.0.0.1:${server.firstLine}`;
    const client = new ResourceProviderClient(target, credentials.createInsecure());
    const provider = new ProviderProcess(server, engine, client, config, resource, entryPoint);
    return provider.configured();
  }

  private async configured(): Promise<this> {
    const { setting } = ENTRY_POINTS[this.entryPoint];
    const args = Object.entries(this.config).map(([name, value]) => [setting(name), value]);
    const request = new messages.ConfigureRequest();
    request.setArgs(Struct.fromJavaScript(Object.fromEntries(args)));
    await this.call("configure", request);
    return this;
  }

  /** The same process, asked about another resource. */
  as(resource: string): ProviderProcess {
    return Object.assign(Object.create(ProviderProcess.prototype), this, { resource });
  }

  /** What the process wrote, to either stream, and what it logged. It is ended for that: a response may arrive before a line printed earlier. */
  async outputAtEnd(): Promise<string> {
    await this.stop();
    return this.output;
  }

  /** @param olds the inputs in the state, of a resource that is there */
  async check(news: Properties, olds: Properties = {}) {
    const request = new messages.CheckRequest();
    request.setUrn(urnOf(news, this.resource));
    request.setOlds(this.struct(olds));
    request.setNews(this.struct(news));
    const response = await this.call<messages.CheckResponse>("check", request);
    return {
      inputs: properties(response.getInputs()),
      failures: response.getFailuresList().map((failure) => failure.toObject()),
    };
  }

  async diff(id: string, olds: Properties, news: Properties) {
    const request = new messages.DiffRequest();
    request.setId(id);
    request.setUrn(urnOf(news, this.resource));
    request.setOlds(this.struct(olds));
    request.setNews(this.struct(news));
    const response = await this.call<messages.DiffResponse>("diff", request);
    return {
      changes: response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
    };
  }

  /** @param preview as the engine asks a plugin in a preview */
  async create(inputs: Properties, preview = false) {
    const request = new messages.CreateRequest();
    request.setPreview(preview);
    request.setUrn(urnOf(inputs, this.resource));
    request.setProperties(this.struct(inputs));
    const response = await this.call<messages.CreateResponse>("create", request);
    return { id: response.getId(), outputs: properties(response.getProperties()) };
  }

  async read(id: string, state: Properties) {
    const request = new messages.ReadRequest().setId(id).setProperties(this.struct(state));
    request.setUrn(urnOf(state, this.resource));
    const response = await this.call<messages.ReadResponse>("read", request);
    return {
      id: response.getId(),
      outputs: properties(response.getProperties()),
      inputs: properties(response.getInputs()),
    };
  }

  async update(id: string, olds: Properties, news: Properties, preview = false) {
    const request = new messages.UpdateRequest();
    request.setPreview(preview);
    request.setId(id);
    request.setUrn(urnOf(news, this.resource));
    request.setOlds(this.struct(olds));
    request.setNews(this.struct(news));
    const response = await this.call<messages.UpdateResponse>("update", request);
    return properties(response.getProperties());
  }

  async delete(id: string, state: Properties): Promise<void> {
    const request = new messages.DeleteRequest().setId(id).setProperties(this.struct(state));
    request.setUrn(urnOf(state, this.resource));
    await this.call("delete", request);
  }

  /** As on Ctrl-C. */
  async cancel(): Promise<void> {
    await this.call("cancel", new Empty());
  }

  /** As when the engine is killed: its connections close, and nobody listens any more. Resolves when the process has ended. */
  async loseEngine(): Promise<void> {
    this.engine.end();
    await this.process.ended;
  }

  async stop(): Promise<void> {
    this.client.close();
    this.engine.end();
    this.process.kill();
    await this.process.ended;
    const [apiKey = "any key", appKey = "any key", token = "any token"] = [
      "datadog:apiKey",
      "datadog:appKey",
      "datadog:bearerToken",
    ].map((key) => this.config[key]);
    assertNoKeys("the provider's process", this.output, { apiKey, appKey, token });
  }

  private get output(): string {
    return [...this.process.printed, ...this.engine.logged].join("\n");
  }

  private struct(properties: Properties): Struct {
    const sent = ENTRY_POINTS[this.entryPoint].sent(properties, this.resource);
    return Struct.fromJavaScript(sent as never);
  }

  private call<Response>(method: string, request: unknown): Promise<Response> {
    type Method = (request: unknown, done: (e: ServiceError | null, r: Response) => void) => void;
    const send = this.client[method as keyof ResourceProviderClient] as unknown as Method;
    return new Promise((resolve, reject) => {
      send.call(this.client, request, (error, response) => {
        // What the engine shows is the status' details.
        if (error) reject(partial(error) ?? new Error(error.details));
        else resolve(response);
      });
    });
  }
}
