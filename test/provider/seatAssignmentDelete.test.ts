import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user, users } from "../support/ids";
import { providerHarness } from "../support/providerHarness";
import { rejection } from "../support/rejection";

const seat = (n: number) => ({ productCode: "on_call", userId: user(n) });
const id = (n: number) => `on_call/${user(n)}`;

onEachEntryPoint("SeatAssignment, delete", (entryPoint) => {
  const ctx = providerHarness("SeatAssignment", 10, entryPoint);

  it("takes the seat away, and nobody else's", async () => {
    for (const userId of users(3)) ctx.simulator.org.claim("on_call", userId);
    await ctx.provider.delete(id(2), seat(2));
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([user(1), user(3)]);
    expect(ctx.simulator.requests.map(({ userIds }) => userIds)).to.deep.equal([[user(2)]]);
  });

  it("leaves a seat that another resource of the program has in its state", async () => {
    ctx.simulator.org.claim("on_call", user(1));
    await ctx.provider.check({ ...seat(1), userId: user(1).toUpperCase() }, seat(1));
    await ctx.provider.delete(id(1), seat(1));
    expect(await ctx.provider.outputAtEnd()).to.include(`Left the seat ${id(1)} in place`);
    expect(ctx.simulator.count()).to.equal(0);
  });

  it("keeps a seat of which only a refresh has shown another owner, which the program may no longer have", async () => {
    ctx.simulator.org.claim("on_call", user(1));
    await ctx.provider.check(seat(1));
    await ctx.provider.diff(id(1), seat(1), seat(1));
    const error = await rejection(ctx.provider.delete(id(1), seat(1)));
    expect(error.message).to.include(`Kept the seat ${id(1)} under this name`);
    expect(ctx.simulator.count()).to.equal(0);
  });

  it("leaves a seat when the resource that declares it owns it, and not before", async () => {
    ctx.simulator.org.claim("on_call", user(1));
    await ctx.provider.check(seat(1));
    const order: string[] = [];
    const deletion = ctx.provider.delete(id(1), seat(1)).then(() => order.push("released"));
    await ctx.provider.create(seat(1));
    order.push("owned");
    await deletion;
    expect(order).to.deep.equal(["owned", "released"]);
    expect(ctx.simulator.count("DELETE")).to.equal(0);
  });

  it("keeps the old owner of a seat when the resource that declares it now was refused", async () => {
    ctx.simulator.org.claim("on_call", user(1));
    const renamed = { ...seat(1), existing: "reject" };
    await ctx.provider.check(renamed);
    await rejection(ctx.provider.create(renamed));
    const error = await rejection(ctx.provider.delete(id(1), seat(1)));
    expect(error.message).to.include(`Kept the seat ${id(1)} under this name`);
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([user(1)]);
  });

  it("leaves a seat that the program declares even where another property is wrong", async () => {
    ctx.simulator.org.claim("on_call", user(1));
    const { failures } = await ctx.provider.check({ ...seat(1), existing: "adpot" }, seat(1));
    expect(failures).to.have.lengthOf(1);
    await ctx.provider.delete(id(1), seat(1));
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([user(1)]);
  });

  it("does not leave a seat of which only another product's is declared", async () => {
    ctx.simulator.org.claim("on_call", user(1));
    ctx.simulator.org.product("incident_response");
    const other = { productCode: "incident_response", userId: user(1) };
    await ctx.provider.check(other);
    await ctx.provider.create(other);
    await ctx.provider.delete(id(1), seat(1));
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([]);
  });
});
