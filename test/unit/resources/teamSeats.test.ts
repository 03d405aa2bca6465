import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { TeamSeats } from "../../../provider/src";
import { user } from "../../support/ids";
import { mockedResources, value } from "../../support/mocks";

const members = { alice: user(1), "bob@example.com": user(2) };

describe("TeamSeats under pulumi.runtime.setMocks", () => {
  const mocks = mockedResources(({ name }) => name);

  it("holds one seat for each product and member, named by both", async () => {
    const args = { products: ["on_call", "x"], members, org: "eu", existing: "reject" } as const;
    const { seats } = new TeamSeats("sre", { ...args, products: [...args.products], limit: 4 });
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
      org: "eu",
      productCode: "x",
      userId: user(2),
      existing: "reject",
    });
    expect(await value(seats.x?.alice?.urn as pulumi.Output<string>)).to.include(
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

  it("is empty without products or without members", () => {
    expect(new TeamSeats("none", { products: [], members }).seats).to.deep.equal({});
    const nobody = new TeamSeats("nobody", { products: ["on_call"], members: {}, limit: 0 });
    expect(nobody.seats).to.deep.equal({ on_call: {} });
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
});
