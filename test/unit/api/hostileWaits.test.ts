// Any wait that the service may ask for, in every header that can: waits are right and bounded, and requests are never
// sent in quick succession.
import { expect } from "chai";
import fc from "fast-check";
import { SeatsApi } from "../../../provider/src/api/seats";
import { ending } from "../../support/apiErrorChecks";
import { always } from "../../support/generatedCases";
import { HostileServer } from "../../support/hostileServer";
import { user } from "../../support/ids";

const MAX_WAIT_MS = 900_000;
/** Nonsense is treated as if no wait had been asked for: half a second at first, with jitter. */
const FIRST_WAIT_MS = { least: 250, most: 500 };

/** What a header says when the wall clock shows `now`, in milliseconds, and how many seconds must be waited for it. */
interface Asked {
  readonly text: (now: number) => string;
  readonly seconds?: number;
}

const nonsense: fc.Arbitrary<Asked> = fc
  .oneof(
    fc.constantFrom(..."| |-1|-5|-0.5|+7|soon|7s|0x10|1e3|1e308|Infinity|NaN|null|,".split("|")),
    fc.constantFrom(..."31536000 3600.5 86400 999999999 1000000000 1e9".split(" ")),
    fc.constantFrom("9".repeat(400), "0", "0.0", "0.001", "0.4"),
    fc.constantFrom(
      "Thu, 01 Jan 1970 00:00:00 GMT",
      "Fri, 31 Dec 9999 23:59:59 GMT",
      "Wed, 99 Foo 2026",
    ),
    fc.string({ unit: fc.constantFrom(..."abcxyz -_;:") }),
  )
  .map((text) => ({ text: () => text }));

const sensible: fc.Arbitrary<Asked> = fc.integer({ min: 1, max: 3000 }).chain((seconds) =>
  fc
    .constantFrom<Asked["text"]>(
      () => String(seconds),
      () => `${seconds}, ${seconds}`,
      () => ` ${seconds}.0 ,9`,
      (now) => String(now / 1000 + seconds),
    )
    .map((text) => ({ text, seconds })),
);

const asked = fc.oneof(nonsense, sensible);

describe("Client, asked to wait in any way,", () => {
  let server: HostileServer;
  let api: SeatsApi;
  const list = () => {
    server.arrived = [];
    return ending(server.keys, () => api.list("on_call"));
  };
  const well = { body: '{"data":[]}' };

  before(async () => {
    server = await HostileServer.start();
  });
  beforeEach(() => {
    api = new SeatsApi(server.connection({ maxWaitMs: MAX_WAIT_MS }));
  });
  after(() => server.stop());

  for (const header of ["x-ratelimit-reset", "retry-after"]) {
    it(`waits after a 429 as long as ${header} says, and for nonsense a moment`, () =>
      always(40, asked, async ({ text, seconds }) => {
        // A date in seconds is x-ratelimit-reset's alone.
        fc.pre(
          header === "x-ratelimit-reset" ||
            Number(text(Date.now()).split(",")[0]) < 1e9 ||
            !seconds,
        );
        api = new SeatsApi(server.connection({ maxWaitMs: MAX_WAIT_MS }));
        server.respond = ({ at }) =>
          server.arrived.length > 1 ? well : { status: 429, headers: { [header]: text(at) } };
        const { error, waitedMs } = await list();
        if (seconds === undefined) {
          expect(waitedMs).to.be.within(FIRST_WAIT_MS.least, FIRST_WAIT_MS.most);
        } else if (seconds * 1000 < MAX_WAIT_MS) {
          expect(waitedMs).to.be.closeTo(seconds * 1000, 1);
        } else {
          expect(error?.outcome).to.equal("limited");
          expect(waitedMs).to.equal(0);
        }
      }));
  }

  it("waits after a 200 with nothing remaining as long as the reset says, and not for nonsense", () =>
    always(40, asked, async ({ text, seconds = 0 }) => {
      fc.pre(!["0.001", "0.4"].includes(text(0)));
      api = new SeatsApi(server.connection({ maxWaitMs: MAX_WAIT_MS }));
      server.respond = ({ at }) => ({
        ...well,
        headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": text(at) },
      });
      const { error, waitedMs } = await ending(server.keys, async () => {
        await api.list("on_call");
        return api.list("on_call");
      });
      if (seconds * 1000 < MAX_WAIT_MS) expect(waitedMs).to.be.closeTo(seconds * 1000, 1);
      else expect(error?.message).to.include("is used up for another");
    }));

  it("waits no longer than the retry budget, whatever is asked", () => {
    const responses = fc.array(
      fc.record({
        status: fc.constantFrom(200, 429, 429, 500, 503),
        reset: asked,
        after: asked,
        remaining: fc.constantFrom("0", "0, 0", "-1", "", "5"),
      }),
      { minLength: 1, maxLength: 8 },
    );
    return always(
      30,
      fc.tuple(responses, fc.integer({ min: 1, max: 900 })),
      async ([hostile, maxWaitSeconds]) => {
        const maxWaitMs = 1000 * maxWaitSeconds;
        api = new SeatsApi(server.connection({ maxWaitMs }));
        let count = 0;
        server.respond = ({ at }) => {
          const {
            status = 200,
            reset,
            after,
            remaining = "",
          } = hostile[count++ % hostile.length] ?? {};
          const headers = {
            "x-ratelimit-reset": reset?.text(at) ?? "",
            "retry-after": after?.text(at) ?? "",
            "x-ratelimit-remaining": remaining,
          };
          return { ...well, status, headers };
        };
        for (const call of [
          () => api.list("on_call"),
          () => api.assign("on_call", [user(1)]),
          () => api.unassign("on_call", [user(1)]),
        ]) {
          server.arrived = [];
          const { waitedMs } = await ending<unknown>(server.keys, call);
          expect(waitedMs).to.be.at.most(maxWaitMs);
        }
      },
    );
  });

  it("backs off from a limit that asks for hardly any wait", () =>
    always(15, nonsense, async ({ text }) => {
      api = new SeatsApi(server.connection({ maxWaitMs: 60_000 }));
      server.respond = ({ at }) => ({ status: 429, headers: { "x-ratelimit-reset": text(at) } });
      const { error, waitedMs } = await list();
      expect(error?.outcome).to.equal("limited");
      expect(waitedMs).to.be.at.most(60_000);
      const gaps = server.arrived.slice(1).map(({ at }, n) => at - (server.arrived[n]?.at ?? 0));
      expect(Math.min(...gaps)).to.be.at.least(FIRST_WAIT_MS.least);
      // It doubles, up to half a minute.
      expect(server.arrived.length).to.be.at.most(12);
    }));
});
