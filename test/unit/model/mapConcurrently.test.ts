import { expect } from "chai";
import { mapConcurrently } from "../../../provider/src/model/mapConcurrently";
import { rejection } from "../../support/rejection";

describe("mapConcurrently", () => {
  it("works on so many items at once, and returns the results in the order of the items", async () => {
    const begun: string[] = [];
    const finish = new Map<string, () => void>();
    const results = mapConcurrently(["a", "b", "c", "d"], 2, async (item) => {
      begun.push(item);
      await new Promise<void>((resolve) => finish.set(item, resolve));
      return item.toUpperCase();
    });
    for (const [last, expected] of [
      ["b", "ab"],
      ["c", "abc"],
      ["a", "abcd"],
      ["d", "abcd"],
    ] as const) {
      expect(begun.join("")).to.equal(expected);
      finish.get(last)?.();
      await new Promise(setImmediate);
    }
    expect(await results).to.deep.equal(["A", "B", "C", "D"]);
  });

  it("begins nothing more after a failure, and fails with it", async () => {
    const begun: number[] = [];
    const work = mapConcurrently([1, 2, 3, 4, 5], 2, async (n) => {
      begun.push(n);
      if (n === 1) throw new Error("the first one failed");
      await new Promise(setImmediate);
    });
    expect((await rejection(work)).message).to.equal("the first one failed");
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(begun).to.deep.equal([1, 2]);
  });

  it("takes fewer items than it could work on, and none", async () => {
    expect(await mapConcurrently([1], 4, async (n) => n + 1)).to.deep.equal([2]);
    expect(await mapConcurrently([], 4, async () => 1)).to.deep.equal([]);
  });
});
