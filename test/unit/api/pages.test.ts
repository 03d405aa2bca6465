import { expect } from "chai";
import type { Fault } from "../../../simulator/src/behaviour";
import { apiHarness, failure } from "../../support/apiHarness";
import { skippingWaits, stopClock } from "../../support/clock";
import { user, users } from "../../support/ids";

describe("the pages of a listing", () => {
  const ctx = apiHarness();

  const hold = (count: number, productCode = "on_call") => {
    for (const id of users(count)) ctx.simulator.org.claim(productCode, id);
  };
  /** What each listing request asked for: "100" is a first page, "100…" one with a cursor. */
  const asked = () =>
    ctx.simulator.requests.map(({ url }) => {
      const query = new URL(url, ctx.simulator.url).searchParams;
      return `${query.get("page[limit]")}${query.has("page[cursor]") ? "…" : ""}`;
    });
  const times = (count: number, what: string) => Array<string>(count).fill(what);
  const listed = async (api = ctx.api()) => [...(await api.list("on_call")).keys()];

  it("are one of 100 where there are no more", async () => {
    hold(100);
    expect(await listed()).to.deep.equal(users(100));
    expect(asked()).to.deep.equal(["100"]);
  });

  it("begin again with 1,000 where there are more, without the cursor of a smaller one", async () => {
    hold(2500);
    expect(await listed()).to.deep.equal(users(2500));
    expect(asked()).to.deep.equal(["100", "1000", "1000…", "1000…"]);
  });

  /** Adds a fault once the first page is through. */
  const thenFail = (fault: Fault) => {
    ctx.simulator.onRequest = () => {
      ctx.simulator.onRequest = undefined;
      ctx.simulator.faults.add({ method: "GET", ...fault });
    };
  };

  const failures: [string, Fault, number][] = [
    ["400", { status: 400 }, 1],
    ["422", { status: 422 }, 1],
    ["404", { status: 404 }, 1],
    ["413", { status: 413 }, 1],
    ["500, again and again", { status: 500, times: 5 }, 5],
    // The first one is the kept connection's, and doesn't count.
    ["a dropped connection, again and again", { instead: "drop", times: 6 }, 6],
  ];
  for (const [what, fault, attempts] of failures) {
    it(`go on with 100 from where they were when the first one of 1,000 ends in ${what}`, async () => {
      hold(350);
      thenFail(fault);
      await skippingWaits(async () => expect(await listed()).to.deep.equal(users(350)));
      expect(asked()).to.deep.equal(["100", ...times(attempts, "1000"), ...times(3, "100…")]);
    });
  }

  const final: [string, Fault][] = [
    ["forbidden", { status: 403 }],
    ["limited", { status: 429, headers: { "x-ratelimit-reset": "3600" } }],
    // By a proxy.
    ["unsent", { status: 407 }],
  ];
  for (const [outcome, fault] of final) {
    it(`end in an error when the first one of 1,000 is ${outcome}, which no size changes`, async () => {
      hold(350);
      thenFail(fault);
      expect((await failure(listed())).outcome).to.equal(outcome);
      expect(asked()).to.deep.equal(["100", "1000"]);
    });
  }

  it("end in an error when a later one of 1,000 fails for another reason than its size", async () => {
    hold(2500);
    ctx.simulator.faults.add({ method: "GET", page: 2, status: 404 });
    expect((await failure(listed())).status).to.equal(404);
  });

  for (const page of [2, 5]) {
    it(`begin once more with 100 when page ${page} of 1,000 is refused`, async () => {
      hold(5500);
      ctx.simulator.faults.add({ method: "GET", page, status: 400 });
      expect(await listed()).to.deep.equal(users(5500));
      const large = ["1000", ...times(page - 1, "1000…")];
      expect(asked()).to.deep.equal(["100", ...large, "100", ...times(54, "100…")]);
    });
  }

  it("are as long as the service makes them where it gives fewer than asked for, in one request more", async () => {
    ctx.simulator.behaviour.pageLimit = { max: 100, above: "capped" };
    hold(350);
    expect(await listed()).to.deep.equal(users(350));
    expect(asked()).to.deep.equal(["100", "1000", ...times(3, "1000…")]);
  });

  it("go on wherever there is a cursor, whatever `meta.limit` says", async () => {
    const page = (n: number, meta: object) => ({
      status: 200,
      body: { data: [{ id: user(n), type: "seat-users" }], meta },
    });
    ctx.simulator.faults.add({ ...page(1, { limit: 1, next_cursor: "a" }), times: 2 });
    ctx.simulator.faults.add(page(2, { limit: 5000, next_cursor: "b" }));
    ctx.simulator.faults.add(page(3, { limit: 0 }));
    expect(await listed()).to.deep.equal(users(3));
  });

  for (const [above, size, asks] of [
    ["capped", 1000, ["1000", "1000…"]],
    [400, 100, ["100", "100…"]],
  ] as const) {
    it(`are of ${size} where another listing of the run has found that out`, async () => {
      ctx.simulator.behaviour.pageLimit = { max: size, above };
      for (const product of ["on_call", "incident_response"]) hold(size * 1.5, product);
      const api = ctx.api();
      await listed(api);
      ctx.simulator.clearRequests();
      await api.list("incident_response");
      expect(asked()).to.deep.equal(asks);
    });
  }

  it("stay at 100 even while a listing that began before goes on with 1,000", async () => {
    hold(2500);
    hold(2500, "incident_response");
    const api = ctx.api();
    const before = api.pages("on_call");
    for (let page = 1; page <= 2; page += 1) await before.next();
    ctx.simulator.faults.add({ method: "GET", productCode: "incident_response", status: 400 });
    const after = api.pages("incident_response");
    await after.next();
    await before.next();
    ctx.simulator.clearRequests();
    await after.next();
    expect(asked()).to.deep.equal(["100…"]);
  });

  it("are begun with 100 again when 1,000, which was taken before, is refused", async () => {
    hold(150);
    const api = ctx.api();
    await listed(api);
    ctx.simulator.clearRequests();
    ctx.simulator.behaviour.pageLimit = { max: 100, above: 400 };
    expect(await listed(api)).to.deep.equal(users(150));
    expect(asked()).to.deep.equal(["1000", "100", "100…"]);
  });

  it("are of the size that the configuration fixes, and a refusal of it is an error", async () => {
    hold(150);
    expect(await listed(ctx.api({ pageSize: 120 }))).to.deep.equal(users(150));
    expect(asked()).to.deep.equal(["120", "120…"]);
    ctx.simulator.behaviour.pageLimit = { max: 100, above: 400 };
    const error = await failure(ctx.api({ pageSize: 120 }).list("on_call"));
    expect(error.message).to.include("page[limit] must be at most 100");
  });

  it("end in an error when one of 100 is refused, the first or one with a cursor", async () => {
    ctx.simulator.behaviour.pageLimit = { max: 100, above: 400 };
    hold(350);
    const refusal = { method: "GET", status: 400, body: { errors: ["bad cursor"] } } as const;
    ctx.simulator.faults.add(refusal);
    expect((await failure(listed())).message).to.include("bad cursor");
    ctx.simulator.faults.add({ ...refusal, page: 3 });
    expect((await failure(listed())).message).to.include("bad cursor");
  });

  it("end in an error when one is longer than asked for, also when 1,000 were", async () => {
    hold(150);
    const data = users(1001).map((id) => ({ id, type: "seat-users" }));
    ctx.simulator.onRequest = () => {
      ctx.simulator.onRequest = undefined;
      ctx.simulator.faults.add({ method: "GET", status: 200, body: { data, meta: {} } });
    };
    const error = await failure(listed());
    expect(error.message).to.include("1001 users on a page, although at most 1000 were asked for");
  });

  it("may take the retry budget and 15 minutes together, without the time between them", async () => {
    hold(100);
    const clock = stopClock();
    try {
      ctx.simulator.onRequest = () => void clock.tick(60_000);
      const pages = ctx.api({ pageSize: 1 }).pages("on_call");
      const read = async () => {
        for (;;) {
          if ((await pages.next()).done) return;
          clock.tick(3_600_000);
        }
      };
      const error = await failure(read());
      expect(error.message).to.include(
        "the listing has no end after 1800 s. If the org is that large, raise datadogSeats:maxWaitSeconds.",
      );
      expect(asked()).to.have.length(30);
    } finally {
      clock.restore();
    }
  });

  it("are not requested before they are asked for", async () => {
    hold(2500);
    const pages = ctx.api().pages("on_call");
    expect(asked()).to.deep.equal([]);
    await pages.next();
    await pages.next();
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked()).to.deep.equal(["100", "1000"]);
  });
});
