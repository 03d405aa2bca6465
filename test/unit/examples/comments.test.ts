import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { CommentServer } from "../../support/commentServer";
import { repository } from "../../support/markdown";
import { temporaryFolder } from "../../support/workFolder";

const run = promisify(execFile);
const scripts = {
  "comment.mjs": (url: string, token: string) => ({
    GITHUB_API_URL: url,
    GITHUB_REPOSITORY: "acme/seats",
    GITHUB_TOKEN: token,
    PULL_REQUEST: "1",
    RUN_URL: "https://ci.example.com/42",
  }),
  "note.mjs": (url: string, token: string) => ({
    CI_API_V4_URL: url,
    CI_MERGE_REQUEST_IID: "1",
    CI_PIPELINE_URL: "https://ci.example.com/42",
    CI_PROJECT_ID: "7",
    NOTE_TOKEN: token,
  }),
};

for (const [script, environment] of Object.entries(scripts)) {
  describe(`${script} of examples/seats-by-pull-request`, () => {
    const server = new CommentServer("github-actions[bot]");
    const folder = temporaryFolder();
    before(() => server.start());
    after(() => server.stop());
    beforeEach(() => server.comments.splice(0));

    function comment(files: readonly string[], token = server.token) {
      return run(
        process.execPath,
        [join(repository, "examples", "seats-by-pull-request", script), ...files],
        {
          cwd: folder(),
          env: { PATH: process.env.PATH, ...environment(server.url, token) },
        },
      );
    }

    it("changes its own comment, and none of others who begin theirs as it does", async () => {
      writeFileSync(join(folder(), "summary.md"), "### sre\n");
      await comment(["summary.md", "missing.md"]);
      const [{ body = "" } = {}] = server.comments;
      expect(body).to.match(/^<!-- .* -->\n\n### sre\n\n\n.*\(https:\/\/ci\.example\.com\/42\)/);

      // More than a page of them.
      const others = Array.from({ length: 120 }, () => ({ author: "mallory", body }));
      server.comments.unshift(...structuredClone(others));
      writeFileSync(join(folder(), "summary.md"), "### platform\n");
      await comment(["summary.md"]);
      expect(server.comments.slice(0, 120)).to.deep.equal(others);
      expect(server.comments.slice(120).map((own) => own.body)).to.deep.equal([
        body.replace("sre", "platform"),
      ]);
    });

    it("cuts off what is too long for a comment, and says so", async () => {
      writeFileSync(join(folder(), "summary.md"), "a line\n".repeat(20_000));
      await comment(["summary.md"]);
      const [{ body = "" } = {}] = server.comments;
      expect(body.length).to.be.within(65_000, 65_536);
      expect(body)
        .to.include("cut off")
        .and.match(/\(https:\/\/ci\.example\.com\/42\) has all of it\.$/);
    });

    it("fails with the response where the token may not comment", async () => {
      const failure = await comment([], "another").catch(({ stderr }) => stderr as string);
      expect(failure).to.match(/^GET http:.*: 404 .*Not Found"}\n$/);
    });
  });
}
