import * as pulumi from "@pulumi/pulumi";
import { runError } from "./runError";
import { type ExistingSeat, type ProductCode, SeatAssignment } from "./seatAssignment";

/** The arguments of {@link TeamSeats}. */
export interface TeamSeatsArgs {
  /**
   * The products of which every member gets a seat. A product whose code is an output is named by its place in the
   * list instead, because its code isn't known when the resources get their names: `product-2` is the second one. So
   * add other products behind it.
   */
  products: pulumi.Input<ProductCode>[];
  /** Who gets the seats: the UUIDs of Datadog users, by labels of your choice, which name the resources. */
  members: Record<string, pulumi.Input<string>>;
  /** What to do when a member already holds a seat; see {@link SeatAssignmentArgs.existing}. */
  existing?: pulumi.Input<ExistingSeat>;
  /** The Datadog org whose seats they are; see {@link SeatAssignmentArgs.org}. */
  org?: pulumi.Input<string>;
  /** How many seats the plan has for this team. With more members × products than that, the preview fails. */
  limit?: number;
}

/**
 * A team's seats: one {@link SeatAssignment} for each product and member.
 *
 * A seat is named by team, label and product, such as `sre-alice-on_call`, so adding or removing a member or a product
 * touches none of the others. SeatAssignments that move into a team keep their seats.
 *
 * Source: https://docs.datadoghq.com/api/latest/seats/
 *
 * @example
 * new TeamSeats("sre", {
 *   products: ["on_call", "incident_response"],
 *   members: {
 *     alice: "3fa85f64-5717-4562-b3fc-2c963f66afa6",
 *     bob: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
 *   },
 * });
 *
 * @throws pulumi.RunError when the limit is exceeded, and when two labels stand for one user
 */
export class TeamSeats extends pulumi.ComponentResource {
  /** The type of the component in Pulumi's state. */
  static readonly pulumiType = "datadog-seats:index:TeamSeats";

  /** The seats by product, as `products` names it, and label. */
  readonly seats: Record<string, Record<string, SeatAssignment>>;

  /** @param name the name of the team; the names of its seats begin with it */
  constructor(name: string, args: TeamSeatsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { products, members, limit, ...shared } = args;
    const labels = Object.keys(members);
    const needed = labels.length * products.length;
    if (limit !== undefined && needed > limit) {
      throw runError(
        `The team "${name}" needs ${needed} seats (members × products: ${labels.length} × ${products.length}), but its limit is ${limit}.`,
      );
    }
    super(TeamSeats.pulumiType, name, {}, opts);
    const seatsOf = (productCode: pulumi.Input<string>, product: string) =>
      Object.entries(members).map(([label, userId]) => {
        const seat = { ...shared, productCode, userId };
        return [label, new SeatAssignment(`${name}-${label}-${product}`, seat, { parent: this })];
      });
    this.seats = Object.fromEntries(
      products.map((code, index) => {
        const product = typeof code === "string" ? code : `product-${index + 1}`;
        return [product, Object.fromEntries(seatsOf(code, product))];
      }),
    );
    this.registerOutputs();
  }
}
