import { expect } from "chai";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { decode, encode } from "../../../provider/src/plugin/properties";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
const struct = (properties: object) => Struct.fromJavaScript(properties as never);
const encoded = (...args: Parameters<typeof encode>) => encode(...args).toJavaScript();

describe("the properties of the plugin", () => {
  it("lose their secrets on the way in, and have them again on the way out, within members too", () => {
    const given = { userId: secret("u"), members: { alice: secret("a"), bob: "b" }, list: ["x"] };
    const { values, secrets } = decode(struct(given));
    expect(values).to.deep.equal({ userId: "u", members: { alice: "a", bob: "b" }, list: ["x"] });
    expect(encoded(values, secrets)).to.deep.equal(given);
  });

  it("are secret when they were so in any of the requests' properties, and nowhere else", () => {
    const olds = decode(struct({ members: { alice: secret("a") } }));
    const news = decode(struct({ existing: secret("adopt"), members: { bob: "b" } }));
    const result = { existing: "adopt", members: { alice: "a", bob: "b" }, productCode: "p" };
    expect(encoded(result, olds.secrets, news.secrets)).to.deep.equal({
      existing: secret("adopt"),
      members: { alice: secret("a"), bob: "b" },
      productCode: "p",
    });
    const all = decode(struct({ members: secret({ alice: secret("a") }) }));
    expect(all.values).to.deep.equal({ members: { alice: "a" } });
    expect(encoded({ members: { carol: "c" } }, all.secrets)).to.deep.equal({
      members: secret({ carol: "c" }),
    });
  });

  it("stay unknown, as secrets too", () => {
    const given = { userId: secret(UNKNOWN), members: { alice: UNKNOWN } };
    const { values, secrets } = decode(struct(given));
    expect(values).to.deep.equal({ userId: UNKNOWN, members: { alice: UNKNOWN } });
    expect(encoded(values, secrets)).to.deep.equal(given);
  });

  it("count as absent when they are null, but for a member, whom the check names", () => {
    const { values } = decode(struct({ existing: null, members: { alice: null } }));
    expect(values).to.deep.equal({ members: { alice: null } });
  });

  it("leave the lifecycle's hints out, and what is undefined", () => {
    const hints = { __urn: "u", __preview: true, __lookup: {}, __external: true };
    const values = { ...hints, __others: ["x"], email: undefined };
    expect(encoded(values)).to.deep.equal({ __others: ["x"] });
  });
});
