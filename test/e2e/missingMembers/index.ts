// Rosters of two, of whom the second may be missing: `missing` of the configuration says which rosters miss theirs.
import * as pulumi from "@pulumi/pulumi";
import { SeatAssignment, SeatRoster, type SeatRosterArgs } from "pulumi-datadog-seats";

const alice = "00000000-0000-4000-8000-000000000001";
const bob = "00000000-0000-4000-8000-000000000002";
const carol = "00000000-0000-4000-8000-000000000003";

/** What compiles: `getOutput` of a stack reference is an `Output<any>`. */
// biome-ignore lint/suspicious/noExplicitAny: as above
const nothing: any = undefined;

type Members = () => pulumi.Input<Record<string, unknown>>;
/** What the program can't see when it makes the roster, by the roster's name. */
const IN_A_PREVIEW: Record<string, Members> = {
  undefined_output: () => ({ alice, bob: pulumi.output(nothing) }),
  null_output: () => ({ alice, bob: pulumi.output(null) }),
  undefined_promise: () => ({ alice, bob: Promise.resolve(nothing) }),
  undefined_in_output: () => pulumi.output({ alice, bob: nothing }),
  undefined_in_promise: () => Promise.resolve({ alice, bob: nothing }),
  output_in_output: () =>
    pulumi.output(alice).apply((id) => ({ alice: id, bob: pulumi.output(nothing) })),
};
const IN_AN_UPDATE: Record<string, Members> = {
  late: () => {
    const seat = new SeatAssignment("carol", { productCode: "on_call", userId: carol });
    return { alice, bob: seat.adopted.apply(() => nothing) };
  },
};

const missing = new pulumi.Config().get("missing");
for (const [when, ways] of Object.entries({ preview: IN_A_PREVIEW, update: IN_AN_UPDATE })) {
  for (const [name, of] of Object.entries(ways)) {
    const members = (when === missing ? of() : { alice, bob }) as SeatRosterArgs["members"];
    new SeatRoster(name, { productCode: name, members });
  }
}
