import { PassThrough } from "node:stream";
import { expect } from "chai";
import { showProgress } from "../../../provider/src/cli/stdio";

describe("showProgress", () => {
  function shown(isTTY: boolean): string {
    const stream = Object.assign(new PassThrough(), { isTTY });
    for (const text of ["1 of 2", "2 of 2", ""]) {
      showProgress(text, stream as unknown as typeof process.stderr);
    }
    return String(stream.read() ?? "");
  }

  it("overwrites one line of a terminal, and leaves none", () => {
    const clear = "\u001b[1G\u001b[0K";
    expect(shown(true)).to.equal(`${clear}1 of 2${clear}2 of 2${clear}`);
  });

  it("writes nothing where there is no terminal", () => {
    expect(shown(false)).to.equal("");
  });
});
