// Before the first test: the Pulumi CLI, which may take minutes to get on a new machine.
import { anyPulumiBin } from "../../scripts/pulumi-cli/install";

export async function mochaGlobalSetup() {
  await anyPulumiBin();
}
