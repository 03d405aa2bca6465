import * as pulumi from "@pulumi/pulumi";
import { productCodeProblem } from "../model/seat";
import { type ArgumentNames, checkArguments, checkMembers, kindOf } from "./arguments";
import { withOwnPromises } from "./promises";
import { isOfType, runError } from "./runtime";
import { type ExistingSeat, type ProductCode, SeatAssignment } from "./seatAssignment";

/** What a team takes for its products. A type parameter `extends TeamProducts | []` keeps what the program writes out. */
export type TeamProducts = readonly pulumi.Input<ProductCode>[];
/** What a team takes for its members. */
export type TeamMembers = Readonly<Record<string, pulumi.Input<string>>>;

/** The arguments of a {@link TeamSeats}. */
export interface TeamSeatsArgs<
  Products extends TeamProducts | [] = TeamProducts,
  Members extends TeamMembers = TeamMembers,
> {
  /**
   * The products of which every member gets a seat. A product whose code is an output is named by its place in the
   * list instead, because its code isn't known when the resources get their names: `product-2` is the second one. So
   * add other products behind it.
   */
  products: Products;
  /**
   * Who gets the seats: the UUIDs of Datadog users, by labels of your choice, which name the resources. So the labels
   * must be known in a preview; the UUIDs may be outputs.
   */
  members: Members;
  /** What to do when a member already holds a seat; see {@link SeatAssignmentArgs.existing}. */
  existing?: pulumi.Input<ExistingSeat>;
  /** How many seats this team may have. With more members × products than that, the preview fails. */
  limit?: number;
  /**
   * Whether the team may have no members or no products, and so no seats: otherwise that is an error, because a list that
   * has come out empty would unassign the whole team.
   */
  allowEmpty?: boolean;
}

const ARGUMENTS: ArgumentNames<TeamSeatsArgs> = {
  products: true,
  members: true,
  existing: true,
  limit: true,
  allowEmpty: true,
};

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
 *   products: ["incident_response", "on_call"],
 *   members: {
 *     alice: "3fa85f64-5717-4562-b3fc-2c963f66afa6",
 *     bob: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
 *   },
 * });
 *
 * @throws pulumi.RunError when an argument is wrong, when the limit is exceeded, and when the team is empty
 */
// Not `const Products`, which TypeScript before 5.0 can't read: Pulumi brings 3.8 for programs that have none.
export class TeamSeats<
  Products extends TeamProducts | [] = TeamProducts,
  Members extends TeamMembers = TeamMembers,
> extends pulumi.ComponentResource {
  /** The type of the component in Pulumi's state, by the name that policies ask for. */
  static readonly __pulumiType = "datadog-seats:index:TeamSeats";

  /** The seats by product, as `products` names it, and label. */
  readonly seats: SeatsByProduct<Products, Members>;

  /** Whether `value` is a TeamSeats, of whichever copy of this package. */
  static override isInstance(value: unknown): value is TeamSeats {
    return isOfType(value, TeamSeats.__pulumiType);
  }

  /** @param name the name of the team; the names of its seats begin with it */
  constructor(
    name: string,
    args: TeamSeatsArgs<Products, Members>,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const given = withOwnPromises(args);
    check(`the TeamSeats "${name}"`, given);
    const { products, members, limit, allowEmpty = false, ...shared } = given;
    const labels = Object.keys(members);
    const needed = labels.length * products.length;
    if (limit !== undefined && needed > limit) {
      throw runError(
        `The team "${name}" needs ${needed} seats (members × products: ${labels.length} × ${products.length}), but its limit is ${limit}.`,
      );
    }
    if (needed === 0 && !allowEmpty) {
      const what = labels.length === 0 ? "members" : "products";
      throw runError(
        `The team "${name}" has no ${what}, so none of its members would keep a seat. If that is intended, give it \`allowEmpty: true\`, or remove it from the program.`,
      );
    }
    super(TeamSeats.__pulumiType, name, {}, opts);
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
    ) as SeatsByProduct<Products, Members>;
    this.registerOutputs();
  }
}

/** Before anything is registered: what is wrong with a team would otherwise be reported for each of its seats. */
function check(whose: string, args: TeamSeatsArgs): void {
  checkArguments(whose, args, ARGUMENTS);
  const { products, members, limit, allowEmpty } = args;
  if (!Array.isArray(products)) {
    throw runError(
      `The products of ${whose} are ${kindOf(products)}: expected a list of product codes, such as ["on_call"].`,
    );
  }
  for (const [index, code] of products.entries()) {
    if (pulumi.Output.isInstance(code) || code instanceof Promise) continue;
    const isRepeated = products.indexOf(code) < index;
    const problem = isRepeated ? "it is in the list already" : productCodeProblem(code);
    if (problem) throw runError(`Product ${index + 1} of ${whose} is ${kindOf(code)}: ${problem}.`);
  }
  checkMembers(
    whose,
    members,
    " The labels name resources, so they must be known when the program runs; the UUIDs may be outputs. A SeatRoster takes members that are an output as a whole.",
  );
  if (allowEmpty !== undefined && typeof allowEmpty !== "boolean") {
    throw runError(`\`allowEmpty\` of ${whose} is ${kindOf(allowEmpty)}: expected true or false.`);
  }
  if (limit === undefined || (Number.isInteger(limit) && limit >= 0)) return;
  throw runError(
    `The limit of ${whose} is ${kindOf(limit)}: expected a whole number, 0 or more, that is known when the program runs.`,
  );
}

// The type of a team's `seats`: by the products and labels that the program writes out, so that no `?.` is needed for
// them, and a typo does not compile.

/** A team's seats by product and label. A product that the list may lack, or holds in another place, may be missing. */
export type SeatsByProduct<Products extends TeamProducts, Members extends TeamMembers> = ByProduct<
  Products,
  { readonly [Label in keyof Members]: SeatAssignment }
>;

type ByProduct<Products, Seats> = Products extends readonly [infer First, ...infer Others]
  ? Under<NameOf<First>, Seats> & ByProduct<Others, Seats>
  : Products extends readonly []
    ? Record<never, never>
    : Products extends readonly (infer Any)[]
      ? MaybeUnder<NameOf<Any>, Seats>
      : never;

/** A product whose code is an output is named by its place. */
type NameOf<Product> = Product extends string ? Product : `product-${number}`;

/** One of several names gives one of several types. */
type Under<Name extends string, Seats> = Name extends string
  ? { readonly [_ in Name]: Seats }
  : never;

type MaybeUnder<Name extends string, Seats> = string extends Name
  ? { readonly [_ in string]: Seats }
  : { readonly [_ in Name]?: Seats };
