// Finds a seat that two resources of one program declare: each would grant and revoke it behind the other's back.
import * as pulumi from "@pulumi/pulumi";

/** Per run, by its stack resource: an Automation API program may run many stacks, many times, in one process. */
const declaredIn = new WeakMap<pulumi.Resource, Map<string, string>>();

/**
 * Passes `userId` on, unless another resource of this run declares the same seat.
 *
 * @param name the name of the resource that declares the seat
 * @throws pulumi.RunError naming both resources, once the values are known
 */
export function declareSeat(
  name: string,
  productCode: pulumi.Input<string> | undefined,
  userId: pulumi.Input<string> | undefined,
): pulumi.Output<string | undefined> {
  const stack = pulumi.runtime.getStackResource();
  if (!stack) return pulumi.output(userId); // A unit test with mocks: there is no run.
  const declared = declaredIn.get(stack) ?? new Map<string, string>();
  declaredIn.set(stack, declared);
  return pulumi.all([productCode, userId]).apply(([product, user]) => {
    // What is no text is left for the resource's check to refuse.
    if (typeof product !== "string" || typeof user !== "string") return user;
    const seat = `${product.trim()}/${user.trim().toLowerCase()}`;
    const other = declared.get(seat);
    if (other !== undefined) {
      const error = new pulumi.RunError(
        `"${other}" and "${name}" both declare the seat of ${product} for user ${user}: remove one of them.`,
      );
      // Pulumi spends many seconds on rendering a stack that it then doesn't show.
      error.stack = "";
      throw error;
    }
    declared.set(seat, name);
    return user;
  });
}
