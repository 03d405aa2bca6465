// The type of a team's `seats`: by the products and labels that the program writes out, so that no `?.` is needed for
// them, and a typo does not compile.
import type * as pulumi from "@pulumi/pulumi";
import type { ProductCode, SeatAssignment } from "./seatAssignment";

/** What a team takes for its products. A type parameter `extends TeamProducts | []` keeps what the program writes out. */
export type TeamProducts = readonly pulumi.Input<ProductCode>[];
/** What a team takes for its members. */
export type TeamMembers = Readonly<Record<string, pulumi.Input<string>>>;

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
