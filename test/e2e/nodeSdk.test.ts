// Pulumi's generators are built with Go, so this needs them as a program does; no test over gRPC sees what an SDK drops.
import { rmSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { writeSdks } from "../../scripts/plugin/sdks";
import { user } from "../support/ids";
import { mockedResources, value } from "../support/mocks";
import { skip } from "../support/skip";
import { newWorkFolder } from "../support/workFolder";

const [alice, bob] = [user(1), user(2)];
const { output } = pulumi;

describe("the SeatRoster of the native plugin's SDK for Node.js", () => {
  const ctx = mockedResources(() => "on_call/roster");
  let folder: string;
  let SeatRoster: new (name: string, args: object) => pulumi.CustomResource;

  before(async function () {
    // What Go has to build takes minutes on a new machine.
    this.timeout(1_200_000);
    folder = newWorkFolder("sdks-");
    try {
      await writeSdks(folder);
    } catch (error) {
      skip(this, (error as Error).message);
    }
    ({ SeatRoster } = require(join(folder, "nodejs", "seatRoster")));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What the plugin would be sent. */
  async function members(given: unknown): Promise<object> {
    await value(new SeatRoster("team", { productCode: "on_call", members: given }).urn);
    return ctx.created[0]?.inputs.members;
  }

  for (const [how, given] of Object.entries({
    undefined: () => ({ alice: undefined, bob }),
    "an output of undefined": () => ({ alice: output(undefined), bob }),
    "a Promise of undefined": () => ({ alice: Promise.resolve(undefined), bob }),
    "undefined in an output of all members": () => output({ alice: undefined, bob }),
    "an output of undefined in a Promise of all members": () =>
      Promise.resolve({ alice: output(undefined), bob }),
  })) {
    it(`sends a missing member as null, which the plugin refuses: ${how}`, async () => {
      expect(await members(given())).to.deep.equal({ alice: null, bob });
    });
  }

  it("sends all others as they are", async () => {
    expect(await members({ alice, bob: output(bob) })).to.deep.equal({ alice, bob });
  });

  it("refuses the labels that Pulumi's SDK drops or hangs on", () => {
    for (const label of ["__proto__", "toString"]) {
      const given = Object.fromEntries([[label, alice]]);
      expect(() => new SeatRoster("team", { productCode: "on_call", members: given })).to.throw(
        `the label "${label}"`,
      );
    }
  });
});
