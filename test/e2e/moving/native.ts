// The same program on the native plugin.
import type * as seats from "pulumi-datadog-seats";
import * as plugin from "./plugin";
import { declareSeats } from "./seats";

export = declareSeats(plugin as unknown as typeof seats);
