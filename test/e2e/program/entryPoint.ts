// The classes of the entry point that the stack is to use.
import * as dynamic from "pulumi-datadog-seats";
import * as plugin from "./native";

export const { SeatAssignment, SeatRoster } =
  process.env.SEATS_ENTRY_POINT === "plugin" ? plugin : dynamic;
export type SeatAssignment = dynamic.SeatAssignment | plugin.SeatAssignment;
