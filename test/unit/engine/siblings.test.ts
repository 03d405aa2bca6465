import { EventEmitter, once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { expect } from "chai";
import sinon from "sinon";
import { Siblings } from "../../../provider/src/engine/siblings";
import { makePrivateFolder, socketFolder } from "../../../provider/src/engine/socketFolder";
import { rejection } from "../../support/rejection";

const ENGINE = "127.0.0.1:5000";

describe("Siblings", () => {
  let temporary: string;
  let folder: string;

  beforeEach(() => {
    // Where the path of a socket is short enough on every system.
    temporary = mkdtempSync("/tmp/seats-");
    folder = join(temporary, "sockets");
  });
  afterEach(() => {
    sinon.restore();
    rmSync(temporary, { recursive: true });
  });

  async function sibling(answer: (question: unknown) => Promise<object>, address = ENGINE) {
    const one = new Siblings(address, folder);
    await one.listen(answer);
    return one;
  }
  const silent = async () => ({});

  /** Another process that does something else with a question than to answer it. */
  async function otherThatDoes(onQuestion: (socket: Socket) => void) {
    const server = createServer((socket) => socket.once("data", () => onQuestion(socket))).unref();
    server.listen(join(folder, "5000-1-00000000"));
    await once(server, "listening");
  }

  it("ask all the others of their engine at once, and neither themselves nor those of another engine", async () => {
    const [one] = await Promise.all([
      sibling(async () => ["one"]),
      sibling(async (question) => ["two", question]),
      sibling(async (question) => ["three", question]),
      sibling(async () => ["elsewhere"], "127.0.0.1:50001"),
    ]);
    const answers = await Promise.all(["a", "b"].map((question) => one.ask({ question })));
    for (const [n, question] of ["a", "b"].entries()) {
      expect(answers[n]).to.have.deep.members([
        ["two", { question }],
        ["three", { question }],
      ]);
    }
  });

  it("have nobody to ask where each is alone, or there are no such sockets", async () => {
    const alone = await sibling(silent);
    expect(await alone.ask({})).to.deep.equal([]);
    const onWindows = new Siblings(ENGINE, undefined);
    expect(await onWindows.ask({})).to.deep.equal([]);
  });

  it("fail with what another one fails with", async () => {
    await sibling(() => Promise.reject(new Error("there is no API key")));
    const one = await sibling(silent);
    const error = await rejection(one.ask({}));
    expect(error.message).to.equal("the process of one failed: there is no API key");
  });

  it("fail when another one does not say within half a minute that the question has come", async () => {
    const one = await sibling(silent);
    const questions = new EventEmitter();
    const asked = once(questions, "asked");
    await otherThatDoes(() => questions.emit("asked"));
    const clock = sinon.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const answers = rejection(one.ask({}));
    await asked;
    clock.tick(30_000);
    expect((await answers).message).to.equal("the process of one does not respond");
  });

  it("wait for as long as it takes once the question has come", async () => {
    const clock = sinon.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const questions = new EventEmitter();
    const asked = once(questions, "asked");
    const finished = once(questions, "finished");
    await sibling(async () => {
      questions.emit("asked");
      await finished;
      return { at: "last" };
    });
    const one = await sibling(silent);
    const answers = one.ask({});
    await asked;
    while (clock.countTimers() > 0) await new Promise((resolve) => setImmediate(resolve));
    clock.tick(600_000);
    questions.emit("finished");
    expect(await answers).to.deep.equal([{ at: "last" }]);
  });

  it("fail when another one ends before it answers", async () => {
    const one = await sibling(silent);
    await otherThatDoes((socket) => socket.destroy());
    const error = await rejection(one.ask({}));
    expect(error.message).to.equal("the process of one ended meanwhile");
  });

  it("ask nobody in a folder that others can write to, or have put there", async () => {
    makePrivateFolder(folder);
    expect(readdirSync(folder)).to.deep.equal([]);
    chmodSync(folder, 0o770);
    const one = await sibling(silent);
    expect((await rejection(one.ask({}))).message).to.include("is not a folder that this user");
    chmodSync(folder, 0o700);
    symlinkSync(folder, join(temporary, "link"));
    expect(() => makePrivateFolder(join(temporary, "link"))).to.throw("is not a folder that");
  });

  it("meet in /tmp where the folder for temporary files has too long a path for a socket", () => {
    const name = `datadog-seats-${process.getuid?.()}`;
    expect(socketFolder("/var/tmp")).to.equal(`/var/tmp/${name}`);
    expect(socketFolder(`/${"long/".repeat(20)}`)).to.equal(`/tmp/${name}`);
  });
});
