// A roster of two, of whom the second may be missing: `bob` of the configuration says in which way.
import * as pulumi from "@pulumi/pulumi";
import { SeatAssignment, SeatRoster, type SeatRosterArgs } from "pulumi-datadog-seats";

const alice = "00000000-0000-4000-8000-000000000001";
const bob = "00000000-0000-4000-8000-000000000002";
const carol = "00000000-0000-4000-8000-000000000003";

/** What compiles: `getOutput` of a stack reference is an `Output<any>`. */
// biome-ignore lint/suspicious/noExplicitAny: as above
const nothing: any = undefined;

const WAYS: Record<string, () => pulumi.Input<Record<string, unknown>>> = {
  present: () => ({ alice, bob }),
  "plain undefined": () => ({ alice, bob: nothing }),
  "plain null": () => ({ alice, bob: null }),
  "an output of undefined": () => ({ alice, bob: pulumi.output(nothing) }),
  "an output of null": () => ({ alice, bob: pulumi.output(null) }),
  "a Promise of undefined": () => ({ alice, bob: Promise.resolve(nothing) }),
  "undefined in an output of all members": () => pulumi.output({ alice, bob: nothing }),
  "undefined in a Promise of all members": () => Promise.resolve({ alice, bob: nothing }),
  "an output of undefined in an output of all members": () =>
    pulumi.output(alice).apply((id) => ({ alice: id, bob: pulumi.output(nothing) })),
  "an output that is known after its resource is created": () => {
    const seat = new SeatAssignment("carol", { productCode: "on_call", userId: carol });
    return { alice, bob: seat.adopted.apply(() => nothing) };
  },
};

const members = WAYS[new pulumi.Config().get("bob") ?? "present"]?.();
new SeatRoster("team", { productCode: "on_call", members: members as SeatRosterArgs["members"] });
