// Writes the file by which the native plugin imports the seats of products as they are.
// Source: https://www.pulumi.com/docs/iac/adopting-pulumi/import/#bulk-import-operations
import { InvalidArgumentError, Option } from "commander";
import { nativeType } from "../model/resourceTypes";
import { seatId } from "../model/seat";
import { type HeldProduct, labelled } from "./programText";

/** A provider that the state holds, as `pulumi import` takes it. */
export interface ExplicitProvider {
  readonly name: string;
  readonly urn: string;
}

export const providerOption = () =>
  new Option(
    "--provider <name=urn>",
    "with `--as import`: the explicit provider of the seats, as `pulumi import` takes it",
  ).argParser((value: string): ExplicitProvider => {
    const [, name, urn] = /^([^=]+)=(urn:pulumi:.+)$/.exec(value.trim()) ?? [];
    if (name && urn) return { name, urn };
    throw new InvalidArgumentError(
      "Expected a name and a URN, such as eu=urn:pulumi:prod::seats::pulumi:providers:datadog-seats::eu.",
    );
  });

/** One `SeatAssignment` for each holder, with the names that `export --as assignments` gives them. */
export function importFileFor(
  products: readonly HeldProduct[],
  provider?: ExplicitProvider,
): string {
  const resources = products.flatMap(({ productCode, name, holders }) =>
    labelled(holders).map(([label, userId]) => ({
      type: nativeType("SeatAssignment"),
      name: `${name}-${label}`,
      id: seatId({ productCode, userId }),
      ...(provider && { provider: provider.name }),
    })),
  );
  const nameTable = provider && { [provider.name]: provider.urn };
  return `${JSON.stringify({ nameTable, resources }, undefined, 2)}\n`;
}
