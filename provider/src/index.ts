/** Own Datadog seats as code. */
export {
  type ExistingSeat,
  type ProductCode,
  SeatAssignment,
  type SeatAssignmentArgs,
} from "./resources/seatAssignment";
export { SeatRoster, type SeatRosterArgs } from "./resources/seatRoster";
