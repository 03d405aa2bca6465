// Responses of any status, with any headers and body, to every call: the right result, or an error fit to be shown.
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import fc from "fast-check";
import { SeatsApi } from "../../../provider/src/api/seats";
import { ending, expectNoKey } from "../../support/apiErrorChecks";
import { always } from "../../support/generatedCases";
import {
  isUnavailable,
  outcomeOf,
  response,
  status,
  type Verb,
  verb,
} from "../../support/hostileResponse";
import { HostileServer } from "../../support/hostileServer";
import { user } from "../../support/ids";
import { keyForms } from "../../support/keyForms";

const MAX_WAIT_MS = 60_000;
const MB = 1024 * 1024;

type Assigned = Awaited<ReturnType<SeatsApi["assign"]>>;

describe("Client, with any response to any call,", () => {
  let server: HostileServer;
  let waits: string[];
  const call = (what: Verb) => {
    server.arrived = [];
    waits = [];
    const connection = server.connection({ maxWaitMs: MAX_WAIT_MS, requestTimeoutMs: 10_000 });
    const api = new SeatsApi(connection, { onWait: (line) => waits.push(line) });
    return ending<unknown>(server.keys, () =>
      what === "list" ? api.list("on_call") : api[what]("on_call", [user(1)]),
    );
  };

  before(async () => {
    server = await HostileServer.start();
  });
  after(() => server.stop());

  it("ends each call as status and body say, in bounded time, with a clear error or none", () =>
    always(150, fc.tuple(verb, response()), async ([what, hostile]) => {
      server.respond = () => hostile;
      const { value, error, waitedMs } = await call(what);
      expect(waitedMs).to.be.at.most(MAX_WAIT_MS);
      for (const line of waits) expectNoKey(line, server.keys);
      const expected = outcomeOf(what, hostile);
      expect(error?.outcome ?? "done").to.equal(expected);
      if (expected === "done" && what !== "unassign") {
        const userIds = value instanceof Map ? value.keys() : (value as Assigned).assigned;
        expect([...userIds]).to.deep.equal([user(1)]);
      }
      const { status = 200, cutAt } = hostile;
      const mayPass = isUnavailable(status) || (status < 300 && cutAt !== undefined);
      if (status !== 429 && !mayPass) expect(server.arrived).to.have.lengthOf(1);
      else if (mayPass) expect(server.arrived.length).to.be.at.most(5);
    }));

  it("shows no form of a key, wherever and how often the response echoes it", () =>
    always(
      30,
      fc.tuple(verb, status(), fc.array(echoing(), { maxLength: 30 })),
      ([what, code, parts]) => echoed(what, code, parts.join("")),
    ));

  it("shows no part of a key where a text is cut", async () => {
    for (let room = 240; room <= 300; room += 7) {
      for (const [what, code] of [
        ["list", 400],
        ["assign", 403],
        ["unassign", 422],
      ] as const) {
        await echoed(what, code, "x".repeat(room) + server.keys.apiKey + server.keys.appKey);
      }
      await echoed("list", 400, " ".repeat(9750 + room) + server.keys.apiKey);
      await echoed("list", 400, "x".repeat(room - 240) + server.keys.apiKey);
    }
  });

  /** A server that says `text` in its body, in every shape of one, in its status text and in a redirect. */
  async function echoed(what: Verb, code: number, text: string): Promise<void> {
    const headers = {
      location: `https://${server.keys.apiKey}.example.com/${encodeURIComponent(text)}`,
      "retry-after": text.replace(/[^\x20-\x7e]/g, ""),
    };
    const phrase = text.replace(/[^\x20-\x7e]/g, "");
    const bodies = [
      text,
      { errors: [text] },
      { errors: [{ detail: text }] },
      { errors: [{ text }] },
    ];
    for (const body of bodies) {
      const said = typeof body === "string" ? body : JSON.stringify(body);
      server.respond = () => ({ status: code, phrase, headers, body: said });
      await call(what);
    }
  }

  /** Texts with a key in them, in its forms. The keys are those of every hostile server. */
  function echoing(): fc.Arbitrary<string> {
    const { apiKey, appKey } = HostileServer.KEYS;
    return fc.oneof(
      fc.constantFrom(...keyForms(apiKey), ...keyForms(appKey), apiKey.toUpperCase()),
      fc.constantFrom(...' |<b>|</b>|<style>|</style>|"|\\|\n|\u001b[2J|\u202e|🔑|key='.split("|")),
      fc.string({ unit: "binary", maxLength: 80 }),
    );
  }

  it("follows no redirect, so that the keys arrive at no other host", async () => {
    const elsewhere = await HostileServer.start();
    try {
      const port = new URL(elsewhere.url).port;
      const targets = fc.oneof(
        fc
          .constantFrom(
            "http://127.0.0.1",
            "http://localhost",
            "//127.0.0.1",
            "http://user:secret@127.0.0.1",
            "\\\\127.0.0.1",
          )
          .map((host) => `${host}:${port}/api/v2/seats/users`),
        fc.webUrl({ withQueryParameters: true }),
        fc.constantFrom(
          "",
          "?",
          "/elsewhere",
          "javascript:alert(1)",
          "data:,",
          "mailto:a@example.com",
          "http://",
          "https://[::1",
        ),
        fc.nat({ max: 3000 }).map((length) => `https://${"a".repeat(length)}.example.com/`),
      );
      await always(
        60,
        fc.tuple(verb, fc.integer({ min: 300, max: 399 }), targets),
        async ([what, code, location]) => {
          server.respond = () => ({ status: code, headers: { location } });
          const { error } = await call(what);
          expect(error?.message).to.include(`responded with ${code}, a redirect`);
          expect(error?.message).to.not.include("secret").and.to.not.include("redirect to ,");
          expect(server.arrived).to.have.lengthOf(1);
          expect(elsewhere.arrived).to.deep.equal([]);
        },
      );
    } finally {
      await elsewhere.stop();
    }
  });

  describe("given a body of 100 MB,", () => {
    for (const code of [200, 201, 400, 503]) {
      for (const declared of [true, false]) {
        it(`does not read it beyond 16 MB: ${code}, ${declared ? "with its length" : "in chunks"}`, async () => {
          let sent = 0;
          let closed: Promise<unknown> = Promise.resolve();
          server.respond = (_request, response) => {
            closed = new Promise((resolve) => response.on("close", resolve));
            response.writeHead(code, declared ? { "content-length": 100 * MB } : {});
            const chunk = Buffer.alloc(MB, "x");
            const more = () => {
              sent += 1;
              if (sent === 100) response.end();
              else response.write(chunk, (failed) => !failed && more());
            };
            response.write(chunk, more);
            return undefined;
          };
          const { error } = await call("list");
          expect(error?.message).to.include("was too long to be a list of seats");
          await closed;
          expect(server.arrived).to.have.lengthOf(1);
          // Besides what the client reads, some MB fit into the buffers of the system.
          expect(sent).to.be.within(16, 40);
        });
      }
    }

    it("does not unpack it beyond 16 MB either", async () => {
      const body = gzipSync(Buffer.alloc(100 * MB, " "));
      server.respond = () => ({ headers: { "content-encoding": "gzip" }, body });
      const { error } = await call("list");
      expect(error?.message).to.include("was too long to be a list of seats");
      expect(error?.outcome).to.equal("unclear");
    });
  });

  it("shows errors nested a million deep as they came", async () => {
    const deep = 1_000_000;
    const body = `{"errors":[${"[".repeat(deep)}${"]".repeat(deep)}]}`;
    server.respond = () => ({ status: 400, body });
    const { error } = await call("list");
    expect(error?.message).to.include('responded with 400 OK: {"errors":[[[[');
  });

  it("names the host of a redirect, if there is one", async () => {
    server.respond = () => ({ status: 307, headers: { location: "https://other.example/seats" } });
    expect((await call("assign")).error?.message).to.include("a redirect to other.example");
    server.respond = () => ({ status: 302, headers: { location: "mailto:a@example.com" } });
    const { error } = await call("list");
    expect(error?.message).to.include("responded with 302, a redirect, which is not followed");
  });

  it("counts a refusal that breaks off as a refusal without words", async () => {
    server.respond = () => ({ status: 400, phrase: "Bad Request", body: "broken", cutAt: 3 });
    const { error } = await call("assign");
    expect(error?.message).to.match(/responded with 400 Bad Request\.$/);
    expect(error?.outcome).to.equal("refused");
  });

  it("does not believe an unassignment that something else than the API confirms", async () => {
    server.respond = () => ({ status: 200, body: "<html>Welcome</html>" });
    const { error } = await call("unassign");
    expect(error?.message).to.match(/responded, but with 200 instead of 204\.$/);
    expect(error?.outcome).to.equal("unclear");
  });
});
