import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";
import sinon from "sinon";
import { onEachEntryPoint } from "../support/entryPoints";
import { user } from "../support/ids";
import { roster, rosterHarness } from "../support/providerHarness";

const [alice, bob] = [user(1), user(2)];
/** As long as `__proto__`, which Google's JavaScript for messages loses, in a sender as in a receiver. */
const PLACEHOLDER = "_-proto-_";

onEachEntryPoint("a member whose label every JavaScript object has as a property", (entryPoint) => {
  const ctx = rosterHarness(entryPoint);
  afterEach(() => sinon.restore());

  /** Has requests sent with `__proto__` in place of the placeholder, as Pulumi's engine sends them. */
  function sendProto(): void {
    const { serializeBinary } = CheckRequest.prototype;
    sinon.stub(CheckRequest.prototype, "serializeBinary").callsFake(function (this: CheckRequest) {
      const sent = Buffer.from(serializeBinary.call(this)).toString("latin1");
      return Buffer.from(sent.replaceAll(PLACEHOLDER, "__proto__"), "latin1");
    });
  }

  // Pulumi's process for dynamic providers drops a `__proto__` before it hands the inputs over.
  for (const label of entryPoint === "plugin" ? ["__proto__", "toString"] : ["toString"]) {
    it(`is refused by name: ${label}`, async () => {
      sendProto();
      const members = { alice, [label === "__proto__" ? PLACEHOLDER : label]: bob };
      const { failures } = await ctx.provider.check(roster(members), roster({ alice, bob }));
      expect(failures).to.have.lengthOf(1);
      expect(failures[0]?.reason).to.include(`"${label}"`);
    });
  }

  it("or who is null is refused by name: what came out empty must unassign nobody", async () => {
    const { failures } = await ctx.provider.check(roster({ alice: null as never, bob }));
    expect(failures.map(({ reason }) => reason).join()).to.include('"alice"');
  });

  it("does not stand in the way of labels that only look like it", async () => {
    const members = { "to.string": alice, [PLACEHOLDER]: bob };
    const { failures } = await ctx.provider.check(roster(members));
    expect(failures).to.deep.equal([]);
    const { outputs } = await ctx.provider.create(roster(members));
    expect(outputs.members).to.deep.equal(members);
  });
});
