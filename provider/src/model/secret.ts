// How Pulumi marks a secret among properties: an object with this signature, in states as in what the engine sends.
// Source: https://github.com/pulumi/pulumi/blob/master/developer-docs/providers/implementers-guide.md#property-values
import { isObject } from "./object";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

export const isSecret = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && value[SIGNATURE] === SECRET;

export const asSecret = (value: unknown) => ({ [SIGNATURE]: SECRET, value });
