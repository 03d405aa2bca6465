import { expect } from "chai";
import {
  addMembers,
  notAmong,
  sameMembers,
  someOf,
  without,
} from "../../../provider/src/model/roster";

describe("the members of a roster", () => {
  it("are compared by user, whatever the label", () => {
    const olds = { alice: "u1", bob: "u2" };
    expect(notAmong(olds, { anne: "u1", carol: "u3" })).to.deep.equal([["bob", "u2"]]);
    expect(notAmong({ bob: "u1", alice: "u2" }, olds)).to.deep.equal([]);
  });

  it("are the same in any order, but not under other labels", () => {
    expect(sameMembers({ a: "1", b: "2" }, { b: "2", a: "1" })).to.equal(true);
    expect(sameMembers({ a: "1", b: "2" }, { a: "2", b: "1" })).to.equal(false);
    expect(sameMembers({ a: "1", b: "2" }, { a: "1", b: "3" })).to.equal(false);
    expect(sameMembers({ a: "1" }, { a: "1", b: "2" })).to.equal(false);
  });

  it("keep their labels when others come who have the same", () => {
    expect(
      addMembers({ alice: "u1" }, [
        ["alice", "u2"],
        ["bob", "u3"],
      ]),
    ).to.deep.equal({
      all: { alice: "u1", "alice (u2)": "u2", bob: "u3" },
      labels: ["alice (u2)", "bob"],
    });
    expect(without({ alice: "u1", bob: "u2" }, ["bob"])).to.deep.equal({ alice: "u1" });
  });

  it("are named in messages up to ten", () => {
    expect(someOf(["a", "b"])).to.equal('"a", "b"');
    expect(someOf(Array.from({ length: 12 }, (_, n) => String(n)))).to.match(/"9" and 2 more$/);
  });
});
