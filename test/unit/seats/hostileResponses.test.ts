// Responses to writes that say more, less or something else than what was done: what is reported is what is held.
import { expect } from "chai";
import fc from "fast-check";
import type { SeatsApiError } from "../../../provider/src/api/errors";
import { SeatsApi } from "../../../provider/src/api/seats";
import { isHeld } from "../../../provider/src/seats/listing";
import { ProductSeats } from "../../../provider/src/seats/productSeats";
import { expectClear } from "../../support/apiErrorChecks";
import { skippingWaits } from "../../support/clock";
import { always } from "../../support/generatedCases";
import { type HostileResponse, HostileServer } from "../../support/hostileServer";

/** Users with letters in their ids, for these to come in another case. */
const member = (n: number) => `abcdef${10 + n}-cafe-4bed-8ace-feedfacedeed`;
const COUNT = 12;

/** What the service does with one write, and says of it. Each list of bits is by user. */
interface Reaction {
  /** Whose seat it changes; everybody's when `partly` is off. */
  readonly partly: boolean;
  readonly changes: readonly boolean[];
  /** Whom of those it names, and how: as they are, in upper case, or twice. */
  readonly names: readonly ("no" | "as is" | "upper" | "twice")[];
  /** Ids of nobody, and of users whom nobody asked about. */
  readonly strangers: readonly string[];
  readonly ending: HostileResponse;
}

const reaction: fc.Arbitrary<Reaction> = fc.record({
  partly: fc.boolean(),
  changes: fc.array(fc.boolean(), { minLength: COUNT, maxLength: COUNT }),
  names: fc.array(fc.constantFrom("no", "as is", "upper", "twice"), {
    minLength: COUNT,
    maxLength: COUNT,
  }),
  strangers: fc.array(
    fc.oneof(fc.uuid(), fc.constantFrom("", "*", "all", "__proto__", "abcdef"), fc.string()),
    { maxLength: 4 },
  ),
  ending: fc.oneof(
    { arbitrary: fc.constant({ status: 201 }), weight: 4 },
    fc.record({ status: fc.constantFrom(200, 202, 207) }),
    fc.record({
      status: fc.constantFrom(200, 201, 400, 404, 409, 422, 500, 502, 302),
      body: fc.constantFrom(
        "",
        "{}",
        "<html>Welcome</html>",
        '{"errors":["no"]}',
        '{"data":{"attributes":{"assigned_ids":[7]}}}',
      ),
    }),
  ),
});

describe("hostile responses to writes", () => {
  let server: HostileServer;
  /** Those whom a response has named, in whatever case, since it was last emptied. */
  let named: Set<string>;
  before(async () => {
    server = await HostileServer.start();
  });
  after(() => server.stop());

  /** A service with a truth of its own: who holds a seat is in `held`, whatever it says about it. */
  function serve(held: Set<string>, reactions: readonly Reaction[]): void {
    let writes = 0;
    server.arrived = [];
    server.respond = ({ method, userIds }) => {
      if (method === "GET") {
        return {
          body: JSON.stringify({ data: [...held].map((id) => ({ id: id.toUpperCase() })) }),
        };
      }
      const given = reactions[writes++ % reactions.length] as Reaction;
      const { ending, strangers } = given;
      const index = (id: string) => [...Array(COUNT).keys()].findIndex((n) => member(n) === id);
      const changed = userIds.filter((id) => !given.partly || given.changes[index(id)]);
      for (const id of changed) {
        if (method === "POST") held.add(id);
        else held.delete(id);
      }
      if (ending.body !== undefined) return ending;
      if (method === "DELETE") {
        // A service that says 204 has done what it was asked to.
        return changed.length === userIds.length
          ? { status: 204 }
          : { status: ending.status ?? 200 };
      }
      const names = changed.flatMap((id) => {
        const how = given.names[index(id)];
        if (how === "no") return [];
        named.add(id);
        return how === "upper" ? [id.toUpperCase()] : how === "twice" ? [id, id] : [id];
      });
      const assigned_ids = [...strangers, ...names];
      return { ...ending, body: JSON.stringify({ data: { attributes: { assigned_ids } } }) };
    };
  }

  const cases = fc.record({
    atFirst: fc.subarray([...Array(COUNT).keys()]),
    rounds: fc.array(
      fc.record({
        verb: fc.constantFrom("assign" as const, "unassign" as const),
        whom: fc.subarray([...Array(COUNT).keys()], { minLength: 1 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    reactions: fc.array(reaction, { minLength: 1, maxLength: 6 }),
  });

  it("a user counts as done only if named or shown by a listing, and who holds a seat is known", () =>
    always(100, cases, async ({ atFirst, rounds, reactions }) => {
      const held = new Set(atFirst.map(member));
      serve(held, reactions);
      const api = new SeatsApi(server.connection());
      const seats = new ProductSeats(api, "on_call", () => true);
      await skippingWaits(async () => {
        for (const { verb, whom } of rounds) {
          named = new Set();
          const results = await Promise.all(
            whom.map((n) => seats[verb](member(n)).catch((error: Error) => error)),
          );
          for (const [index, result] of results.entries()) {
            const id = member(whom[index] ?? -1);
            const holds = held.has(id);
            if (result instanceof Error) {
              expectClear(result, server.keys);
              expect((result as SeatsApiError).call.userIds).to.deep.equal([id]);
            } else {
              expect(result).to.be.oneOf(named.has(id) ? ["done"] : ["done", "already"]);
            }
            const done = !(result instanceof Error);
            expect(holds, `${verb} ${id}: ${result}`).to.equal(done === (verb === "assign"));
          }
          const known = (await seats.all()).map(({ userId }) => userId);
          expect(new Set(known), "who holds a seat").to.deep.equal(held);
          for (let n = 0; n < COUNT; n += 1) {
            const lookup = await seats.find(member(n));
            expect(isHeld(lookup) ? lookup.userId : lookup).to.equal(
              held.has(member(n)) ? member(n) : "not held",
            );
          }
        }
      });
    }));
});
