/** Own Datadog seats as code. */
export { type Outcome, SeatsApiError } from "./api/errors";
export type { SeatUser } from "./api/responses";
export {
  type GetOnCallUsersArgs,
  type GetOnCallUsersOutputArgs,
  type GetOnCallUsersResult,
  getOnCallUsers,
  getOnCallUsersOutput,
} from "./functions/getOnCallUsers";
export {
  type GetSeatUsersArgs,
  type GetSeatUsersOutputArgs,
  type GetSeatUsersResult,
  getSeatUsers,
  getSeatUsersOutput,
} from "./functions/getSeatUsers";
export {
  type GetTeamMembersArgs,
  type GetTeamMembersOutputArgs,
  type GetTeamMembersResult,
  getTeamMembers,
  getTeamMembersOutput,
} from "./functions/getTeamMembers";
export {
  type DisabledUsers,
  type GetUserIdsArgs,
  type GetUserIdsOutputArgs,
  type GetUserIdsResult,
  getUserIds,
  getUserIdsOutput,
} from "./functions/getUserIds";
export { ConfigurationError, SeatsError } from "./model/errors";
export {
  type ExistingSeat,
  type ProductCode,
  SeatAssignment,
  type SeatAssignmentArgs,
} from "./resources/seatAssignment";
export { SeatRoster, type SeatRosterArgs } from "./resources/seatRoster";
export {
  type TeamMembers,
  type TeamProducts,
  TeamSeats,
  type TeamSeatsArgs,
} from "./resources/teamSeats";
