import { expect } from "chai";
import { configurationFor } from "../support/connection";
import { onEachEntryPoint } from "../support/entryPoints";
import { user } from "../support/ids";
import { keyForms } from "../support/keyForms";
import { ProviderProcess } from "../support/providerProcess";
import { rejection } from "../support/rejection";
import { assertNoKeys, shownKeys } from "../support/secrecy";
import { stackHarness } from "../support/stackHarness";

// Every stack and provider process of every test is looked through for its keys: see `secrecy` in test/support.
// These keys have characters that a URL and base64 change.
const keys = { apiKey: "0123456789abcdef-api/key+", appKey: "fedcba9876543210-app/key+" };
const alice = { name: "alice", productCode: "on_call", userId: user(1) };
const quietly = ["--yes", "--skip-preview"];

onEachEntryPoint("credentials: rotated without trouble, and shown nowhere", (entryPoint) => {
  const ctx = stackHarness({ keys, entryPoint });

  beforeEach(() => ctx.stack.declare(alice));

  const HINT = "stored at its last `pulumi up`";

  it("keys of the environment serve every command from the moment they are rotated", async () => {
    await ctx.stack.up();
    ctx.simulator.keys.apiKey = "rotated";
    for (const command of ["refresh", "destroy"]) {
      expect(await ctx.stack.fails(command, ...quietly))
        .to.include("responded with 403")
        .and.not.include(HINT);
    }
    ctx.stack.environment.DD_API_KEY = "rotated";
    await ctx.stack.preview("--refresh", "--expect-no-changes");
    await ctx.stack.refresh();
    await ctx.stack.up();
    await ctx.stack.destroy();
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([]);
  });

  it("keys of the configuration are respected by up, and with --run-program by whatever refreshes or destroys", async () => {
    await ctx.stack.moveKeysToConfiguration();
    await ctx.stack.up();
    ctx.simulator.keys.apiKey = "rotated";
    await ctx.stack.configure();
    await ctx.stack.refresh("--run-program");
    await ctx.stack.up("--refresh", "--run-program");
    await ctx.stack.refresh();

    ctx.simulator.keys.apiKey = "rotated-again";
    await ctx.stack.configure();
    await ctx.stack.destroy("--run-program");
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([]);
  });

  it("the hint at stored keys appears with what may have used them, and only there", async () => {
    await ctx.stack.moveKeysToConfiguration();
    await ctx.stack.up();
    ctx.simulator.keys.apiKey = "rotated";
    for (const command of [["refresh"], ["destroy"], ["up", "--refresh"]]) {
      expect(await ctx.stack.fails(...command, ...quietly)).to.include(HINT);
    }
    await ctx.stack.declare({ ...alice, productCode: "incident_response" });
    expect(await ctx.stack.fails("up", ...quietly))
      .to.include("responded with 403")
      .and.not.include(HINT);
  });

  it("no key shows in a preview, an up, a failure or the state, which holds them encrypted", async () => {
    await ctx.stack.moveKeysToConfiguration();
    const outputs = [await ctx.stack.preview("--diff"), await ctx.stack.up("--debug")];
    ctx.simulator.keys.appKey = "rotated";
    outputs.push(await ctx.stack.fails("refresh", ...quietly));
    outputs.push(ctx.stack.stateText());
    expect(outputs.flatMap((output) => shownKeys(output, keys))).to.deep.equal([]);
    expect(outputs.at(-1)).to.include('"ciphertext"');
  });

  it("no key shows that Datadog's response echoes, in whichever form", async () => {
    const echoes = Object.values(keys).flatMap(keyForms);
    const provider = await ProviderProcess.start(configurationFor(ctx.simulator), { entryPoint });
    try {
      for (const [n, echo] of echoes.entries()) {
        ctx.simulator.faults.add({ status: 400, body: { errors: [`wrong key ${echo}`] } });
        const { message } = await rejection(
          provider.create({ ...alice, productCode: `product-${n}` }),
        );
        expect(message).to.include("[redacted]");
        assertNoKeys("the error", message, keys);
      }
    } finally {
      await provider.stop();
    }
  });

  it("no key of the environment shows in Pulumi's own log at its most talkative", async () => {
    const log = await ctx.stack.up("-v=11", "--logtostderr");
    expect(log.length).to.be.greaterThan(10_000);
    expect(shownKeys(log, keys)).to.deep.equal([]);
  });
});
