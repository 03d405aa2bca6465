// Writes the files that it is given, as far as they exist, into one comment of the pull request, which later runs change.
//   node comment.mjs FILE…
import { existsSync, readFileSync } from "node:fs";

const MARKER = "<!-- datadog seats -->";
/** GitHub takes 65,536 characters. */
const MAX_LENGTH = 65_000;

const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN, PULL_REQUEST, RUN_URL } = process.env;
const repository = `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}`;
const ofPullRequest = `${repository}/issues/${PULL_REQUEST}/comments`;

async function request(method, url, content) {
  const response = await fetch(url, {
    method,
    headers: { accept: "application/vnd.github+json", authorization: `Bearer ${GITHUB_TOKEN}` },
    ...(content && { body: JSON.stringify(content) }),
  });
  if (response.ok) return response.json();
  throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
}

/** The comment of an earlier run. Anybody may write the marker into a comment of their own. */
async function earlierComment() {
  for (let page = 1; ; page++) {
    const comments = await request("GET", `${ofPullRequest}?per_page=100&page=${page}`);
    const earlier = comments.find(
      ({ user, body }) => user?.login === "github-actions[bot]" && body.startsWith(MARKER),
    );
    if (earlier || comments.length < 100) return earlier;
  }
}

const texts = process.argv
  .slice(2)
  .filter(existsSync)
  .map((file) => readFileSync(file, "utf8"));
const whole = [MARKER, ...texts, `[The run](${RUN_URL}) has the rest.`].join("\n\n");
const body =
  whole.length <= MAX_LENGTH
    ? whole
    : `${whole.slice(0, MAX_LENGTH)}\n\nThis is cut off: [the run](${RUN_URL}) has all of it.`;
try {
  const earlier = await earlierComment();
  if (earlier) await request("PATCH", `${repository}/issues/comments/${earlier.id}`, { body });
  else await request("POST", ofPullRequest, { body });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
