export type { Behaviour, Fault } from "./behaviour";
export { type Fixture, fill, readFixture } from "./fixture";
export { user, users } from "./ids";
export { Org } from "./org";
export { type LoggedRequest, Simulator, type SimulatorOptions } from "./simulator";
