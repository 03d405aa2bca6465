// Which resource of the program declares which seat, by the inputs that Pulumi's options such as `ignoreChanges` and
// `transforms` have made final. The arguments are compared in the program, before that.
import { type DeclaredProduct, DeclaredSeats, type Declarer } from "../model/declaredSeats";
import { nameOfUrn } from "../model/urn";

export class Declarers {
  private readonly seats = new DeclaredSeats();
  private readonly byUrn = new Map<string, Declarer>();

  /**
   * Adds a seat, or every seat of a product without a user.
   *
   * @param urn of the resource, where the program has told it: without, it can't be told from others
   * @returns what is wrong: another resource declares it too
   */
  add(urn: string | undefined, product: DeclaredProduct, userId?: string): string | undefined {
    if (urn === undefined) return undefined;
    const declarer = this.byUrn.get(urn) ?? { name: nameOfUrn(urn) };
    this.byUrn.set(urn, declarer);
    return userId === undefined
      ? this.seats.addAll(declarer, product)
      : this.seats.add(declarer, product, userId);
  }
}
