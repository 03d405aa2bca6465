// Users of @pulumi/datadog get seats: one whom this stack creates, and one whom it looks up by email.
import * as datadog from "@pulumi/datadog";
import { SeatAssignment } from "pulumi-datadog-seats";

// The id of a Datadog user is the UUID that a seat needs. Until the user is created, a preview doesn't know it.
const alice = new datadog.User("alice", { email: "alice@example.com", name: "Alice" });
new SeatAssignment("alice-on-call", { productCode: "on_call", userId: alice.id });

// `exactMatch`, or bob@example.com would find jacob@example.com too.
const bob = datadog.getUserOutput({ filter: "bob@example.com", exactMatch: true });
new SeatAssignment("bob-on-call", { productCode: "on_call", userId: bob.id });
