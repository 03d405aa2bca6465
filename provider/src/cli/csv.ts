// CSV as of RFC 4180, safe to open with a spreadsheet.

export function csv(rows: readonly (readonly (string | undefined)[])[]): string {
  return rows.map((row) => `${row.map((value) => field(value ?? "")).join(",")}\r\n`).join("");
}

function field(value: string): string {
  // A spreadsheet would run what begins like this as a formula, and users choose their names and emails themselves.
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${harmless.replaceAll('"', '""')}"`;
}
