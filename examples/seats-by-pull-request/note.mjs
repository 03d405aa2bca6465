// Writes the files that it is given, as far as they exist, into one note of the merge request, which later pipelines change.
//   node note.mjs FILE…
import { existsSync, readFileSync } from "node:fs";

const MARKER = "<!-- datadog seats -->";
/** GitLab takes 1,000,000 characters, which nobody reads. */
const MAX_LENGTH = 65_000;

const { CI_API_V4_URL, CI_MERGE_REQUEST_IID, CI_PIPELINE_URL, CI_PROJECT_ID, NOTE_TOKEN } =
  process.env;
const notes = `${CI_API_V4_URL}/projects/${CI_PROJECT_ID}/merge_requests/${CI_MERGE_REQUEST_IID}/notes`;

async function request(method, url, content) {
  const response = await fetch(url, {
    method,
    headers: { "content-type": "application/json", "private-token": NOTE_TOKEN },
    ...(content && { body: JSON.stringify(content) }),
  });
  if (response.ok) return response.json();
  throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
}

/** The note of an earlier pipeline. Anybody may write the marker into a note of their own. */
async function earlierNote() {
  const self = await request("GET", `${CI_API_V4_URL}/user`);
  for (let page = 1; ; page++) {
    const some = await request("GET", `${notes}?per_page=100&page=${page}`);
    const earlier = some.find(
      ({ author, body }) => author.id === self.id && body.startsWith(MARKER),
    );
    if (earlier || some.length < 100) return earlier;
  }
}

const texts = process.argv
  .slice(2)
  .filter(existsSync)
  .map((file) => readFileSync(file, "utf8"));
const whole = [MARKER, ...texts, `[The pipeline](${CI_PIPELINE_URL}) has the rest.`].join("\n\n");
const body =
  whole.length <= MAX_LENGTH
    ? whole
    : `${whole.slice(0, MAX_LENGTH)}\n\nThis is cut off: [the pipeline](${CI_PIPELINE_URL}) has all of it.`;
try {
  const earlier = await earlierNote();
  if (earlier) await request("PUT", `${notes}/${earlier.id}`, { body });
  else await request("POST", notes, { body });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
