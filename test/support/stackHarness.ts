// The harness of most tests with the real CLI: a simulator with a few users, and a stack on it, anew for each test.
import { Simulator, type SimulatorOptions } from "../../simulator/src";
import type { EntryPoint } from "./entryPoints";
import { users } from "./ids";
import { TestStack } from "./stack";

export interface StackHarness {
  readonly simulator: Simulator;
  readonly stack: TestStack;
  /** Everything but listings, in words: "POST on_call 0000… 0000…"; of one product alone if that is given. */
  writes(product?: string): string[];
}

/**
 * Starts both before each test of a `describe`, and removes them afterwards.
 *
 * @param shared one stack for all tests of the `describe`: an `up` in its `before` serves many of them
 */
export function stackHarness({
  entryPoint = "dynamic",
  users: count = 5,
  shared = false,
  ...options
}: SimulatorOptions & {
  users?: number;
  entryPoint?: EntryPoint;
  shared?: boolean;
} = {}): StackHarness {
  let simulator: Simulator;
  let stack: TestStack;

  (shared ? before : beforeEach)(async () => {
    simulator = await Simulator.start(options);
    for (const id of users(count)) simulator.org.addUser(id);
    for (const product of ["on_call", "incident_response"]) simulator.org.product(product);
    stack = await TestStack.create(simulator, { entryPoint });
  });
  (shared ? after : afterEach)(async () => {
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
    writes: (product) =>
      simulator.requests
        .filter(({ method }) => method !== "GET")
        .filter(({ productCode }) => product === undefined || productCode === product)
        .map(({ method, productCode, userIds }) =>
          [method, productCode, ...[...userIds].sort()].join(" "),
        ),
  };
}
