// Listings whose pages, cursors and users are made up: what the API may say, and what it should never say.
import { expect } from "chai";
import fc from "fast-check";
import { SeatsApi } from "../../../provider/src/api/seats";
import { ending } from "../../support/apiErrorChecks";
import { always } from "../../support/generatedCases";
import { HostileServer } from "../../support/hostileServer";

const PAGE_SIZE = 6;

/** Forty users, in whatever case, so that some come twice. */
const userId = fc
  .nat({ max: 39 })
  .chain((n) => fc.mixedCase(fc.constant(`abcdef${10 + n}-cafe-4bed-8ace-feedfacedeed`)));

const entry = fc.record(
  {
    id: userId,
    type: fc.constant("seat-users"),
    attributes: fc.record(
      { email: fc.emailAddress(), name: fc.string({ unit: "binary" }) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ["id"] },
);
const entries = fc.array(entry, { maxLength: PAGE_SIZE - 1 });

const cursor = fc.oneof(
  fc.string({ unit: fc.constantFrom(...":/?#[]@!$&'()*+,;=% \"<>\\^`{|}~\n\r\t\0"), minLength: 1 }),
  fc.string({ unit: "binary", minLength: 1 }),
  fc.constantFrom(..."..|%2e%2e|null|0|%00|page[cursor]|&page[cursor]=|__proto__".split("|")),
  fc.nat({ max: 60_000 }).map((length) => `c${"+".repeat(length)}`),
);

/** Pages with the cursors that lead from each to the next. */
const pages = fc.array(entries, { minLength: 1, maxLength: 7 }).chain((all) =>
  fc.record({
    all: fc.constant(all),
    cursors: fc.uniqueArray(cursor, { minLength: all.length - 1, maxLength: all.length - 1 }),
  }),
);

const lastMeta = fc.constantFrom(
  ...[undefined, null, {}, { next_cursor: null }, { next_cursor: "" }, { limit: 7, cursor: "me" }],
);

describe("SeatsApi.list, with any pages,", () => {
  let server: HostileServer;
  const list = () => {
    server.arrived = [];
    const api = new SeatsApi(server.connection({ pageSize: PAGE_SIZE }));
    return ending(server.keys, () => api.list("on_call"));
  };
  /** Serves each page to its cursor only. */
  const serve = (cursors: readonly string[], bodies: readonly string[]) => {
    server.respond = ({ cursor }) => {
      const body = bodies[cursor === null ? 0 : cursors.indexOf(cursor) + 1];
      return cursor !== null && !cursors.includes(cursor) ? { status: 400 } : { body: body ?? "" };
    };
  };

  before(async () => {
    server = await HostileServer.start();
  });
  after(() => server.stop());

  it("finds exactly the users of the pages, whatever cursors, order, letter case and repetitions", () =>
    always(50, fc.tuple(pages, lastMeta), async ([{ all, cursors }, last]) => {
      const bodies = all.map((data, page) =>
        JSON.stringify({
          data,
          meta: page < cursors.length ? { next_cursor: cursors[page] } : last,
        }),
      );
      serve(cursors, bodies);
      const { value, error } = await list();
      expect(error?.message).to.equal(undefined);
      expect(new Set(value?.keys())).to.deep.equal(
        new Set(all.flat().map(({ id }) => id.toLowerCase())),
      );
      for (const [id, seat] of value ?? []) expect(seat.userId).to.equal(id);
      expect(server.arrived).to.have.lengthOf(all.length);
    }));

  it("fails when a page leads back to an earlier one, after each was read once", () =>
    always(50, fc.tuple(pages, fc.nat()), async ([{ all, cursors }, n]) => {
      fc.pre(cursors.length > 0);
      const back = cursors[n % cursors.length];
      const bodies = all.map((data, page) =>
        JSON.stringify({ data, meta: { next_cursor: cursors[page] ?? back } }),
      );
      serve(cursors, bodies);
      const { error } = await list();
      expect(error?.outcome).to.equal("unclear");
      expect(error?.message).to.include(`page ${all.length} leads back to an earlier one`);
      expect(server.arrived).to.have.lengthOf(all.length);
    }));

  it("is whole or an error, whatever the pages say", () =>
    always(150, fc.tuple(pages, fc.nat(), body()), async ([{ all, cursors }, n, odd]) => {
      const bodies = all.map((data, page) =>
        JSON.stringify({ data, meta: { next_cursor: cursors[page] } }),
      );
      bodies[n % bodies.length] = odd;
      serve(cursors, bodies);
      const expected = usersOf(cursors, bodies);
      const { value, error } = await list();
      if (expected) {
        expect(error?.message).to.equal(undefined);
        expect(new Set(value?.keys())).to.deep.equal(expected);
      } else {
        expect(value).to.equal(undefined);
        expect(error?.outcome).to.be.oneOf(["unclear", "refused"]);
      }
    }));

  it("fails for half a character in a cursor, because it can't be sent back", async () => {
    server.respond = () => ({ body: '{"data":[],"meta":{"next_cursor":"\\ud800"}}' });
    const { error } = await list();
    expect(error?.message).to.match(/responded, but `meta\.next_cursor` is not a string\.$/);
  });

  it("fails for an id that would be shown as another, or not at all", async () => {
    for (const id of [" u", "u\\n", "\\u001b[2J", "u\\u202e", "\\udc00", "u".repeat(301)]) {
      server.respond = () => ({ body: `{"data":[{"id":"${id}"}]}` });
      const { error } = await list();
      expect(error?.message, id).to.match(/an entry of `data` has no `id`\.$/);
    }
  });
});

/** A page that is nearly right, and what is no page at all. */
function body(): fc.Arbitrary<string> {
  const odd = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined));
  const or = (right: fc.Arbitrary<unknown>) => fc.oneof({ arbitrary: right, weight: 4 }, odd);
  const nearly = fc.record({
    id: or(userId),
    attributes: or(fc.record({ email: odd, name: odd, assigned_at: odd })),
  });
  const data = fc.array(or(fc.oneof(entry, nearly)), { maxLength: PAGE_SIZE + 1 });
  const nextCursor = fc.oneof(fc.constant(""), fc.constant(null), odd);
  const page = fc
    .record({ data: or(data), meta: or(fc.record({ next_cursor: nextCursor })), links: odd })
    .map((json) => JSON.stringify(json));
  const full = fc
    .tuple(fc.array(entry, { minLength: PAGE_SIZE - 1, maxLength: PAGE_SIZE + 1 }), lastMeta)
    .map(([data, meta]) => JSON.stringify({ data, meta }));
  const cut = fc.tuple(page, fc.nat()).map(([text, n]) => text.slice(0, n % text.length));
  return fc.oneof(
    { arbitrary: page, weight: 6 },
    { arbitrary: full, weight: 2 },
    { arbitrary: cut, weight: 2 },
    fc.json(),
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "",
      "null",
      "\ufeff{}",
      "<html><h1>Sign in</h1></html>",
      '{"data":[]}{"data":[]}',
    ),
  );
}

