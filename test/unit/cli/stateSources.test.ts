import { writeFileSync } from "node:fs";
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
