// A stack of a few seats; its name ends with its number. Plain JavaScript, because many start at a time.
const { getStack } = require("@pulumi/pulumi");
const { SeatAssignment } = require("pulumi-datadog-seats");

const { SEATS, FIRST_USER } = process.env;
const [, team] = getStack().split("-");
const first = Number(FIRST_USER) + Number(SEATS) * Number(team);
for (let n = first; n < first + Number(SEATS); n += 1) {
  const userId = `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
  new SeatAssignment(`user-${n}`, { productCode: "on_call", userId });
}
