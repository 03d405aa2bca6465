// The program of a stack that moves: with the classes of one entry point or of the other, and retained or not.
import * as pulumi from "@pulumi/pulumi";
import { TeamSeats } from "pulumi-datadog-seats";
// From a copy in the tests' folder for work it is the same way.
import { isPlugin, SeatAssignment, SeatRoster } from "../../e2e/program/entryPoint";

const opts = { retainOnDelete: process.env.SEATS_RETAINED === "true" };
const user = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const members = (...numbers: number[]) =>
  Object.fromEntries(numbers.map((n) => [`user-${n}@example.com`, user(n)]));

new SeatAssignment("alice", { productCode: "on_call", userId: user(1) }, opts);
new SeatAssignment("bob", { productCode: "on_call", userId: pulumi.secret(user(2)) }, opts);
new SeatRoster("leads", { productCode: "incident_response", members: members(1, 2) }, opts);
const everybody = { productCode: "example_product", members: members(3), exclusive: true };
new SeatRoster("everybody", everybody, opts);

// The plugin has no TeamSeats. Children inherit the option.
if (isPlugin) {
  const parent = new pulumi.ComponentResource("e2e:index:Team", "sre", {}, opts);
  for (const [label, userId] of Object.entries(members(4, 5))) {
    new SeatAssignment(label, { productCode: "on_call", userId }, { parent });
  }
} else {
  new TeamSeats("sre", { products: ["on_call"], members: members(4, 5) }, opts);
}
