// Pulumi's process prints an error of a check, diff, read or delete, and hands it to the engine, which prints it again on
// the row of its resource. The first of the two says no more, and stands apart from the resource: it is left out.
import type { dynamic } from "@pulumi/pulumi";
import { SeatsError } from "../model/errors";

/** What the process prints of them. */
const printedByEngine = new Set<string>();

const print = console.error;
console.error = (...args: unknown[]) => {
  if (!printedByEngine.has(String(args[0]))) print(...args);
};

/** A provider whose errors are printed once. An error that is a bug keeps its stack, which only the process prints. */
export function printedOnce<Provider extends dynamic.ResourceProvider>(
  provider: Provider,
): Provider {
  const methods: Partial<dynamic.ResourceProvider> = provider;
  for (const name of ["check", "diff", "read", "delete"] as const) {
    const method = methods[name]?.bind(provider) as (...args: unknown[]) => Promise<unknown>;
    Object.assign(provider, {
      [name]: async (...args: unknown[]) => {
        try {
          return await method(...args);
        } catch (error) {
          if (error instanceof SeatsError) printedByEngine.add(`${error}: ${error.stack}`);
          throw error;
        }
      },
    });
  }
  return provider;
}
