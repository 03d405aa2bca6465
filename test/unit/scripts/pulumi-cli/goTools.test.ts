import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { builtOnce } from "../../../../scripts/pulumi-cli/cache";
import { pythonHost, sdkGenerator } from "../../../../scripts/pulumi-cli/goTools";
import { rejection } from "../../../support/rejection";

const { PATH } = process.env;

describe("what is built with Go", () => {
  let cache: string;
  const quiet = () => ({ cache, log: () => {} });
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), "go-tools-"));
  });
  afterEach(() => {
    process.env.PATH = PATH;
    rmSync(cache, { recursive: true });
  });

  it("says what Go is needed for where there is none, and leaves nothing behind", async () => {
    process.env.PATH = cache;
    const missing = "by a program that is built with Go, and there is no `go` command.";
    const sdks = await rejection(sdkGenerator(quiet()));
    expect(sdks.message).to.include(`SDKs are generated ${missing}`);
    const python = await rejection(pythonHost(cache, quiet()));
    expect(python.message).to.include(`Python programs are run ${missing}`);
    expect(readdirSync(cache)).to.deep.equal([]);
  });

  it("is not built where the CLI brings it along", async () => {
    process.env.PATH = cache;
    writeFileSync(join(cache, "pulumi-language-python"), "");
    expect(await pythonHost(cache, quiet())).to.equal(cache);
  });

  it("is built once, also by two at the same time, and again when a source has changed", async () => {
    const source = join(cache, "main.go");
    let builds = 0;
    const built = () =>
      builtOnce(join(cache, "kept"), "tool", [source], async (folder) => {
        builds += 1;
        writeFileSync(join(folder, "tool"), readFileSync(source));
      });
    const made = (folder: string) => readFileSync(join(folder, "tool"), "utf8");

    writeFileSync(source, "one");
    const [first, same] = await Promise.all([built(), built()]);
    expect(first).to.equal(same);
    builds = 0;
    expect(await built()).to.equal(first);
    expect(builds).to.equal(0);
    writeFileSync(source, "two");
    const second = await built();
    expect([first, second].map(made)).to.deep.equal(["one", "two"]);
    expect(readdirSync(join(cache, "kept"))).to.have.lengthOf(2);
  });
});
