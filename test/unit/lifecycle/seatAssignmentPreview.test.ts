import { expect } from "chai";
import { UNKNOWN } from "../../../provider/src/lifecycle/inputs";
import { Run } from "../../../provider/src/lifecycle/run";
import { SeatAssignmentProvider } from "../../../provider/src/lifecycle/seatAssignmentProvider";
import type { SeatPreview } from "../../../provider/src/model/heldSeat";
import { apiHarness } from "../../support/apiHarness";
import { configurationFor } from "../../support/connection";
import { user } from "../../support/ids";

const seat = (n: number, more = {}) => ({ productCode: "on_call", userId: user(n), ...more });

describe("a seat in a preview", () => {
  const ctx = apiHarness();
  let provider: SeatAssignmentProvider;

  beforeEach(() => begin());
  function begin(settings: Record<string, string> = {}) {
    const config: Record<string, string> = { ...configurationFor(ctx.simulator), ...settings };
    const run = new Run();
    run.configure((key) => config[key]);
    provider = new SeatAssignmentProvider(run);
  }
  type Inputs = ReturnType<typeof seat>;
  async function check(news: Inputs, olds?: Inputs) {
    const { inputs, failures } = await provider.check(olds, { ...news, __preview: true });
    const { __lookup, ...others } = inputs as Inputs & { __lookup?: SeatPreview };
    expect(others).to.deep.equal(news);
    return { __lookup, failures: failures?.map(({ reason }) => reason) };
  }

  it("is looked up when it is new or replaced: one listing for all", async () => {
    ctx.simulator.org.claim("on_call", user(1), new Date("2026-01-02T03:04:05Z"));
    const held = {
      email: "user-000000000001@example.com",
      assignedAt: "2026-01-02T03:04:05.000Z",
    };
    expect((await check(seat(1))).__lookup).to.deep.equal({ held });
    const { refused, ...more } = (await check(seat(1, { existing: "reject" }))).__lookup ?? {};
    expect(more).to.deep.equal({ held });
    expect(refused).to.match(/^Can't assign .* because `existing` is "reject"/);
    expect((await check(seat(2), seat(1))).__lookup).to.deep.equal({ seats: 1 });
    expect(ctx.simulator.count()).to.equal(1);
  });

  it("comes with the number of seats where every page was read, which previewPeak sees to", async () => {
    for (const n of [1, 2, 3]) ctx.simulator.org.claim("on_call", user(n));
    const pages = { "datadogSeats:pageSize": "1", "datadogSeats:adoptionPages": "1" };
    begin(pages);
    expect((await check(seat(4))).__lookup).to.deep.equal({ isUnsure: true });
    begin({ ...pages, "datadogSeats:previewPeak": "true" });
    expect((await check(seat(4))).__lookup).to.deep.equal({ seats: 3 });
  });

  it("is not looked up when it exists, when its user is not known, or in an up", async () => {
    const { inputs } = await provider.check(undefined, seat(1));
    expect(inputs).to.deep.equal(seat(1));
    const lookups = [await check(seat(1), seat(1)), await check({ ...seat(1), userId: UNKNOWN })];
    expect(lookups.map(({ __lookup }) => __lookup)).to.deep.equal([undefined, undefined]);
    begin({ "datadogSeats:previewLookup": "false" });
    expect((await check(seat(1))).__lookup).to.equal(undefined);
    expect(ctx.simulator.count()).to.equal(0);
  });

  it("fails once for keys that are wrong or missing, and for a setting that is", async () => {
    for (const [settings, reason] of [
      [{ "datadog:apiKey": "a-wrong-key" }, /^Could not list the on_call seats: .* 403/],
      [{ "datadog:apiKey": "" }, /^There is no Datadog API key/],
      [{ "datadogSeats:previewLookup": "no" }, /previewLookup is "no"\. Expected true or false/],
    ] as const) {
      begin(settings);
      const [first, second] = [await check(seat(1)), await check(seat(2))];
      expect(first.failures?.join()).to.match(reason);
      if (!("datadogSeats:previewLookup" in settings)) expect(second.failures).to.deep.equal([]);
    }
  });

  it("passes on why Datadog could not be asked", async () => {
    ctx.simulator.faults.add({ status: 404, body: { errors: ["no such product"] } });
    const { __lookup, failures } = await check(seat(1));
    expect(failures).to.deep.equal([]);
    expect(__lookup?.problem).to.match(/^Could not list the on_call seats: .*no such product\.$/);
  });
});
