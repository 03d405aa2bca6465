import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { readStates } from "../../../provider/src/cli/stateSources";
import { user } from "../../support/ids";
import { rejection } from "../../support/rejection";
import { dynamic, resource, stateOf } from "../../support/states";
import { temporaryFolder } from "../../support/workFolder";

describe("readStates", () => {
  const folder = temporaryFolder();

  const file = (name: string, text: string) => {
    writeFileSync(join(folder(), name), text);
    return join(folder(), name);
  };

  it("reads the seats of states in files, and says which files it can't read", async () => {
    const state = file(
      "state.json",
      stateOf(resource("e2e", "test", "alice", dynamic, `on_call/${user(1)}`)),
    );
    const text = file("text.txt", "resources");
    const missing = join(folder(), "missing.json");
    const { owned, unread, count } = await readStates({ state: [text, state, missing] }, [
      "on_call",
    ]);
    expect(owned.map(({ userId }) => userId)).to.deep.equal([user(1)]);
    expect(unread[0]).to.equal(
      `Could not read ${text}: it is not JSON. Expected what \`pulumi stack export\` writes.`,
    );
    expect(unread[1]).to.match(/^Could not read .*missing\.json: ENOENT/);
    expect([unread.length, count]).to.deep.equal([2, 3]);
  });

  it("names a file in one line, whatever it is called", async () => {
    const name = "x\n::error::\u001b[2J.json";
    const { message } = await rejection(readStates({ state: [name] }, ["on_call"]));
    expect(message).to.match(/^Could not read x ::error::\\u001b\[2J\.json: ENOENT.*$/);
  });

  it("gives `pulumi` no variable that holds a key", async () => {
    const { PATH } = process.env;
    chmodSync(file("pulumi", "#!/bin/sh\nenv | grep -E '_KEY|AWS_PROFILE' >&2\nexit 1\n"), 0o755);
    process.env.PATH = `${folder()}:${PATH}`;
    const keys = { DD_API_KEY: "an-api-key", DATADOG_APP_KEY: "an-app-key" };
    Object.assign(process.env, keys, { AWS_PROFILE: "of-the-backend" });
    try {
      const { message } = await rejection(readStates({ stack: ["dev"] }, ["on_call"]));
      expect(message)
        .to.include("AWS_PROFILE=of-the-backend")
        .and.not.match(/an-(api|app)-key/);
    } finally {
      process.env.PATH = PATH;
      for (const name of [...Object.keys(keys), "AWS_PROFILE"]) delete process.env[name];
    }
  });

  it("fails where it can read none, such as without a pulumi on the PATH", async () => {
    const { PATH } = process.env;
    process.env.PATH = "";
    try {
      expect((await rejection(readStates({ stack: ["dev"] }, ["on_call"]))).message).to.equal(
        "Could not read the state of stack dev: there is no `pulumi` on the PATH.",
      );
      expect((await rejection(readStates({ allStacks: true }, ["on_call"]))).message).to.equal(
        "Could not read the list of stacks: there is no `pulumi` on the PATH.",
      );
    } finally {
      process.env.PATH = PATH;
    }
  });
});
