import type { Guard } from "../../provider/src/seats/writes";

/** Of a run in which the program declares nothing. */
export const nothingWanted: Guard = () => true;
