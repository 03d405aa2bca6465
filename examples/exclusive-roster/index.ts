// seats.json lists everybody who may hold an on-call seat: nobody else keeps one.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SeatRoster } from "pulumi-datadog-seats";

const members = JSON.parse(readFileSync(join(__dirname, "seats.json"), "utf8"));

new SeatRoster(
  "on-call",
  { productCode: "on_call", members, exclusive: true },
  // A `pulumi destroy` by mistake would unassign everybody's seat.
  { protect: true },
);
