import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { LOADING_LATER } from "../support/cliEnvironment";
import { Script } from "../support/script";

const folder = join(__dirname, "..", "..", ".quickstart");

describe("npm start", () => {
  it("tells its story to the end, and leaves nothing behind", async () => {
    const environment = { ...process.env, DD_BEARER_TOKEN: "of the user's own shell" };
    const story = new Script("scripts/quickstart.ts", [], environment);
    expect(await story.ended(), story.output).to.equal(0);

    const steps = story.output.split("\n── ").map((step) => step.split("\n")[0]);
    expect(steps).to.have.lengthOf(8);
    const [begin, assigned, lost, repaired, swapped, destroyed] =
      story.output.split("At Datadog now:");
    expect(begin)
      .to.match(/^The Pulumi CLI is that of /m)
      .and.match(/^A simulated Datadog listens at http/m)
      .and.include("+ bob@example.com (will be assigned)");
    expect(assigned).to.include("alice@example.com").and.include("bob@example.com");
    expect(lost)
      .to.include("bob@example.com")
      .and.include("+ alice@example.com (will be assigned)");
    expect(lost?.split("$ pulumi")[0]).to.not.include("alice@example.com");
    expect(repaired)
      .to.include("alice@example.com")
      .and.match(/- +bob@example.com/)
      .and.match(/\+ +carol@example.com/);
    expect(swapped).to.include("carol@example.com").and.not.include("bob@example.com");
    expect(destroyed)
      .to.include("dave@example.com")
      .and.not.match(/alice|bob|carol/);
    expect(existsSync(folder)).to.equal(false);
  });

  it("with --keep leaves stack and simulator to play with until Ctrl-C", async () => {
    const environment = { ...process.env, ...LOADING_LATER };
    const story = new Script("scripts/quickstart.ts", ["--keep"], environment);
    await story.until("yours until Ctrl-C");
    const exports = readFileSync(join(folder, "env.sh"), "utf8").matchAll(/export (\w+)='(.*)'/g);
    const variables = Object.fromEntries([...exports].map(([, name, value]) => [name, value]));
    const pulumi = new Script("scripts/pulumi.ts", ["refresh", "--yes", "--skip-preview"], {
      ...environment,
      ...variables,
    });
    expect(await pulumi.ended(), pulumi.output).to.equal(0);
    expect(pulumi.output).to.include("2 unchanged");

    story.interrupt();
    expect(await story.ended(), story.output).to.equal(0);
    expect(existsSync(folder)).to.equal(false);
  });
});

describe("npm run pulumi", () => {
  it("runs the CLI, in any folder by -C, and ends as it does", async () => {
    const version = new Script("scripts/pulumi.ts", ["version"]);
    expect(await version.ended()).to.equal(0);
    expect(version.output.trim()).to.match(/^v3\./);

    const elsewhere = new Script("scripts/pulumi.ts", [
      "-C",
      "examples/seat-assignment",
      "preview",
      "-s",
      "none",
    ]);
    expect(await elsewhere.ended()).to.not.equal(0);
    expect(elsewhere.output).to.include("no stack named 'none' found");
  });
});
