// The mocks of a unit test with resources, anew for each test.
import * as pulumi from "@pulumi/pulumi";

type Created = pulumi.runtime.MockResourceArgs;
type Called = pulumi.runtime.MockCallArgs;

/**
 * Sets the mocks before each test of a `describe`.
 *
 * @param idOf the id that a resource gets
 * @returns `created`, what the mocks were asked to create so far, and `called`, the functions that they were asked for
 */
export function mockedResources(idOf: (args: Created) => string): {
  readonly created: Created[];
  readonly called: Called[];
} {
  let created: Created[];
  let called: Called[];

  beforeEach(async () => {
    created = [];
    called = [];
    await pulumi.runtime.setMocks({
      newResource: (args) => {
        created.push(args);
        return { id: idOf(args), state: args.inputs };
      },
      call: (args) => {
        called.push(args);
        return {};
      },
    });
  });

  return {
    get created() {
      return created;
    },
    get called() {
      return called;
    },
  };
}

/** What an output turns out to be. */
export const value = <T>(output: pulumi.Output<T>) =>
  new Promise<T>((resolve) => output.apply(resolve));
