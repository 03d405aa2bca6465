// Makes text from elsewhere fit to be shown: a response may hold anything.

const MAX_LENGTH = 300;

/** Puts a text on one line, cut to a length, without characters that would act on a terminal or are half of one. */
export function sanitize(text: string, maxLength = MAX_LENGTH): string {
  const line = text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}]/gu, escaped);
  return line.length > maxLength ? `${line.slice(0, maxLength).replace(/\p{Cs}$/u, "")}…` : line;
}

/** As `sanitize`, for an email: two that differ in an invisible character belong to two users. */
export const sanitizeEmail = (email: string): string => sanitize(visible(email));

/** Whatever can't be seen; but blanks and the ends of lines stay as they are. */
const INVISIBLE =
  /(?!\r?\n)[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Z}/gu;

/** Writes the invisible characters of a text as JSON and TypeScript do, such as `\u200b`: in those it means the same. */
export const visible = (text: string): string => text.replace(INVISIBLE, escaped);

/** By the halves of a character, as JSON has it. */
function escaped(character: string): string {
  const units = character.split("").map((unit) => unit.charCodeAt(0).toString(16).padStart(4, "0"));
  return units.map((unit) => `\\u${unit}`).join("");
}

/** As `sanitize`, without the tags of a page of HTML. */
export function sanitizePage(page: string): string {
  const text = page
    .slice(0, 10_000)
    .replace(/<(style|script)[\s\S]*?<\/\1>/gi, " ")
    .replace(/<[^>]*>/g, " ");
  return sanitize(text);
}

/**
 * Removes the keys from a text, in every form in which a server might echo them. To be called before a text is cut,
 * because a part of a key is not found.
 */
export function redact(text: string, keys: readonly string[]): string {
  // The longest first: one may begin with another.
  const forms = keys.flatMap(formsOf).sort((a, b) => b.length - a.length);
  const escaped = forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  // In any case: the host of a URL is in lower case, and %2f is %2F.
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
    bytes.toString("hex"),
  ];
}
