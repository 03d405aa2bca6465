// The providers in the process of the tests instead of one of their own: for mutation testing, which can't switch its
// mutants elsewhere (see test/mutation).
import type { dynamic } from "@pulumi/pulumi";
import sinon from "sinon";
import { PartialChange } from "../../provider/src/lifecycle/rosterChange";
import { Run } from "../../provider/src/lifecycle/run";
import { SeatAssignmentProvider } from "../../provider/src/lifecycle/seatAssignmentProvider";
import { SeatRosterProvider } from "../../provider/src/lifecycle/seatRosterProvider";
import { PartialResource, type Properties } from "./partialResource";
import type { Provider } from "./providerProcess";

export class InlineProvider implements Provider {
  private constructor(
    private readonly providers: Record<string, dynamic.ResourceProvider>,
    private readonly resource: string,
    private readonly log: sinon.SinonStub,
  ) {}

  static async start(config: Record<string, string>, resource: string): Promise<InlineProvider> {
    const run = new Run();
    run.configure((key) => config[key]);
    const providers = {
      SeatAssignment: new SeatAssignmentProvider(run) as dynamic.ResourceProvider,
      SeatRoster: new SeatRosterProvider(run) as dynamic.ResourceProvider,
    };
    sinon.restore();
    return new InlineProvider(providers, resource, sinon.stub(console, "log"));
  }

  as(resource: string): InlineProvider {
    return new InlineProvider(this.providers, resource, this.log);
  }

  async outputAtEnd(): Promise<string> {
    return this.log.args.flat().join("\n");
  }

  async check(news: Properties, olds: Properties = {}) {
    const { inputs, failures = [] } = await this.ask((provider) => provider.check(olds, news));
    return { inputs: inputs as Properties, failures };
  }

  async diff(id: string, olds: Properties, news: Properties) {
    const response = await this.ask((provider) => provider.diff(id, olds, news));
    const { changes = false, replaces = [], deleteBeforeReplace = false } = response;
    return { changes, replaces, deleteBeforeReplace };
  }

  async create(inputs: Properties) {
    const { id, outs } = await this.ask((provider) => provider.create(inputs));
    return { id, outputs: outs as Properties };
  }

  async read(id: string, state: Properties) {
    const response = await this.ask((provider) => provider.read(id, state));
    const { props = {}, inputs = {} } = response;
    return { id: response.id ?? "", outputs: props as Properties, inputs: inputs as Properties };
  }

  async update(id: string, olds: Properties, news: Properties) {
    return (await this.ask((provider) => provider.update(id, olds, news))).outs as Properties;
  }

  async delete(id: string, state: Properties): Promise<void> {
    await this.ask((provider) => provider.delete(id, state));
  }

  cancel(): Promise<void> {
    throw new Error("There is no engine that cancels.");
  }

  loseEngine(): Promise<void> {
    throw new Error("There is no process to lose its engine.");
  }

  async stop(): Promise<void> {
    this.log.restore();
  }

  private async ask<T>(
    question: (provider: Required<dynamic.ResourceProvider>) => Promise<T>,
  ): Promise<T> {
    try {
      return copy(
        await question(this.providers[this.resource] as Required<dynamic.ResourceProvider>),
      );
    } catch (error) {
      if (!(error instanceof PartialChange)) throw error;
      const { message, id, properties, reasons } = error;
      throw new PartialResource(message, id, copy({ ...properties }), [...reasons]);
    }
  }
}

/** As it arrives in another process. */
const copy = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)));
