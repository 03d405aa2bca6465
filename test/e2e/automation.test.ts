import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { SeatAssignment } from "pulumi-datadog-seats";
import { anyPulumiBin } from "../../scripts/pulumi-cli/install";
import { Simulator } from "../../simulator/src";
import { cliEnvironment } from "../support/cliEnvironment";
import { pointingAt } from "../support/connection";
import { user, users } from "../support/ids";
import { rejection } from "../support/rejection";
import { newWorkFolder } from "../support/workFolder";

describe("inline programs of the Automation API", () => {
  let simulator: Simulator;
  let folder: string;

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const id of users(3)) simulator.org.addUser(id);
    simulator.org.product("on_call");
    folder = newWorkFolder("inline-");
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await simulator.stop();
  });

  /** A stack whose resources are named, with the numbers of their users. */
  async function stack(stackName: string, seats: Record<string, number>) {
    const bin = await anyPulumiBin();
    const environment = cliEnvironment(bin, join(folder, "home"));
    const program = async () => {
      for (const [name, n] of Object.entries(seats)) {
        new SeatAssignment(name, { productCode: "on_call", userId: user(n) });
      }
    };
    return LocalWorkspace.createOrSelectStack(
      { stackName, projectName: "inline", program },
      {
        workDir: folder,
        pulumiCommand: await PulumiCommand.get({ root: dirname(bin) }),
        envVars: {
          ...(environment as Record<string, string>),
          ...pointingAt(simulator),
        },
      },
    );
  }

  it("may declare the same seat in every preview and up of one process", async () => {
    const one = await stack("one", { alice: 1, bob: 2 });
    await one.preview();
    await one.up();
    expect((await one.up()).summary.resourceChanges).to.deep.equal({ same: 3 });
    expect(simulator.org.holders("on_call")).to.deep.equal(users(2));
  });

  it("fail when one of them declares a seat twice", async () => {
    const twice = await stack("twice", { alice: 1, anne: 1 });
    const error = await rejection(twice.preview());
    expect(error.message).to.match(
      /"(alice|anne)" and "(alice|anne)" both declare the on_call seat/,
    );
  });
});
