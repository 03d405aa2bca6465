// A native plugin to which several engines attach, and a simulator: anew for each test.
import { Simulator } from "../../simulator/src";
import { configurationFor, pointingAt } from "./connection";
import type { EngineStub } from "./engineStub";
import { PLUGIN } from "./entryPoints";
import { users } from "./ids";
import { ProviderProcess } from "./providerProcess";
import { assertNoKeys } from "./secrecy";
import { ServingProcess } from "./servingProcess";

export interface AttachedPluginHarness {
  readonly simulator: Simulator;
  readonly plugin: ServingProcess;
  readonly port: string;
  /**
   * Another engine, whose program has a provider with the simulator's URL and keys, or with the settings of `config`.
   *
   * @param of an engine that has attached before, for another provider or another run of it
   */
  engine(config?: Record<string, string>, of?: [EngineStub, string]): Promise<ProviderProcess>;
}

/** @param keys whether the process finds the simulator's URL and keys in its environment */
export function attachedPluginHarness({ keysInEnvironment = false } = {}): AttachedPluginHarness {
  let simulator: Simulator;
  let plugin: ServingProcess;
  let engines: ProviderProcess[];

  beforeEach(async () => {
    engines = [];
    simulator = await Simulator.start();
    for (const id of users(10)) simulator.org.addUser(id);
    simulator.org.product("on_call");
    const environment = keysInEnvironment ? pointingAt(simulator) : {};
    plugin = await ServingProcess.start([PLUGIN, "attach"], environment);
  });
  afterEach(async () => {
    for (const engine of engines) await engine.stop();
    plugin.kill();
    await plugin.ended;
    assertNoKeys("the attached plugin", plugin.printed.join("\n"), simulator.keys);
    await simulator.stop();
  });

  const port = () => plugin.firstLine.split(":").at(-1) ?? "";

  return {
    get simulator() {
      return simulator;
    },
    get plugin() {
      return plugin;
    },
    get port() {
      return port();
    },
    async engine(config = configurationFor(simulator), of = undefined) {
      const engine = await ProviderProcess.attach(port(), config, of);
      engines.push(engine);
      return engine;
    },
  };
}
