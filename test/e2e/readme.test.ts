// What the documents show is run: their programs and their commands.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { datadogSeats } from "../support/command";
import { user } from "../support/ids";
import { codeBlocks, shellCommands } from "../support/markdown";
import { stackHarness } from "../support/stackHarness";

describe("the documents", () => {
  const ctx = stackHarness();
  const programs = codeBlocks("ts");
  const write = (program: string) => writeFileSync(join(ctx.stack.folder, "index.ts"), program);

  it("begin with a team by email in ten lines, and with the preview that it gives", async () => {
    const { org } = ctx.simulator;
    const [alice = "", bob = ""] = ["alice", "bob"].map((name, n) => {
      org.addUser(user(n + 1), { email: `${name}@example.com` });
      return user(n + 1);
    });
    org.claim("incident_response", bob);
    const [program = ""] = programs;
    expect(program.trim().split("\n")).to.have.length.at.most(10);
    write(program);
    const preview = await ctx.stack.preview();
    for (const file of ["README.md", "provider/README.md"]) {
      const [shown = `a preview in ${file}`] = codeBlocks("text", [file]);
      expect(preview).to.include(shown);
    }
    await ctx.stack.up();
    expect(org.holders("incident_response")).to.have.members([alice, bob]);
  });

  it("show programs that can be previewed", async () => {
    for (const [n, name] of ["alice", "bob"].entries()) {
      ctx.simulator.org.addUser(user(1 + n), { email: `${name}@example.com` });
    }
    ctx.simulator.org.addTeam({ id: user(90), handle: "sre", members: [user(1)] });
    ctx.simulator.org.addSchedule("5c4ed01e-3b7a-4f0e-9d51-6a2f8c1b7e90", [{ members: [user(2)] }]);
    expect(programs).to.have.length.above(5);
    for (const program of programs) {
      write(program);
      expect(await ctx.stack.preview(), program).to.include("to create");
    }
  });

  it("show commands that run", async () => {
    const { org } = ctx.simulator;
    org.addTeam({ id: user(90), handle: "sre", members: [] });
    org.addSchedule("5c4ed01e-3b7a-4f0e-9d51-6a2f8c1b7e90", []);
    for (const name of ["prod", "staging"]) await ctx.stack.succeeds("stack", "init", name);
    const commands = shellCommands("npx pulumi-datadog-seats");
    expect(commands.map(([command]) => command)).to.include.members([
      "doctor",
      "export",
      "list",
      "report",
    ]);
    const { environment, folder } = ctx.stack;
    for (const command of commands) {
      const { code, stderr } = await datadogSeats(command, { environment, folder });
      // Nobody holds a seat: no finding ends with 3, but --fail-on does. That the simulator is no site of Datadog's is fine.
      const expected = command.includes("--fail-on") ? 3 : 0;
      expect(code, `${command.join(" ")}: ${stderr}`).to.equal(expected);
    }
  });
});
