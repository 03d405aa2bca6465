// The classes of the entry point that the stack is to use.
import * as dynamic from "pulumi-datadog-seats";
import * as plugin from "./native";

export const isPlugin = process.env.SEATS_ENTRY_POINT === "plugin";

export const SeatAssignment = isPlugin ? plugin.SeatAssignment : dynamic.SeatAssignment;
export type SeatAssignment = dynamic.SeatAssignment | plugin.SeatAssignment;
export const SeatRoster = isPlugin ? plugin.SeatRoster : dynamic.SeatRoster;
