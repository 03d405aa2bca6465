// The user's own bound to the seats of an org: `seatLimit`, an object of whole numbers by product code. Datadog knows of none:
// where a plan is used up, it sells more seats on demand.
import { ConfigurationError } from "../model/errors";
import { productCodeProblem } from "../model/seat";
import { isObject } from "../model/values";
import { nameInStack, type ReadConfig } from "./settings";

/**
 * How many seats of a product the org may hold, by product code.
 *
 * @throws ConfigurationError when the setting is something else
 */
export function seatLimits(config: ReadConfig, nameOf = nameInStack): ReadonlyMap<string, number> {
  const name = nameOf("seatLimit");
  const text = config(name)?.trim();
  if (!text) return new Map();
  const limits = parsed(text);
  if (!isObject(limits)) {
    throw new ConfigurationError(
      `${name} is ${text}. Expected a whole number by product code, such as {"on_call": 50}: \`pulumi config set --path '${name}.on_call' 50\`.`,
    );
  }
  const entries = Object.entries(limits).map(([code, limit]) => {
    const problem = productCodeProblem(code);
    if (problem) throw new ConfigurationError(`${name} has ${JSON.stringify(code)}: ${problem}.`);
    if (Number.isInteger(limit) && Number(limit) >= 0) return [code.trim(), Number(limit)] as const;
    throw new ConfigurationError(
      `${name} of ${code} is ${JSON.stringify(limit)}. Expected a whole number, 0 or more.`,
    );
  });
  return new Map(entries);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
