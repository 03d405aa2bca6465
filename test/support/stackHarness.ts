// The harness of most tests with the real CLI: a simulator with a few users, and a stack on it, anew for each test.
import { Simulator, type SimulatorOptions } from "../../simulator/src";
import type { EntryPoint } from "./entryPoints";
import { users } from "./ids";
import { TestStack } from "./stack";

export interface StackHarness {
  readonly simulator: Simulator;
  readonly stack: TestStack;
  /** Everything but listings, in words: "POST on_call 0000… 0000…". */
  writes(): string[];
}

/** Starts both before each test of a `describe`, and removes them afterwards. */
export function stackHarness({
  entryPoint = "dynamic",
  users: count = 5,
  ...options
}: SimulatorOptions & { users?: number; entryPoint?: EntryPoint } = {}): StackHarness {
  let simulator: Simulator;
  let stack: TestStack;

  beforeEach(async () => {
    simulator = await Simulator.start(options);
    for (const id of users(count)) simulator.org.addUser(id);
    for (const product of ["on_call", "incident_response"]) simulator.org.product(product);
    stack = await TestStack.create(simulator, { entryPoint });
  });
  afterEach(async () => {
    stack.remove();
    await simulator.stop();
  });

  return {
    get simulator() {
      return simulator;
    },
    get stack() {
      return stack;
    },
    writes: () =>
      simulator.requests
        .filter(({ method }) => method !== "GET")
        .map(({ method, productCode, userIds }) =>
          [method, productCode, ...[...userIds].sort()].join(" "),
        ),
  };
}
