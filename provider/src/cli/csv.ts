// CSV as of RFC 4180, safe to open with a spreadsheet.

export function csv(rows: readonly (readonly (string | undefined)[])[]): string {
  return rows.map((row) => `${row.map((value) => field(value ?? "")).join(",")}\r\n`).join("");
}

function field(value: string): string {
  // A spreadsheet would run what begins so as a formula; names and emails are the users' own to choose.
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
