import { PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";
import { detailedDiff } from "../../../provider/src/plugin/detailedDiff";

const { Kind } = PropertyDiff;
const INPUTS = ["productCode", "members", "existing"];

const kinds = (olds: object, news: object, replaces: string[] = []) =>
  Object.fromEntries(
    [...detailedDiff({ ...olds }, { ...news }, INPUTS, replaces)].map(([path, diff]) => [
      path,
      diff.getKind(),
    ]),
  );

describe("detailedDiff", () => {
  it("shows who joins, who leaves and whose user changes, by label", () => {
    const olds = { members: { "a@x.com": "1", b: "2", c: "3" } };
    const news = { members: { "a@x.com": "1", b: "4", 'd"': "5" } };
    expect(kinds(olds, news)).to.deep.equal({
      'members["b"]': Kind.UPDATE,
      'members["c"]': Kind.DELETE,
      'members["d\\""]': Kind.ADD,
    });
  });

  it("shows what replaces the resource, and no outputs", () => {
    const olds = { productCode: "x", existing: "adopt", email: "e" };
    expect(kinds(olds, { productCode: "y" }, ["productCode"])).to.deep.equal({
      productCode: Kind.UPDATE_REPLACE,
      existing: Kind.DELETE,
    });
  });

  it("shows members that aren't known yet as one change", () => {
    expect(kinds({ members: { a: "1" } }, { members: "unknown" })).to.deep.equal({
      members: Kind.UPDATE,
    });
  });
});
