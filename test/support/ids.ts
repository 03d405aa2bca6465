export { user, users } from "../../simulator/src";
