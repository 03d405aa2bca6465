// Texts of others, made fit to be shown: an answer may hold anything.

/** On one line, without characters that would act on a terminal, and not too long. */
export function plain(text: string, most = 300): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to take out
  const line = text.replace(/[\s\x00-\x1f\x7f-\x9f]+/g, " ").trim();
  return line.length > most ? `${line.slice(0, most)}…` : line;
}

/** As `plain`, of a page of HTML too. */
export function plainOfPage(page: string): string {
  const text = page
    .slice(0, 10_000)
    .replace(/<(style|script)[\s\S]*?<\/\1>/gi, " ")
    .replace(/<[^>]*>/g, " ");
  return plain(text);
}

/** Takes the keys out of a text, in the forms in which a server might echo them. */
export function redact(text: string, keys: readonly string[]): string {
  let safe = text;
  for (const key of keys) {
    for (const form of [key, encodeURIComponent(key), Buffer.from(key).toString("base64")]) {
      safe = safe.replaceAll(form, "[redacted]");
    }
  }
  return safe;
}
