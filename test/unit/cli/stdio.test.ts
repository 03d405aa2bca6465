import { PassThrough } from "node:stream";
import { expect } from "chai";
import sinon from "sinon";
import {
  hasColours,
  log,
  print,
  showProgress,
  terminalWidth,
} from "../../../provider/src/cli/stdio";

describe("what is printed", () => {
  afterEach(() => sinon.restore());

  for (const [stream, write] of [
    ["stdout", print],
    ["stderr", log],
  ] as const) {
    it(`acts on no terminal, and on no runner of a workflow: ${stream}`, () => {
      const written = sinon.stub(process[stream], "write");
      write(
        "a\u001b[2J\u200bb\n::error::c\r\n  ::set-output name=d::e\n##[error]f ##vso[task]g ###[h]",
      );
      const text = written.args.join("");
      sinon.restore();
      expect(text.replace(/\n$/, "").split(/\r?\n/)).to.deep.equal([
        "a\\u001b[2J\\u200bb",
        "\\u003a:error::c",
        "  \\u003a:set-output name=d::e",
        "\\u0023#[error]f \\u0023#vso[task]g #\\u0023#[h]",
      ]);
    });
  }

  it("stays as it is otherwise: a URN, a heading, an emoji", () => {
    const written = sinon.stub(process.stdout, "write");
    const text = "urn:pulumi:a::b::c\n### Seats\n| `José 🔑` |\n";
    print(text);
    const printed = written.args.join("");
    sinon.restore();
    expect(printed).to.equal(text);
  });
});

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

describe("a terminal", () => {
  it("shows colours where Node says so, and a pipe shows none", () => {
    const colours = (isTTY: boolean, has: boolean) => hasColours({ isTTY, hasColors: () => has });
    expect(colours(true, true)).to.equal(true);
    expect(colours(true, false)).to.equal(false);
    expect(colours(false, true)).to.equal(false);
    expect(hasColours({})).to.equal(false);
  });

  it("has a width unless it says 0, and a pipe has none", () => {
    expect(terminalWidth({ isTTY: true, columns: 80 })).to.equal(80);
    expect(terminalWidth({ isTTY: true, columns: 0 })).to.equal(undefined);
    expect(terminalWidth({ isTTY: false, columns: 80 })).to.equal(undefined);
  });
});
