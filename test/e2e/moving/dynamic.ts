// The program on the dynamic provider.
import * as seats from "pulumi-datadog-seats";
import { declareSeats } from "./seats";

export = declareSeats(seats);
