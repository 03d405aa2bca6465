// The expressions of GitHub's workflows, as far as our example uses them. What is not known here is an error.
// Source: https://docs.github.com/en/actions/reference/workflows-and-actions/expressions

export type Values = Readonly<Record<string, string>>;
export type Context = Readonly<Record<string, unknown>>;

/** The lines `name=value` that a step has written. */
export const outputsOf = (text: string): Values =>
  Object.fromEntries([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));

export const substituted = (values: Values, context: Context): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, text]) => [name, substitute(text, context)]),
  );

/** A text with the values of its expressions. */
function substitute(text: string, context: Context): string {
  return String(text).replace(/\$\{\{.*?\}\}/g, (expression) => {
    const value = evaluate(expression, context);
    if (typeof value !== "string") throw new Error(`${expression} is no text`);
    return value;
  });
}

/** An expression: a path into the contexts, or `fromJSON` of one. */
export function evaluate(expression: string, context: Context): unknown {
  const [, json, path = ""] =
    /^\$\{\{ (?:(fromJSON)\()?([\w-]+(?:\.[\w-]+)+)\)? \}\}$/.exec(expression) ?? [];
  if (!path) throw new Error(`${expression} is not known here`);
  const value = valueAt(path, context);
  return json ? JSON.parse(value as string) : value;
}

/** The condition of a job or a step that is also for where something has failed: `!cancelled()`, alone or with comparisons. */
export function isMet(condition: string, context: Context): boolean {
  const [, comparisons] = /^\$\{\{ !cancelled\(\)(.*) \}\}$/.exec(condition) ?? [];
  if (comparisons === undefined) throw new Error(`${condition} is not known here`);
  return comparisons
    .split(" && ")
    .slice(1)
    .every((comparison) => {
      const [left, right] = comparison.split(" == ").map((path) => valueAt(path, context));
      return left === right;
    });
}

function valueAt(path: string, context: Context): unknown {
  let value: unknown = context;
  for (const name of path.split(".")) value = (value as Context | undefined)?.[name];
  if (value === undefined) throw new Error(`${path} is not known here`);
  return value;
}
