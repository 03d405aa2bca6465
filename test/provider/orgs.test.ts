import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { configurationFor } from "../support/connection";
import { user, users } from "../support/ids";
import { type Provider, ProviderProcess } from "../support/providerProcess";
import { rejection } from "../support/rejection";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const [alice, bob] = [user(1), user(2)];
const seat = { productCode: "on_call", userId: alice };
const euSeat = { org: "eu", ...seat };

describe("resources of named orgs in Pulumi's dynamic-provider process", () => {
  let us: Simulator;
  let eu: Simulator;
  let provider: Provider;

  beforeEach(async () => {
    us = await Simulator.start();
    eu = await Simulator.start({ keys: { apiKey: "eu-api-key", appKey: "eu-app-key" } });
    for (const simulator of [us, eu]) {
      for (const id of users(3)) simulator.org.addUser(id);
      simulator.org.product("on_call");
    }
    provider = await start("SeatAssignment");
  });
  afterEach(async () => {
    await provider.stop();
    await Promise.all([us.stop(), eu.stop()]);
  });

  const start = (
    resource: string,
    orgs: object = { eu: { apiUrl: eu.url, ...eu.keys }, half: {} },
  ) =>
    ProviderProcess.start(
      { ...configurationFor(us), "datadogSeats:orgs": JSON.stringify(orgs) },
      { resource },
    );

  it("are checked in their own org, which has to be in the configuration with all its parts", async () => {
    const fine = await provider.check({ ...euSeat, org: " eu" });
    expect(fine).to.deep.equal({ inputs: euSeat, failures: [] });
    const reasons = [];
    for (const org of ["ap", "ap", "half", "a/b"]) {
      const { failures } = await provider.check({ ...seat, org });
      expect(failures.map(({ property }) => property)).to.deep.equal(["org"]);
      reasons.push(failures[0]?.reason);
    }
    expect(reasons[0]).to.include('There is no org "ap": datadogSeats:orgs holds "eu", "half".');
    expect(reasons[1]).to.equal(
      "The configuration can't work: another error of this run says why.",
    );
    expect(reasons[2]).to.include('The org "half" has no API key, no application key, no site.');
    expect(reasons[3]).to.include("expected the name of an org");
    expect([us.count(), eu.count()]).to.deep.equal([0, 0]);
  });

  it("are replaced when another org is named, or none any more, but not while the name is unknown", async () => {
    const diff = async (olds: object, news: object) =>
      (await provider.diff("id", { ...olds }, { ...news })).replaces;
    expect(await diff(seat, euSeat)).to.deep.equal(["org"]);
    expect(await diff(euSeat, seat)).to.deep.equal(["org"]);
    expect(await diff(euSeat, { ...euSeat })).to.deep.equal([]);
    expect(await diff(euSeat, { ...euSeat, org: UNKNOWN })).to.deep.equal([]);
    const { inputs, failures } = await provider.check({ ...euSeat, org: UNKNOWN });
    expect([inputs, failures]).to.deep.equal([{ ...euSeat, org: UNKNOWN }, []]);
  });

  it("are made, read and removed in their own org, by an id that names it", async () => {
    const id = `eu/on_call/${alice}`;
    const created = await provider.create(euSeat);
    expect(created).to.deep.equal({ id, outputs: { ...euSeat, adopted: false } });
    expect(eu.org.holders("on_call")).to.deep.equal([alice]);
    expect((await provider.read(id, {})).inputs).to.deep.equal(euSeat);
    const absent = await rejection(provider.read(`eu/on_call/${bob}`, {}));
    expect(absent.message).to.equal(`User ${bob} holds no seat of on_call in org eu.`);
    await provider.delete(id, euSeat);
    expect(eu.org.holders("on_call")).to.deep.equal([]);
    expect(us.count()).to.equal(0);
  });

  it("never fall back to the default org", async () => {
    us.org.claim("on_call", alice);
    const error = await rejection(provider.delete(`ap/on_call/${alice}`, { ...seat, org: "ap" }));
    expect(error.message).to.include('There is no org "ap"');
    expect(us.count()).to.equal(0);
  });

  it("declare seats of their own org: those stay, and the same user's elsewhere is removed", async () => {
    for (const simulator of [us, eu]) simulator.org.claim("on_call", alice);
    await provider.check(euSeat, euSeat);
    await provider.diff(`eu/on_call/${alice}`, euSeat, euSeat);
    await provider.delete(`on_call/${alice}`, seat);
    await provider.delete(`eu/on_call/${alice}`, euSeat);
    expect(us.org.holders("on_call")).to.deep.equal([]);
    expect(eu.org.holders("on_call")).to.deep.equal([alice]);
    expect(await provider.outputAtEnd()).to.include(`Left the seat eu/on_call/${alice} in place`);
  });

  it("send no DELETE for a seat that nobody holds when the program declares it in what may be the same org", async () => {
    // As with `deleteBeforeReplace`, after somebody else has unassigned the seat.
    const keys = us.addKeys({ apiKey: "us-api-key-2", appKey: "us-app-key-2" });
    await provider.stop();
    provider = await start("SeatAssignment", { main: { apiUrl: us.url, ...keys } });
    const mainSeat = { org: "main", ...seat };
    await provider.check(mainSeat, seat);
    await provider.delete(`on_call/${alice}`, seat);
    expect(us.count("DELETE")).to.equal(0);
    await provider.create(mainSeat);
    expect(us.org.holders("on_call")).to.deep.equal([alice]);
  });

  it("name the org in their errors, and show the keys of none", async () => {
    const echo = `${us.keys.apiKey} eu-app-key`;
    eu.faults.add({ method: "POST", status: 422, body: { errors: [echo] } });
    const error = await rejection(provider.create(euSeat));
    expect(error.message).to.include(
      `Could not assign a seat of on_call in org eu to user ${alice}`,
    );
    expect(error.message).to.include("[redacted] [redacted]");
  });

  it("do not wait for another org's rate limit", async () => {
    eu.faults.add({ method: "POST", status: 429, headers: { "x-ratelimit-reset": "5" } });
    const limited = new Promise<void>((resolve) => {
      eu.onRequest = ({ status }) => status === 429 && resolve();
    });
    const inEu = provider.create(euSeat);
    await limited;
    const inUs = provider.create(seat).then(() => eu.count("POST"));
    const [, posts] = await Promise.all([inEu, inUs]);
    expect(posts, "while eu still waits").to.equal(1);
  });

  it("as rosters carry the org in their state and id", async () => {
    await provider.stop();
    provider = await start("SeatRoster");
    const roster = { org: "eu", productCode: "on_call", members: { alice, bob } };
    expect(await provider.create(roster)).to.deep.equal({
      id: "eu/on_call/roster",
      outputs: roster,
    });
    expect((await provider.read("eu/on_call/roster", roster)).inputs).to.deep.equal(roster);
    const { org: _, ...moved } = roster;
    expect((await provider.diff("eu/on_call/roster", roster, moved)).replaces).to.deep.equal([
      "org",
    ]);
    await provider.delete("eu/on_call/roster", roster);
    expect(eu.org.holders("on_call")).to.deep.equal([]);
    expect(us.count()).to.equal(0);
  });
});
