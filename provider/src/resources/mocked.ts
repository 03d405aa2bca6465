import * as pulumi from "@pulumi/pulumi";

/** Whether `pulumi.runtime.setMocks` is in force: a unit test of a program. */
export function isMocked(): boolean {
  const monitor = pulumi.runtime.getMonitor() as { mocks?: pulumi.runtime.Mocks } | undefined;
  return monitor?.mocks !== undefined;
}
