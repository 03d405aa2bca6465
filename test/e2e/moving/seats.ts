// What the program declares, with the classes of the one entry point or of the other.
import * as pulumi from "@pulumi/pulumi";
import type * as seats from "pulumi-datadog-seats";

const user = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const members = (...numbers: number[]) =>
  Object.fromEntries(numbers.map((n) => [`user-${n}@example.com`, user(n)]));

export function declareSeats({
  SeatAssignment,
  SeatRoster,
  TeamSeats,
}: Pick<typeof seats, "SeatAssignment" | "SeatRoster" | "TeamSeats">) {
  const alice = new SeatAssignment("alice", { productCode: "on_call", userId: user(1) });
  // Depends on it by an input, and has a name with what separates the parts of a URN.
  new SeatAssignment("bob::on-call$", { productCode: alice.productCode, userId: user(2) });
  new SeatAssignment(
    "carol",
    { productCode: "on_call", userId: user(3), existing: "reject" },
    { parent: alice, protect: true },
  );
  new SeatAssignment(
    "dave",
    { productCode: "on_call", userId: pulumi.secret(user(4)) },
    { deletedWith: alice },
  );
  new SeatRoster(
    "leads",
    { productCode: "incident_response", members: members(1, 2), maxRemovals: 1 },
    { dependsOn: alice },
  );
  new SeatRoster("everybody", {
    productCode: "example_product",
    members: { ...members(5), secret: pulumi.secret(user(6)) },
    exclusive: true,
  });
  new TeamSeats("sre", { products: ["on_call", "other_product"], members: members(7, 8) });
  const lookedUp = SeatAssignment.get("looked-up", `on_call/${user(9)}`);
  const dependsOn = [alice];
  new pulumi.ComponentResource("e2e:index:Team", "below", {}, { parent: alice, dependsOn });
  return { alice, urn: alice.urn, email: lookedUp.email };
}
