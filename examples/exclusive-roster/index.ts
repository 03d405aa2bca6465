// seats.json lists everybody who may hold an on-call seat: nobody else keeps one.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getUserIdsOutput, SeatRoster } from "pulumi-datadog-seats";

const emails = JSON.parse(readFileSync(join(__dirname, "seats.json"), "utf8"));

new SeatRoster(
  "on-call",
  {
    productCode: "on_call",
    members: getUserIdsOutput({ emails }).ids,
    exclusive: true,
    // A file that lost many lines by mistake fails the preview, instead of unassigning everybody who was on them.
    maxRemovals: 3,
  },
  // A `pulumi destroy` by mistake would unassign everybody's seat.
  { protect: true },
);
