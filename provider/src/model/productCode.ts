// The code of a Datadog product, such as "on_call". Which ones there are, Datadog alone knows.

const EXPECTED = 'expected a product code such as "on_call" or "incident_response"';

/** Why a value can be no product code, whatever products there are. Blanks around it don't count. */
export function productCodeProblem(value: unknown): string | undefined {
  const code = typeof value === "string" ? value.trim() : "";
  if (code === "" || code.includes("/")) return EXPECTED;
  if (!/[\s\p{Lu}]/u.test(code)) return undefined;
  const likely = code.toLowerCase().replace(/\s+/g, "_");
  return `${EXPECTED}, in lower case and without blanks (did you mean "${likely}"?)`;
}
