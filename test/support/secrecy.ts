// Keys must show nowhere, in no form.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Keys } from "../../simulator/src/keys";
import { keyForms } from "./keyForms";

/** The forms of the keys that a text shows. */
export function shownKeys(text: string, { apiKey, appKey }: Pick<Keys, "apiKey" | "appKey">) {
  return [apiKey, appKey].flatMap(keyForms).filter((form) => text.includes(form));
}

/** @throws Error that names what shows a key, with the lines that do */
export function assertNoKeys(what: string, text: string, keys: Pick<Keys, "apiKey" | "appKey">) {
  const shown = shownKeys(text, keys);
  if (shown.length === 0) return;
  const lines = text.split("\n").filter((line) => shown.some((form) => line.includes(form)));
  throw new Error(`${what} shows a key:\n${lines.slice(0, 5).join("\n")}`);
}

/** As `assertNoKeys`, of all files below a folder. */
export function assertNoKeysIn(folder: string, keys: Pick<Keys, "apiKey" | "appKey">): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile()) assertNoKeys(file, readFileSync(file, "utf8"), keys);
  }
}
