import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { builtOnce, goFolder } from "../../../../scripts/pulumi-cli/cache";
import { languageHost, sdkGenerator } from "../../../../scripts/pulumi-cli/goTools";
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
    for (const language of ["Python", "YAML"] as const) {
      const host = await rejection(languageHost(language, cache, quiet()));
      expect(host.message).to.include(`${language} programs are run ${missing}`);
    }
    expect(readdirSync(cache)).to.deep.equal([]);
  });

  it("is not built where the CLI brings it along", async () => {
    process.env.PATH = cache;
    writeFileSync(join(cache, "pulumi-language-python"), "");
    expect(await languageHost("Python", cache, quiet())).to.equal(cache);
  });

  it("shares what Go downloads and compiles; a build that fails leaves no program behind", async () => {
    const go = `#!/bin/sh\necho "$GOMODCACHE $GOCACHE" >> "${cache}/used"\necho half > "$3"\ntest -e "${cache}/works"\n`;
    writeFileSync(join(cache, "go"), go, { mode: 0o755 });
    process.env.PATH = `${cache}:${PATH}`;
    const own = join(cache, "kept");
    const builds = [
      () => sdkGenerator({ cache: own, log: () => {} }),
      () => languageHost("YAML", cache, { cache: own, log: () => {} }),
    ];
    for (const build of builds) await rejection(build());
    expect(readdirSync(own)).to.deep.equal([]);

    writeFileSync(join(cache, "works"), "");
    for (const build of builds) await build();
    const used = readFileSync(join(cache, "used"), "utf8").trim().split("\n");
    const folders = ["modules", "build"].map((name) => join(own, "installing-go", name)).join(" ");
    expect(used).to.deep.equal(Array(4).fill(folders));
  });

  it("removes what Go has downloaded and compiled when no build has used it for hours", async () => {
    const source = join(cache, "main.go");
    writeFileSync(source, "");
    const built = () => builtOnce(cache, "tool", [source], async () => {});
    await built();
    const kept = await goFolder(cache);
    mkdirSync(kept);
    const yesterday = new Date(Date.now() - 86_400_000);
    const isKeptAfter = async (use: () => Promise<unknown>) => {
      utimesSync(kept, yesterday, yesterday);
      await use();
      await built();
      return existsSync(kept);
    };
    expect(await isKeptAfter(() => goFolder(cache))).to.equal(true);
    expect(await isKeptAfter(async () => {})).to.equal(false);
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
