import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import sinon from "sinon";
import { Simulator } from "../../../simulator/src";
import { user } from "../../support/ids";
import { rejection } from "../../support/rejection";
import { reportHere } from "../../support/reportHere";
import { dynamic, resource, stateOf } from "../../support/states";
import { temporaryFolder } from "../../support/workFolder";

describe("report, as a person reads it", () => {
  const folder = temporaryFolder();
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const n of [1, 2]) {
      simulator.org.addUser(user(n), { name: "\u001b[2J", email: `${n}@example.com` });
      simulator.org.claim("on_call", user(n));
    }
  });
  afterEach(async () => {
    sinon.restore();
    await simulator.stop();
  });

  /** On a state that owns the first seat. */
  function report(options: string) {
    const file = join(folder(), "state.json");
    writeFileSync(file, stateOf(resource("p", "s", "one", dynamic, `on_call/${user(1)}`)));
    return reportHere(simulator, `-p on_call --state ${file} ${options}`.trim());
  }
  function onTerminal(columns: number, hasColors: boolean): void {
    const terminal = { isTTY: true, columns, hasColors: () => hasColors };
    for (const [name, value] of Object.entries(terminal)) {
      if (name in process.stdout) sinon.stub(process.stdout, name as "isTTY").value(value);
      else sinon.define(process.stdout, name as "isTTY", value as never);
    }
  }

  it("has all columns in a pipe, and ends with a summary", async () => {
    const { stdout, stderr } = await report("");
    expect(stdout.split("\n").map((line) => line.split(/ {2,}/))).to.deep.equal([
      ["FINDINGS", "PRODUCT", "USER", "NAME", "OWNED BY", "USER ID"],
      ["unmanaged", "on_call", "2@example.com", "\\u001b[2J", user(2)],
      ["", "on_call", "1@example.com", "\\u001b[2J", "p/s: one", user(1)],
      [""],
    ]);
    const counts = "on_call: 2 held (1 unmanaged), 1 owned (0 twice, 0 missing).\n";
    expect(stderr).to.equal(`${counts}Findings: 1 unmanaged.\n`);
    const owned = stateOf(
      resource("p", "s", "all", dynamic, ...[1, 2].map((n) => `on_call/${user(n)}`)),
    );
    writeFileSync(join(folder(), "all.json"), owned);
    const clean = await reportHere(simulator, `-p on_call --state ${join(folder(), "all.json")}`);
    expect(clean.stderr).to.match(/\nFindings: none\.\n$/);
  });

  it("fits a terminal, and has findings in colour where it shows colours: of a table alone", async () => {
    onTerminal(60, true);
    const { stdout } = await report("");
    const [head, first] = stdout.split("\n");
    expect(head).to.match(/ OWNED BY$/);
    expect(first?.split("  ")[0]).to.equal("\u001b[33munmanaged\u001b[39m");
    expect((await report("--json")).stdout).to.not.include("\u001b");
    sinon.restore();
    onTerminal(1000, false);
    expect((await report("")).stdout).to.match(/ USER ID\nunmanaged /);
  });

  it("writes a page besides what it prints, or says why it can't", async () => {
    const page = join(folder(), "seats.html");
    const { stdout, stderr, code } = await report(`--json --html ${page}`);
    expect(JSON.parse(stdout).seats).to.have.lengthOf(2);
    expect({ stderr, code }).to.deep.equal({ stderr: `Wrote ${page}.\n`, code: 0 });
    expect(readFileSync(page, "utf8"))
      .to.match(/^<!doctype html>/)
      .and.include(`<title>Datadog seats of ${new URL(simulator.url).host}, `);
    const { message } = await rejection(report(`--html ${join(folder(), "none", "x.html")}`));
    expect(message).to.match(/^Could not write the page: ENOENT: .*x\.html'\.$/);
  });
});
