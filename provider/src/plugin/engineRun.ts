// The run of an engine, as this process gets to know it by the engine's address.
import { EngineClient } from "../engine/client";
import { Siblings } from "../engine/siblings";
import { EngineWatch } from "../engine/watch";
import { Run, type RunOptions } from "../lifecycle/run";

export interface EngineRunOptions extends Pick<RunOptions, "share"> {
  /** Called once the engine has ended, or can't be reached. */
  readonly onGone: (wasThere: boolean) => void;
}

/** @returns the run; `confirm`, after which `onGone` was called if the engine had ended; and `end`, for a run that ends before */
export function engineRun(address: string, { onGone, ...options }: EngineRunOptions) {
  const engine = new EngineClient(address);
  const siblings = new Siblings(address);
  const watch = new EngineWatch(address, (wasThere) => {
    end();
    onGone(wasThere);
  });
  const confirm = () => watch.confirm();
  const run = new Run({
    ...options,
    beforeWrite: confirm,
    log: (line, urn, severity) => engine.log(line, urn, severity),
    engineHasProgram: () => engine.hasProgram(),
    siblings,
  });
  const end = () => {
    run.cancel();
    engine.close();
    siblings.close();
  };
  return { run, confirm, end };
}
