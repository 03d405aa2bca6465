import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { stage } from "../support/stage";

const repository = join(__dirname, "..", "..");

describe("the README", () => {
  const on = stage();
  const readme = readFileSync(join(repository, "README.md"), "utf8");
  const programs = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, program = ""]) => program);

  it("begins with a program that assigns a seat", async () => {
    const [program = ""] = programs;
    const [userId = ""] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(program) ?? [];
    on.simulator.org.addUser(userId);
    writeFileSync(join(on.stack.folder, "index.ts"), program);
    await on.stack.up();
    expect(on.simulator.org.holders("on_call")).to.deep.equal([userId]);
  });

  it("shows programs that run", async () => {
    const { url, keys } = on.simulator;
    for (const [name, value] of Object.entries({ ...keys, apiUrl: url })) {
      if (typeof value !== "string") continue;
      await on.stack.succeeds("config", "set", "--path", `datadogSeats:orgs.eu.${name}`, value);
    }
    for (const program of programs) {
      writeFileSync(join(on.stack.folder, "index.ts"), program);
      expect(await on.stack.preview(), program).to.include("to create");
    }
  });

  it("names files that are there", () => {
    const links = [...readme.matchAll(/\]\(([^)#]+?)\)/g)].map(([, link = ""]) => link);
    const files = links.filter((link) => !link.startsWith("https:"));
    expect(files).to.include("test/promises/killedRuns.test.ts");
    expect(files.filter((file) => !existsSync(join(repository, file)))).to.deep.equal([]);
  });
});
