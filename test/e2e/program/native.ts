// The resources of the native plugin, and its explicit providers, as a generated SDK has them.
import * as pulumi from "@pulumi/pulumi";
import type { SeatAssignmentArgs, SeatRosterArgs } from "pulumi-datadog-seats";
import { declarations } from "./declarations";

const { providers: declared = {} } = declarations(pulumi.getStack());
const providers = new Map<string, pulumi.ProviderResource>();

class Provider extends pulumi.ProviderResource {
  constructor(name: string, { apiKey, appKey, ...args }: pulumi.Inputs = {}) {
    super("datadog-seats", name, {
      ...args,
      apiKey: pulumi.secret(apiKey),
      appKey: pulumi.secret(appKey),
    });
  }
}

/** The declared provider of this name, made once. */
export function explicitProvider(name: string): pulumi.ProviderResource {
  const provider = providers.get(name) ?? new Provider(name, declared[name]);
  providers.set(name, provider);
  return provider;
}

export class SeatAssignment extends pulumi.CustomResource {
  declare readonly adopted: pulumi.Output<boolean | undefined>;
  declare readonly email: pulumi.Output<string | undefined>;

  static get(name: string, id: string): SeatAssignment {
    return new SeatAssignment(name, undefined, { id });
  }

  constructor(name: string, args?: SeatAssignmentArgs, opts?: pulumi.CustomResourceOptions) {
    const outputs = {
      adopted: undefined,
      email: undefined,
      name: undefined,
      assignedAt: undefined,
    };
    super("datadog-seats:index:SeatAssignment", name, { ...args, ...outputs }, opts);
  }
}

export class SeatRoster extends pulumi.CustomResource {
  constructor(name: string, args: SeatRosterArgs, opts?: pulumi.CustomResourceOptions) {
    super("datadog-seats:index:SeatRoster", name, { ...args }, opts);
  }
}
