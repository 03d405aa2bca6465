// The documents of this repository, and what they hold.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { registryPages } from "../../scripts/plugin/registryPages";

export const repository = join(__dirname, "..", "..");

/** What this repository tells its users: the README of the repository, that of the package, and the pages of docs, but for those made of them. */
export const guides: readonly string[] = [
  "README.md",
  "provider/README.md",
  ...readdirSync(join(repository, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`)
    .filter((file) => !(file in registryPages())),
];

/** @param file below the repository's root */
export const readDocument = (file: string) => readFileSync(join(repository, file), "utf8");

/** The code blocks in a language, each once, however many documents show it. */
export function codeBlocks(language: string, files = guides): string[] {
  const pattern = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm");
  const blocks = files.flatMap((file) => [...readDocument(file).matchAll(pattern)]);
  return [...new Set(blocks.map(([, block = ""]) => block))];
}

/** The lines of shell blocks that begin with a command, as its arguments: without comments and redirections. */
export function shellCommands(command: string, files = guides): string[][] {
  const lines = codeBlocks("sh", files).flatMap((block) => block.split("\n"));
  const commands = lines
    .filter((line) => line.startsWith(`${command} `))
    .map((line) =>
      line
        .slice(command.length)
        .replace(/ [#>].*/, "")
        .replaceAll("'", "")
        .trim(),
    );
  return [...new Set(commands)].map((line) => line.split(/\s+/));
}

/** The rows of a table whose first heading is this one, as cells. */
export function tableRows(file: string, heading: string): string[][] {
  const rows: string[][] = [];
  let inTable = false;
  for (const line of readDocument(file).split("\n")) {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    if (!line.startsWith("|")) inTable = false;
    else if (cells[1] === heading) inTable = true;
    else if (inTable && !/^-+$/.test(cells[1] ?? "")) rows.push(cells.slice(1, -1));
  }
  return rows;
}
