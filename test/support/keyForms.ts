/** The forms in which a server may echo a key, or a log may show it. */
export function keyForms(key: string): string[] {
  const bytes = Buffer.from(key);
  const encoded = encodeURIComponent(key);
  const forms = [
    key,
    encoded,
    encoded.toLowerCase(),
    bytes.toString("base64"),
    bytes.toString("base64").replaceAll("=", ""),
    bytes.toString("base64url"),
    bytes.toString("hex"),
  ];
  return [...new Set(forms)];
}
