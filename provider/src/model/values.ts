// Values among a resource's properties, in a state as in what the engine sends.

/** Whether a value is an object with properties: neither a list nor `null`. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// A secret is an object with this signature.
// Source: https://github.com/pulumi/pulumi/blob/master/developer-docs/providers/implementers-guide.md#property-values
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

export const isSecret = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && value[SIGNATURE] === SECRET;

export const asSecret = (value: unknown) => ({ [SIGNATURE]: SECRET, value });
