// Keys must show nowhere, in no form.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestServer } from "./connection";
import { keyForms } from "./keyForms";

type Keys = TestServer["keys"];

/** The forms of the keys, and of the access token, that a text shows. */
export function shownKeys(text: string, { apiKey, appKey, token }: Keys): string[] {
  const secrets = [apiKey, appKey, ...(token ? [token] : [])];
  return secrets.flatMap(keyForms).filter((form) => text.includes(form));
}

/** @throws Error that names what shows a key, with the lines that do */
export function assertNoKeys(what: string, text: string, keys: Keys) {
  const shown = shownKeys(text, keys);
  if (shown.length === 0) return;
  const lines = text.split("\n").filter((line) => shown.some((form) => line.includes(form)));
  throw new Error(`${what} shows a key:\n${lines.slice(0, 5).join("\n")}`);
}

/** As `assertNoKeys`, of all files below a folder. */
export function assertNoKeysIn(folder: string, keys: Keys): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile()) assertNoKeys(file, readFileSync(file, "utf8"), keys);
  }
}