/** By the documents, and independently of the client: the users of all pages, `undefined` when one can't be believed. */
function usersOf(cursors: readonly string[], bodies: readonly string[]): Set<string> | undefined {
  const found = new Set<string>();
  const visited = new Set<number>();
  let page = 0;
  for (;;) {
    if (visited.has(page)) return undefined;
    visited.add(page);
    let json: { data?: { id?: unknown; attributes?: unknown }[]; meta?: unknown } | null;
    try {
      json = JSON.parse(bodies[page] ?? "");
    } catch {
      return undefined;
    }
    if (!isObject(json) || !Array.isArray(json.data) || !json.data.every(isEntry)) return undefined;
    if (json.data.length > PAGE_SIZE) return undefined;
    for (const { id } of json.data) found.add(String(id).toLowerCase());
    const meta = json.meta ?? undefined;
    if (meta === undefined) return json.data.length < PAGE_SIZE ? found : undefined;
    if (!isObject(meta)) return undefined;
    const next: unknown = meta.next_cursor ?? "";
    if (next === "") return found;
    const position = typeof next === "string" ? cursors.indexOf(next) : -1;
    if (position < 0) return undefined;
    page = position + 1;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  Object.prototype.toString.call(value) === "[object Object]";

function isEntry(value: unknown): boolean {
  if (!isObject(value) || !isObject(value.attributes ?? {})) return false;
  const { id } = value;
  if (typeof id !== "string" || id === "" || id.length > 300) return false;
  return !/^\s|\s$|\s\s|[^\S ]|\p{Cc}|\p{Cs}|\p{Bidi_Control}/u.test(id);
}
