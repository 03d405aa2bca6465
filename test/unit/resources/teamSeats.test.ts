import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { TeamSeats } from "../../../provider/src";
import { user } from "../../support/ids";
import { mockedResources, value } from "../../support/mocks";

const members = { alice: user(1), "bob@example.com": user(2) };

describe("TeamSeats under pulumi.runtime.setMocks", () => {
  const mocks = mockedResources(({ name }) => name);

  it("holds one seat for each product and member, named by both", async () => {
    const args = { products: ["on_call", "x"], members, existing: "reject" } as const;
    const { seats } = new TeamSeats("sre", { ...args, limit: 4 });
    expect(Object.keys(seats)).to.deep.equal(["on_call", "x"]);
    const all = Object.values(seats).flatMap((byLabel) => Object.values(byLabel));
    await Promise.all(all.map(({ id }) => value(id)));
    expect(mocks.created.map(({ name }) => name)).to.have.members([
      "sre",
      "sre-alice-on_call",
      "sre-bob@example.com-on_call",
      "sre-alice-x",
      "sre-bob@example.com-x",
    ]);
    const bob = mocks.created.find(({ name }) => name === "sre-bob@example.com-x");
    expect(bob?.inputs).to.include({
      productCode: "x",
      userId: user(2),
      existing: "reject",
    });
    expect(await value(seats.x.alice.urn)).to.include(
      "datadog-seats:index:TeamSeats$pulumi-nodejs:dynamic/datadog:SeatAssignment::sre-alice-x",
    );
  });

  it("names a product by its place when its code is an output", async () => {
    const products = ["on_call", pulumi.output("x")];
    const { seats } = new TeamSeats("sre", { products, members: { alice: user(1) } });
    expect(Object.keys(seats)).to.deep.equal(["on_call", "product-2"]);
    const late = seats["product-2"]?.alice;
    expect(await value(late?.productCode as pulumi.Output<string>)).to.equal("x");
    expect(mocks.created.map(({ name }) => name)).to.include("sre-alice-product-2");
  });

  it("may be empty where that is allowed, without products or without members", () => {
    const allowEmpty = true;
    const none = new TeamSeats("none", { products: [], members, allowEmpty });
    expect(none.seats).to.deep.equal({});
    const nobody = new TeamSeats("nobody", { products: ["on_call"], members: {}, allowEmpty });
    expect(nobody.seats).to.deep.equal({ on_call: {} });
  });

  it("is refused when a list has come out empty, unless that is allowed", () => {
    const empty = (what: string) =>
      `The team "sre" has no ${what}, so none of its members would keep a seat. If that is intended, give it \`allowEmpty: true\`, or remove it from the program.`;
    expect(() => new TeamSeats("sre", { products: ["on_call"], members: {} })).to.throw(
      empty("members"),
    );
    expect(() => new TeamSeats("sre", { products: [], members, allowEmpty: false })).to.throw(
      empty("products"),
    );
    expect(
      () => new TeamSeats("sre", { products: [], members, allowEmpty: "true" as never }),
    ).to.throw('`allowEmpty` of the TeamSeats "sre" is "true": expected true or false.');
  });

  it("is refused as a whole when it needs more seats than its limit", () => {
    expect(() => new TeamSeats("sre", { products: ["on_call", "x"], members, limit: 3 }))
      .to.throw(
        pulumi.RunError,
        'The team "sre" needs 4 seats (members × products: 2 × 2), but its limit is 3.',
      )
      .with.property("stack", "");
    expect(mocks.created).to.deep.equal([]);
  });

  const expectedMembers =
    'expected an object with the UUIDs of Datadog users by label, such as { alice: "3fa85f64-5717-4562-b3fc-2c963f66afa6" }. The labels name resources, so they must be known when the program runs; the UUIDs may be outputs. A SeatRoster takes members that are an output as a whole.';
  const expectedLimit = "expected a whole number, 0 or more, that is known when the program runs.";
  const refused: [unknown, string][] = [
    [
      undefined,
      'The arguments of the TeamSeats "sre" are undefined: expected an object with products, members, existing, limit, allowEmpty.',
    ],
    [{ member: {} }, 'Unknown argument "member" of the TeamSeats "sre": did you mean "members"?'],
    [
      { products: "on_call" },
      'The products of the TeamSeats "sre" are "on_call": expected a list of product codes, such as ["on_call"].',
    ],
    [
      { products: ["on_call", "Incident Response"] },
      'Product 2 of the TeamSeats "sre" is "Incident Response": expected a product code such as "incident_response" or "on_call", in lower case and without blanks (did you mean "incident_response"?).',
    ],
    [
      { products: [null] },
      'Product 1 of the TeamSeats "sre" is null: expected a product code such as "incident_response" or "on_call".',
    ],
    [
      { products: ["on_call", "x", "on_call"] },
      'Product 3 of the TeamSeats "sre" is "on_call": it is in the list already.',
    ],
    [{ members: [user(1)] }, `The members of the TeamSeats "sre" are an Array: ${expectedMembers}`],
    [
      { members: new Map([["alice", user(1)]]) },
      `The members of the TeamSeats "sre" are a Map: ${expectedMembers}`,
    ],
    [
      { members: pulumi.output(members) },
      `The members of the TeamSeats "sre" are an Output: ${expectedMembers}`,
    ],
    [
      { members: Promise.resolve(members) },
      `The members of the TeamSeats "sre" are a Promise: ${expectedMembers}`,
    ],
    [{ limit: Number.NaN }, `The limit of the TeamSeats "sre" is NaN: ${expectedLimit}`],
    [{ limit: "10" }, `The limit of the TeamSeats "sre" is "10": ${expectedLimit}`],
    [{ limit: 2.5 }, `The limit of the TeamSeats "sre" is 2.5: ${expectedLimit}`],
    [{ limit: -1 }, `The limit of the TeamSeats "sre" is -1: ${expectedLimit}`],
    [
      { limit: pulumi.output(10) },
      `The limit of the TeamSeats "sre" is an Output: ${expectedLimit}`,
    ],
  ];
  for (const [wrong, message] of refused) {
    it(`is refused before anything is registered: ${message.slice(0, 60)}`, () => {
      const args = wrong && { products: ["on_call"], members, ...wrong };
      expect(() => new TeamSeats("sre", args as never))
        .to.throw(pulumi.RunError, message)
        .with.property("stack", "");
      expect(mocks.created).to.deep.equal([]);
    });
  }

  it("is distinguished from other components", () => {
    const team = new TeamSeats("sre", { products: ["on_call"], members });
    expect(TeamSeats.isInstance(team)).to.equal(true);
    const other = new pulumi.ComponentResource("test:index:Team", "other");
    for (const value of [other, team.seats.on_call.alice, {}, undefined]) {
      expect(TeamSeats.isInstance(value)).to.equal(false);
    }
  });
});
