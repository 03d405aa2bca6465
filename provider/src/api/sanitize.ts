// Texts of others, made fit to be shown: an answer may hold anything.

/** On one line, without characters that would act on a terminal or are half of one, and not too long. */
export function plain(text: string, most = 300): string {
  const line = text.replace(/[\s\p{Cc}\p{Cs}\p{Bidi_Control}]+/gu, " ").trim();
  return line.length > most ? `${line.slice(0, most).replace(/\p{Cs}$/u, "")}…` : line;
}

/** As `plain`, of a page of HTML too. */
export function plainOfPage(page: string): string {
  const text = page
    .slice(0, 10_000)
    .replace(/<(style|script)[\s\S]*?<\/\1>/gi, " ")
    .replace(/<[^>]*>/g, " ");
  return plain(text);
}

/** Takes the keys out of a text, in the forms in which a server might echo them. Cut a text afterwards, not before. */
export function redact(text: string, keys: readonly string[]): string {
  // The longest first: one may begin with another.
  const forms = keys.flatMap(formsOf).sort((a, b) => b.length - a.length);
  const escaped = forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  // In whatever case: the host of a URL is in lower case, and %2f is %2F.
  return text.replace(new RegExp(escaped.join("|"), "gi"), "[redacted]");
}

function formsOf(key: string): string[] {
  const bytes = Buffer.from(key);
  const base64 = bytes.toString("base64");
  const inJson = JSON.stringify(key).slice(1, -1);
  return [
    key,
    inJson,
    encodeURIComponent(key),
    base64,
    base64.replace(/=+$/, ""),
    bytes.toString("base64url"),
  ];
}
