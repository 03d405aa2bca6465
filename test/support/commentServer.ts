// Stands in for GitHub and GitLab: the comments of a pull request or merge request, in pages as asked for.
// Sources: https://docs.github.com/en/rest/issues/comments and https://docs.gitlab.com/api/notes/
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

interface Comment {
  readonly author: string;
  body: string;
}

/** How to list and to add comments, and how to change one. */
const ALL = ["/repos/acme/seats/issues/1/comments", "/projects/7/merge_requests/1/notes"];
const ONE =
  /^(?:PATCH \/repos\/acme\/seats\/issues\/comments|PUT \/projects\/7\/merge_requests\/1\/notes)\/(\d+)$/;

export class CommentServer {
  readonly token = "a-token-that-may-comment";
  readonly comments: Comment[] = [];
  private readonly server: Server;

  /** @param user whose token it is */
  constructor(private readonly user: string) {
    this.server = createServer(async (request, response) => {
      const content = await text(request);
      const body = this.respond(request, content && JSON.parse(content).body);
      response.writeHead(body ? 200 : 404, { "content-type": "application/json" });
      response.end(JSON.stringify(body ?? { message: "Not Found" }));
    });
  }

  start(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
  }

  private respond({ method, url = "", headers }: IncomingMessage, written: string): unknown {
    const { pathname, searchParams } = new URL(url, this.url);
    const tokens = [headers["private-token"], headers.authorization?.replace("Bearer ", "")];
    if (!tokens.includes(this.token)) return undefined;
    if (pathname === "/user") return { id: this.user };
    if (ALL.includes(pathname) && method === "GET") {
      const size = Number(searchParams.get("per_page"));
      const begin = (Number(searchParams.get("page")) - 1) * size;
      return this.comments.map(shown).slice(begin, begin + size);
    }
    if (ALL.includes(pathname) && method === "POST") {
      return { id: this.comments.push({ author: this.user, body: written }) - 1 };
    }
    const comment = this.comments[Number(ONE.exec(`${method} ${pathname}`)?.[1])];
    if (comment) comment.body = written;
    return comment && {};
  }
}

/** Both ways at once: GitHub names the user, GitLab has the author's id. */
const shown = ({ author, body }: Comment, id: number) => ({
  id,
  body,
  user: { login: author },
  author: { id: author },
});
