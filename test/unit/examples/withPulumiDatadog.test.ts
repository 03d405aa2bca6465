import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { user } from "../../support/ids";

const [alice, bob] = [user(1), user(2)];
const program = require.resolve("../../../examples/with-pulumi-datadog");

describe("examples/with-pulumi-datadog, with mocks in place of the plugin", () => {
  const seats = new Map<string, pulumi.runtime.MockResourceArgs["inputs"]>();
  const lookups: unknown[] = [];

  /** Runs the program. A preview doesn't know the id of what is still to be created. */
  async function run(preview: boolean): Promise<void> {
    seats.clear();
    lookups.length = 0;
    const mocks: pulumi.runtime.Mocks = {
      newResource: ({ type, name, inputs }) => {
        if (type !== "datadog:index/user:User") seats.set(name, inputs);
        return { id: preview ? "" : alice, state: inputs };
      },
      call: ({ token, inputs }) => {
        lookups.push([token, inputs]);
        return { ...inputs, id: bob };
      },
    };
    await pulumi.runtime.setMocks(mocks, "with-pulumi-datadog", "test", preview);
    delete require.cache[program];
    require(program);
    // Ends when all of the program's registrations have.
    await pulumi.runtime.disconnect();
  }

  it("assigns seats to the UUIDs of both users", async () => {
    await run(false);
    expect([...seats.keys()]).to.have.members(["alice-on-call", "bob-on-call"]);
    expect(seats.get("alice-on-call")).to.include({ productCode: "on_call", userId: alice });
    expect(seats.get("bob-on-call")).to.include({ productCode: "on_call", userId: bob });
    expect(lookups).to.deep.equal([
      ["datadog:index/getUser:getUser", { filter: "bob@example.com", exactMatch: true }],
    ]);
  });

  it("can be previewed while one of them is still to be created", async () => {
    await run(true);
    expect(pulumi.isUnknown(seats.get("alice-on-call")?.userId)).to.equal(true);
    expect(seats.get("bob-on-call")).to.include({ userId: bob });
  });
});
