// The mocks of a unit test with resources, anew for each test.
import * as pulumi from "@pulumi/pulumi";

type Created = pulumi.runtime.MockResourceArgs;

/**
 * Sets the mocks before each test of a `describe`.
 *
 * @param idOf the id that a resource gets
 * @returns `created`, what the mocks were asked to create so far
 */
export function mockedResources(idOf: (args: Created) => string): { readonly created: Created[] } {
  let created: Created[];

  beforeEach(async () => {
    created = [];
    await pulumi.runtime.setMocks({
      newResource: (args) => {
        created.push(args);
        return { id: idOf(args), state: args.inputs };
      },
      call: () => ({}),
    });
  });

  return {
    get created() {
      return created;
    },
  };
}

/** What an output turns out to be. */
export const value = <T>(output: pulumi.Output<T>) =>
  new Promise<T>((resolve) => output.apply(resolve));
