// The two entry points of the package: how each is started, configured and asked.
import { join } from "node:path";
import { providerText } from "../../provider/src/model/resourceTypes";

export type EntryPoint = "dynamic" | "plugin";

type Properties = Record<string, unknown>;

export interface EntryPointSpec {
  /** What Node is to run. */
  readonly script: () => string;
  /** A setting of the other entry point, such as `datadogSeats:pageSize`, by its name in this one. */
  readonly setting: (name: string) => string;
  /** What the engine sends among a resource's properties. */
  readonly sent: (properties: Properties, resource: string) => Properties;
}

export const PLUGIN = join(__dirname, "../../provider/bin/pulumi-resource-datadog-seats.js");

export const ENTRY_POINTS: Readonly<Record<EntryPoint, EntryPointSpec>> = {
  dynamic: {
    script: () => require.resolve("@pulumi/pulumi/cmd/dynamic-provider"),
    setting: (name) => name,
    sent: (properties, resource) => ({ ...properties, __provider: providerText(resource) }),
  },
  plugin: {
    script: () => PLUGIN,
    setting: (name) => name.slice(name.indexOf(":") + 1),
    sent: ({ __urn, ...properties }) => properties,
  },
};

/** The URN that the engine tells: where a test has none of its own for a dynamic provider, all resources are one. */
export const urnOf = ({ __urn = "resource" }: Properties, resource: string) =>
  `urn:pulumi:test::test::datadog-seats:index:${resource}::${__urn}`;

/** Describes what holds for both. */
export function onEachEntryPoint(title: string, tests: (entryPoint: EntryPoint) => void): void {
  for (const entryPoint of ["dynamic", "plugin"] as const) {
    describe(`${title}, ${NAMES[entryPoint]}`, () => tests(entryPoint));
  }
}

const NAMES = { dynamic: "as a dynamic provider", plugin: "as a native plugin" };
