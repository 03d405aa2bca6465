// States as `pulumi stack export` writes them, as far as they say who owns seats.

/** The modules of the types of each entry point. */
export const dynamic = "pulumi-nodejs:dynamic/datadog";
export const plugin = "datadog-seats:index";

/** A resource of a state: an assignment of a user's seat, or a roster of several. */
export function resource(
  project: string,
  stack: string,
  name: string,
  module: string,
  ...seats: string[]
) {
  const [seat = ""] = seats;
  const [productCode = ""] = seat.split("/");
  const members = Object.fromEntries(seats.map((id) => [`member-${id.slice(-1)}`, id.slice(-36)]));
  const isRoster = seats.length > 1;
  const type = `${module}:${isRoster ? "SeatRoster" : "SeatAssignment"}`;
  return {
    urn: `urn:pulumi:${stack}::${project}::${type}::${name}`,
    custom: true,
    type,
    id: isRoster ? `${productCode}/roster` : seat,
    outputs: isRoster ? { productCode, members } : { productCode, userId: seat.slice(-36) },
  };
}

export const stateOf = (...resources: object[]) =>
  JSON.stringify({
    version: 3,
    deployment: {
      manifest: { time: "2026-01-02T03:04:05Z", magic: "", version: "" },
      resources,
    },
  });
