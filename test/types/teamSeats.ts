// As resources.ts, for TeamSeats: its seats have the names that the program writes out.
import * as pulumi from "@pulumi/pulumi";
import { type SeatAssignment, TeamSeats, type TeamSeatsArgs } from "pulumi-datadog-seats";

const userId = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
const output = pulumi.output(userId);
const members = { alice: userId, bob: output, carol: Promise.resolve(userId) };

// Products and labels that are written out are there.
const team = new TeamSeats("team", { products: ["on_call", "x"], members, limit: 6 });
team.seats.on_call.alice.email satisfies pulumi.Output<string | undefined>;
team.seats.x.carol satisfies SeatAssignment;
Object.values(team.seats.x) satisfies SeatAssignment[];
// @ts-expect-error no such product
team.seats.incident_response;
// @ts-expect-error no such member
team.seats.on_call.dave;
// @ts-expect-error the seats are what the arguments say
team.seats.on_call = team.seats.x;
team satisfies TeamSeats;
({ products: ["on_call"], members }) satisfies TeamSeatsArgs;

// A product that is an output is named by its place.
const late = new TeamSeats("late", { products: ["on_call", output], members });
late.seats.on_call.bob satisfies SeatAssignment;
late.seats["product-2"]?.alice satisfies SeatAssignment | undefined;

// What comes from elsewhere may not be there.
declare const config: { products: string[]; members: Record<string, string> };
const configured = new TeamSeats("configured", config);
configured.seats.on_call?.alice?.email satisfies pulumi.Output<string | undefined> | undefined;
Object.values(configured.seats).flatMap((seats) => Object.values(seats)) satisfies SeatAssignment[];
// @ts-expect-error a member may have no seat of that product, or not be in the team
configured.seats.on_call.alice;
declare const isLarge: boolean;
const either = new TeamSeats("either", { products: [isLarge ? "on_call" : "x"], members });
// @ts-expect-error it is one or the other
either.seats.on_call;
const some = new TeamSeats("some", { products: isLarge ? ["on_call", "x"] : ["x"], members });
// @ts-expect-error only a large team has it
some.seats.on_call;
const more: ("on_call" | "x")[] = isLarge ? ["on_call"] : [];
const optional = new TeamSeats("optional", { products: more, members });
optional.seats.x?.alice satisfies SeatAssignment | undefined;
// @ts-expect-error the list may lack it
optional.seats.on_call.alice;
declare const part: { alice: string; bob?: string };
const partial = new TeamSeats("partial", { products: ["on_call"], members: part });
// @ts-expect-error he may be no member
partial.seats.on_call.bob.email;

// @ts-expect-error the labels must be known: they name resources
new TeamSeats("team", { products: ["on_call"], members: pulumi.output({ alice: userId }) });
// @ts-expect-error the limit is compared before anything is registered
new TeamSeats("team", { products: ["on_call"], members, limit: pulumi.output(6) });
// @ts-expect-error a typo
new TeamSeats("team", { products: ["on_call"], members, exsting: "adopt" });
// @ts-expect-error a list of products
new TeamSeats("team", { products: "on_call", members });
