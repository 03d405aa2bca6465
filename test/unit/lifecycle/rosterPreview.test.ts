import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { UNKNOWN } from "../../../provider/src/lifecycle/inputs";
import type { RosterInputs } from "../../../provider/src/lifecycle/rosterPlan";
import { Run } from "../../../provider/src/lifecycle/run";
import { SeatAssignmentProvider } from "../../../provider/src/lifecycle/seatAssignmentProvider";
import { SeatRosterProvider } from "../../../provider/src/lifecycle/seatRosterProvider";
import { apiHarness } from "../../support/apiHarness";
import { configurationFor } from "../../support/connection";
import { user, users } from "../../support/ids";
import { rejection } from "../../support/rejection";
import { temporaryFolder } from "../../support/workFolder";

const [alice, bob, carol, dave] = [user(1), user(2), user(3), user(4)];
const urn = "urn:pulumi:test::test::pulumi-nodejs:dynamic/datadog:SeatRoster::team";
const roster = (members: Record<string, string>, more = {}) => ({
  productCode: "on_call",
  members,
  __urn: urn,
  ...more,
});

describe("a roster in a preview", () => {
  const ctx = apiHarness();
  const folder = temporaryFolder();
  let lines: string[];
  let run: Run;
  let provider: SeatRosterProvider;

  beforeEach(() => begin());
  function begin(settings: Record<string, string> = {}) {
    lines = [];
    run = new Run({
      log: async (line, row) => void lines.push(`${row === urn ? "" : row}${line}`),
    });
    const config: Record<string, string> = { ...configurationFor(ctx.simulator), ...settings };
    run.configure((key) => config[key]);
    provider = new SeatRosterProvider(run);
  }
  const count = (text: string) => `on_call: ${text}; the month is billed by the most at one time.`;
  const holds = (...userIds: string[]) => {
    for (const id of userIds) ctx.simulator.org.claim("on_call", id);
  };
  const check = (news: RosterInputs, olds?: RosterInputs) =>
    provider.check(olds, { ...news, __preview: true });
  async function change(olds: RosterInputs, news: RosterInputs) {
    const { inputs } = await check(news, olds);
    if (inputs) await provider.diff("on_call/roster", olds, inputs);
    return inputs;
  }

  it("that is created names who will be assigned and adopted, and keeps nothing of the preview", async () => {
    holds(bob);
    const { inputs } = await check(roster({ alice, bob, late: UNKNOWN }));
    expect(lines).to.deep.equal([
      count("1 seat now, at least 2 with those who join"),
      "on_call: + alice (will be assigned), + bob (will be adopted), + late (not known yet)",
    ]);
    expect(inputs).to.not.have.property("__preview");
    expect(ctx.simulator.count()).to.equal(1);
  });

  it("whose members are null says what is wrong, and asks nobody", async () => {
    const { failures } = await provider.check(undefined, roster(null as never));
    expect(failures?.map(({ property }) => property)).to.deep.equal(["members"]);
    expect(ctx.simulator.count()).to.equal(0);
  });

  it("whose product is not known yet asks nobody, and counts only whom the program lists no more", async () => {
    holds(alice, bob);
    const olds = roster({ alice, bob });
    await change(olds, roster({ alice, bob, carol }, { productCode: UNKNOWN, maxRemovals: 0 }));
    expect(lines).to.deep.equal(["+ carol (will be assigned, or adopted where held)"]);
    expect(ctx.simulator.count()).to.equal(0);
  });

  it("that is changed names who comes and who goes, once, and asks only about who comes", async () => {
    holds(alice, bob, carol);
    const olds = roster({ alice, bob });
    await change(olds, roster({ alice, carol, dave }));
    expect(lines).to.deep.equal([
      count("3 seats now, 2 when those who leave are unassigned, then 3 with those who join"),
      "on_call: + dave (will be assigned), + carol (will be adopted), - bob (leaves the roster)",
    ]);
    expect(ctx.simulator.count()).to.equal(1);

    begin();
    ctx.simulator.clearRequests();
    await change(olds, roster({ alice }));
    await change(olds, olds);
    expect(lines).to.deep.equal(["on_call: - bob (leaves the roster)"]);
    expect(ctx.simulator.count()).to.equal(0);
  });

  it("counts as unassigned neither whom another resource declares nor whom the ownership map lists", async () => {
    holds(alice, bob, carol);
    beginWithMap(carol);
    run.ownership.declare({ productCode: "on_call", userId: bob }, "another");
    const olds = roster({ alice, bob, carol, gone: user(9) });
    await change(olds, roster({ dave }));
    expect(lines[0]).to.equal(
      count("3 seats now, 2 when those who leave are unassigned, then 3 with those who join"),
    );
  });

  it("counts where nobody joins, and where more pages are to be read, with previewPeak alone", async () => {
    holds(alice, bob, carol);
    const pages = { "datadogSeats:pageSize": "1", "datadogSeats:adoptionPages": "1" };
    begin(pages);
    await change(roster({ alice, bob }), roster({ alice, dave }));
    expect(lines.join()).to.not.include("seats now");
    begin({ ...pages, "datadogSeats:previewPeak": "true" });
    await change(roster({ alice, bob }), roster({ alice }));
    expect(lines[0]).to.equal(count("3 seats now, 2 when those who leave are unassigned"));
  });

  it("warns once of a product code that looks like a typo, whoever is asked", async () => {
    begin({ "datadogSeats:previewLookup": "false" });
    const typo = { ...roster({ alice }), productCode: "oncall" };
    await check(typo);
    await new SeatAssignmentProvider(run).check(undefined, {
      ...typo,
      userId: bob,
      __preview: true,
    });
    expect(lines).to.deep.equal([
      'undefinedThe product code "oncall" is not among those that are known: did you mean "on_call"?',
      "oncall: + alice (will be assigned, or adopted where held)",
    ]);
  });

  /** With a map that lists a user under another stack. */
  function beginWithMap(listed: string): string {
    const file = join(folder(), "seats.json");
    writeFileSync(file, JSON.stringify({ platform: { on_call: [listed] } }));
    begin({ "datadogSeats:ownershipMap": file });
    return file;
  }

  it("lists once for all who leave, and once more for those who hold no seat, where the ownership map has emails", async () => {
    holds(alice);
    const file = beginWithMap(`user-${alice.slice(-12)}@example.com`);
    const crowd = Object.fromEntries(users(20, 10).map((id) => [id, id]));
    await change(roster({ alice, ...crowd }), roster({}, { maxRemovals: 21 }));
    expect(lines[0]).to.include(`- alice (leaves the roster; ${file} lists it under platform)`);
    // Whoever loses a seat is named, however many there are.
    for (const id of users(20, 10)) expect(lines[0]).to.include(`- ${id} (leaves the roster)`);
    expect(ctx.simulator.count()).to.equal(2);
  });

  it("says nothing where no program has told that it is a preview", async () => {
    await provider.check(undefined, roster({ alice }));
    await provider.diff("on_call/roster", roster({ bob }), roster({ alice }));
    expect(lines).to.deep.equal([]);
    expect(ctx.simulator.count()).to.equal(0);
  });

  it("that gets another product names everybody: who joins, and who leaves", async () => {
    const news = { ...roster({ alice }), productCode: "incident_response" };
    await change(roster({ alice, bob }, { maxRemovals: 2 }), { ...news, maxRemovals: 2 });
    await provider.check(undefined, { ...news, __preview: true });
    const rows = [
      "incident_response: 0 seats now, 1 with those who join; the month is billed by the most at one time.",
      "incident_response: + alice (will be assigned)",
      "on_call: - alice (leaves the roster), - bob (leaves the roster)",
    ];
    expect(lines).to.deep.equal(rows);
    await provider.previewCreate(news);
    expect(lines).to.deep.equal([...rows, ...rows]);
  });

  it("that is or becomes exclusive names the others whom a later refresh finds", async () => {
    holds(carol);
    await check(roster({ alice }, { exclusive: true }));
    const others =
      '1 other user holds an on_call seat: "user-000000000003@example.com". A later `pulumi up --refresh` unassigns that seat, and `pulumi preview --refresh` shows it.';
    expect(lines).to.deep.equal([
      count("1 seat now, 2 with those who join"),
      "on_call: + alice (will be assigned)",
      others,
    ]);

    begin();
    await change(roster({ alice }), roster({ alice }, { exclusive: true }));
    expect(lines).to.deep.equal([others]);
  });

  it("that becomes exclusive names nobody whom the ownership map lists", async () => {
    holds(bob, carol);
    beginWithMap(carol);
    await change(roster({ alice }), roster({ alice }, { exclusive: true }));
    expect(lines.join()).to.match(/^1 other user .*"user-000000000002@example.com"/);
  });

  it("that is exclusive no more keeps the others of the last refresh out of the diff that Pulumi shows", async () => {
    holds(alice, carol);
    const state = roster({ alice }, { exclusive: true });
    const read = await provider.read("on_call/roster", state);
    const [olds, outputs] = [read.inputs, read.props] as [RosterInputs, RosterInputs];
    for (const exclusive of [false, undefined]) {
      const { inputs } = await check(roster({ alice }, { exclusive }), olds);
      expect(inputs?.members).to.deep.equal(olds.members);
      const { changes } = await provider.diff("on_call/roster", outputs, inputs as RosterInputs);
      expect(changes).to.equal(true);
      const { outs } = await provider.update("on_call/roster", outputs, inputs as RosterInputs);
      expect(outs?.members).to.deep.equal({ alice });
    }
    expect(lines).to.deep.equal([
      "on_call: + user-000000000003@example.com (holds a seat, and is no member)",
    ]);
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([alice, carol]);
  });

  it('fails for a seat that existing: "reject" refuses, and for keys that are wrong', async () => {
    holds(alice);
    const refused = await rejection(check(roster({ alice, bob }, { existing: "reject" })));
    expect(refused.message).to.include('"alice" already holds the on_call seat, and `existing`');
    begin({ "datadog:apiKey": "a-wrong-key" });
    const wrong = await rejection(check(roster({ alice })));
    expect(wrong.message).to.include("responded with 403");
  });

  it("says that it does not know where it may not ask, or where nobody responds as it should", async () => {
    begin({ "datadogSeats:previewLookup": "false" });
    await check(roster({ alice }));
    expect(lines).to.deep.equal(["on_call: + alice (will be assigned, or adopted where held)"]);
    expect(ctx.simulator.count()).to.equal(0);

    begin();
    ctx.simulator.faults.add({ status: 404, body: { errors: ["no such product"] } });
    await check(roster({ alice }));
    expect(lines[0]).to.equal("on_call: + alice (will be assigned, or adopted where held)");
    expect(lines[1]).to.match(/^Could not list the on_call seats: .* 404 .*no such product\.$/);
  });
});
