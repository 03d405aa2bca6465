import { expect } from "chai";
import { decodeCursor, encodeCursor } from "../../../simulator/src/paging";

describe("a cursor", () => {
  const position = { after: "user", page: 2, limit: 100 };

  it("is decoded to the position that it was made of", () => {
    expect(decodeCursor(encodeCursor(position))).to.deep.equal(position);
  });

  it("gets lost in a URL unless it is encoded", () => {
    const cursor = encodeCursor(position);
    const sent = (text: string) =>
      new URL(`http://simulator/?page[cursor]=${text}`).searchParams.get("page[cursor]");
    expect(sent(cursor)).to.not.equal(cursor);
    expect(sent(encodeURIComponent(cursor))).to.equal(cursor);
  });

  it("is undefined when it was made elsewhere", () => {
    for (const cursor of ["", "abc", "&page=%%+/%#?", encodeCursor(position).slice(1)]) {
      expect(decodeCursor(cursor), cursor).to.equal(undefined);
    }
  });
});
