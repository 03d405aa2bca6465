// Generated responses of any kind, and the outcome that a call must have with each.
import fc from "fast-check";
import type { HostileResponse } from "./hostileServer";
import { user } from "./ids";

export type Verb = "list" | "assign" | "unassign";
export const verb = fc.constantFrom<Verb>("list", "assign", "unassign");

/** Bodies that are right for one of the calls, or none. */
const RIGHT = {
  list: JSON.stringify({ data: [{ id: user(1) }] }),
  assign: JSON.stringify({ data: { attributes: { assigned_ids: [user(1)] } } }),
};

const hasBody = ({ status }: HostileResponse) => status !== 204 && status !== 304;

export function status(): fc.Arbitrary<number> {
  return fc.oneof(
    fc.constantFrom(
      ...[200, 201, 202, 204, 206, 304, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504],
    ),
    fc.integer({ min: 200, max: 999 }),
  );
}

/** Anything that a server, or whatever stands before it, might send. */
export function response(): fc.Arbitrary<HostileResponse> {
  const wrong = fc.oneof(
    fc.json(),
    fc.record({ errors: fc.jsonValue({ maxDepth: 3 }) }).map((json) => JSON.stringify(json)),
    fc
      .record({ errors: fc.array(fc.record({ title: fc.jsonValue(), detail: fc.jsonValue() })) })
      .map((json) => JSON.stringify(json)),
    fc.string({ unit: "binary" }),
    fc
      .string({ unit: "binary" })
      .map((text) => `<html><body><h1>${text}</h1><script>{}</body></html>`),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom(
      "",
      "\0".repeat(500),
      "<".repeat(20_000),
      "🔥".repeat(400),
      `x${"🔥".repeat(400)}`,
    ),
  );
  const body = fc.oneof({ arbitrary: wrong, weight: 2 }, fc.constantFrom(RIGHT.list, RIGHT.assign));
  const text = fc.oneof(
    fc.constantFrom(
      ..."0|1|-1|7, 7|1e308|soon||application/json|text/html; charset=utf-16".split("|"),
    ),
    fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    }),
  );
  const names =
    "content-type retry-after x-ratelimit-reset x-ratelimit-remaining location set-cookie etag server";
  const headers = fc.dictionary(fc.constantFrom(...names.split(" ")), text);
  const phrase = fc.string({
    maxLength: 200,
    unit: fc
      .integer({ min: 0x20, max: 0xff })
      .map((code) => (code === 0x7f ? " " : String.fromCharCode(code))),
  });
  const cutAt = fc.option(fc.nat({ max: 300 }), { nil: undefined, freq: 8 });
  return fc
    .record({ status: status(), phrase, headers, body, cutAt })
    .map(({ cutAt, ...whole }) =>
      cutAt !== undefined && cutAt < Buffer.byteLength(whole.body) && hasBody(whole)
        ? { ...whole, cutAt }
        : whole,
    );
}

/** Whether a status says that the service could not respond now. */
export const isUnavailable = (status: number) => status >= 500 || [408, 425].includes(status);

/** The outcome by the documents when every attempt gets this response; "done" for a success. */
export function outcomeOf(what: Verb, response: HostileResponse): string {
  const { status = 200, body } = response;
  if (status >= 300) {
    if (status === 401 || status === 403) return "forbidden";
    if (status === 429) return "limited";
    return status < 400 || isUnavailable(status) ? "unclear" : "refused";
  }
  if (response.cutAt !== undefined) return "unclear";
  if (what === "unassign") return status === 204 ? "done" : "unclear";
  return hasBody(response) && body === RIGHT[what] ? "done" : "unclear";
}
