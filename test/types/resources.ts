// What programs may write, and what the compiler must refuse: `npm run types` compiles this file, and nothing runs it.
// It sees the declarations of the built package, as programs do.
import * as pulumi from "@pulumi/pulumi";
import {
  type ProductCode,
  SeatAssignment,
  SeatRoster,
  type SeatRosterArgs,
} from "pulumi-datadog-seats";

const userId = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
const output = pulumi.output(userId);
const promise = Promise.resolve(userId);

// A SeatAssignment takes values, outputs and promises, and any product code.
const seat = new SeatAssignment("seat", { productCode: "on_call", userId });
new SeatAssignment("late", { productCode: output, userId: promise });
new SeatAssignment("new product", { productCode: "a_product_of_tomorrow", userId });
new SeatAssignment("adopt", { productCode: "on_call", userId, existing: "adopt" });
new SeatAssignment("options", { productCode: "on_call", userId }, { deleteBeforeReplace: true });
SeatAssignment.get("looked up", seat.id);
"incident_response" satisfies ProductCode;

// @ts-expect-error the arguments are needed: only `get` does without
new SeatAssignment("seat");
// @ts-expect-error the user is needed
new SeatAssignment("seat", { productCode: "on_call" });
// @ts-expect-error the product is needed
new SeatAssignment("seat", { userId });
// @ts-expect-error there is no such way to treat a held seat
new SeatAssignment("seat", { productCode: "on_call", userId, existing: "ignore" });
// @ts-expect-error a UUID is a string
new SeatAssignment("seat", { productCode: "on_call", userId: 42 });
// @ts-expect-error a typo
new SeatAssignment("seat", { productCode: "on_call", userID: userId });
// @ts-expect-error `email` is an output
new SeatAssignment("seat", { productCode: "on_call", userId, email: "alice@example.com" });

seat.adopted satisfies pulumi.Output<boolean | undefined>;
seat.email satisfies pulumi.Output<string | undefined>;
// @ts-expect-error Datadog may tell no email
seat.email satisfies pulumi.Output<string>;
// @ts-expect-error outputs are not assigned by a program
seat.adopted = pulumi.output(true);

// A SeatRoster takes members of any kind of input, or all of them as one.
const members = { alice: userId, bob: output, carol: promise };
const roster = new SeatRoster("roster", { productCode: "on_call", members });
new SeatRoster("late", { productCode: "on_call", members: pulumi.output({ alice: userId }) });
new SeatRoster("bound", { productCode: "on_call", members, exclusive: true, maxRemovals: 3 });
({ productCode: "on_call", members: {} }) satisfies SeatRosterArgs;
roster.members satisfies pulumi.Output<Record<string, string>>;

// @ts-expect-error a member that may be missing would lose the seat
new SeatRoster("roster", { productCode: "on_call", members: { alice: undefined } });
// @ts-expect-error so would one whose output may be undefined
new SeatRoster("roster", { productCode: "on_call", members: { alice: seat.email } });
// @ts-expect-error members have labels
new SeatRoster("roster", { productCode: "on_call", members: [userId] });
// @ts-expect-error a number of removals
new SeatRoster("roster", { productCode: "on_call", members, maxRemovals: "3" });
// @ts-expect-error true or false
new SeatRoster("roster", { productCode: "on_call", members, exclusive: "yes" });

// @ts-expect-error a typo
new SeatRoster("roster", { productCode: "on_call", members, exlusive: true });
