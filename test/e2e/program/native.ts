// The resources of the native plugin, as a generated SDK has them. An org is an explicit provider.
import * as pulumi from "@pulumi/pulumi";
import type { SeatAssignmentArgs, SeatRosterArgs } from "pulumi-datadog-seats";
import { declarations } from "./declarations";

const { providers: declared = {} } = declarations(pulumi.getStack());
const providers = new Map<unknown, pulumi.ProviderResource>();

class Provider extends pulumi.ProviderResource {
  constructor(name: string, { apiKey, appKey, ...args }: pulumi.Inputs = {}) {
    super("datadog-seats", name, {
      ...args,
      apiKey: pulumi.secret(apiKey),
      appKey: pulumi.secret(appKey),
    });
  }
}

/** The arguments without the org, and the options with its provider. */
function inOrg<Args extends { org?: unknown }, Options extends pulumi.CustomResourceOptions>(
  { org, ...args }: Args,
  opts?: Options,
) {
  if (typeof org !== "string") return { args, opts };
  const provider = providers.get(org) ?? new Provider(org, declared[org]);
  providers.set(org, provider);
  return { args, opts: { ...opts, provider } };
}

export class SeatAssignment extends pulumi.CustomResource {
  declare readonly adopted: pulumi.Output<boolean | undefined>;
  declare readonly email: pulumi.Output<string | undefined>;

  static get(name: string, id: string): SeatAssignment {
    return new SeatAssignment(name, undefined, { id });
  }

  constructor(name: string, args?: SeatAssignmentArgs, options?: pulumi.CustomResourceOptions) {
    const { args: inputs, opts } = inOrg({ ...args }, options);
    const outputs = {
      adopted: undefined,
      email: undefined,
      name: undefined,
      assignedAt: undefined,
    };
    super("datadog-seats:index:SeatAssignment", name, { ...inputs, ...outputs }, opts);
  }
}

export class SeatRoster extends pulumi.CustomResource {
  constructor(name: string, args: SeatRosterArgs, options?: pulumi.CustomResourceOptions) {
    const { args: inputs, opts } = inOrg({ ...args }, options);
    super("datadog-seats:index:SeatRoster", name, inputs, opts);
  }
}
