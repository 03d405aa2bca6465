// What CHANGELOG.md must hold: the format of https://keepachangelog.com.
const HEADINGS = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];

export interface Release {
  /** As in the heading: "Unreleased", or a version. */
  readonly version: string;
  readonly date: string | undefined;
  /** What changed, in Markdown, by heading. */
  readonly changes: Readonly<Record<string, string>>;
}

/** @throws Error that names what is not as the format says */
export function readChangelog(text: string): Release[] {
  const [, ...releases] = text.split(/^## /m);
  return releases.map((release) => {
    const [title = "", ...sections] = release.split(/^### /m);
    const [, version, date] = /^\[(.+?)\](?: - (\d{4}-\d{2}-\d{2}))?\n/.exec(title) ?? [];
    if (!version)
      throw new Error(`"## ${title.split("\n")[0]}" is not "[version]" or "[version] - date".`);
    const changes = sections.map((section) => {
      const [heading = "", ...lines] = section.split("\n");
      if (!HEADINGS.includes(heading)) {
        throw new Error(`"### ${heading}" is not one of ${HEADINGS.join(", ")}.`);
      }
      return [heading, lines.join("\n").trim()];
    });
    return { version, date, changes: Object.fromEntries(changes) };
  });
}

/** The text of a release, without its heading. */
export const releaseNotes = ({ changes }: Release): string =>
  Object.entries(changes)
    .map(([heading, text]) => `### ${heading}\n\n${text}\n`)
    .join("\n");

/**
 * The changelog with its newest section as that of a version, released on this day.
 *
 * @throws Error when all sections belong to other versions that have been released
 */
export function releasedOn(text: string, version: string, date: string): string {
  const [newest] = readChangelog(text);
  if (!newest || (newest.date && newest.version !== version)) {
    throw new Error("CHANGELOG.md has no section that has not been released.");
  }
  return text.replace(/^## \[.*$/m, `## [${version}] - ${date}`);
}

/** Why a version can't be released with this changelog; `undefined` when it can. */
export function releaseProblem(text: string, version: string): string | undefined {
  const release = readChangelog(text).find((one) => one.version === version);
  if (!release) return `CHANGELOG.md has no "## [${version}]".`;
  if (!release.date) return `"## [${version}]" in CHANGELOG.md has no date.`;
  if (Object.keys(release.changes).length === 0) return `"## [${version}]" lists no changes.`;
  return undefined;
}
