// What this process asks the engine and tells it, through Pulumi's own client of the engine's service.
import type * as Pulumi from "@pulumi/pulumi";

/** The engine answers within milliseconds. Without one, as in a test, nothing waits for it. */
const MAX_RESPONSE_MS = 2000;

export class EngineClient {
  private pulumi: typeof Pulumi | undefined;

  /** @param address `host:port` of the engine */
  constructor(private readonly address: string) {}

  /** Writes a line on the row of a resource. Resolves once the engine has it. */
  async log(line: string, urn: string): Promise<void> {
    const { log, output } = this.connected();
    const row = { urn: output(urn) } as Pulumi.Resource;
    await withinTime(log.info(line, row), undefined);
  }

  /** Whether the run has a program: it tells the engine its stack before it declares anything. */
  async hasProgram(): Promise<boolean> {
    const { GetRootResourceRequest } = require("@pulumi/pulumi/proto/engine_pb");
    const engine = this.connected().runtime.getEngine();
    const asked = new Promise<boolean>((resolve) => {
      engine?.getRootResource(new GetRootResourceRequest(), (error, response) =>
        resolve(!error && response.getUrn() !== ""),
      );
    });
    return withinTime(asked, false);
  }

  /** Loaded when it is first needed, because most runs have nothing to say. */
  private connected(): typeof Pulumi {
    if (!this.pulumi) {
      this.pulumi = require("@pulumi/pulumi") as typeof Pulumi;
      const { runtime } = this.pulumi;
      const [project, stack] = [runtime.getProject(), runtime.getStack()];
      runtime.resetOptions(project, stack, -1, this.address, "", false, "");
    }
    return this.pulumi;
  }
}

async function withinTime<T>(asked: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, MAX_RESPONSE_MS, otherwise);
  });
  return Promise.race([asked, tooLate]).finally(() => clearTimeout(timer));
}
