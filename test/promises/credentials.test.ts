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
const keys = {
  apiKey: "0123456789abcdef-api/key+",
  appKey: "fedcba9876543210-app/key+",
  token: "ddpat_0a1b2c3d4e5f-token/+",
};
const alice = { name: "alice", productCode: "on_call", userId: user(1) };
const quietly = ["--yes", "--skip-preview"];

onEachEntryPoint("credentials: rotated without trouble, and shown nowhere", (entryPoint) => {
  const ctx = stackHarness({ keys, entryPoint });

  beforeEach(() => ctx.stack.declare(alice));

  const HINT = "stored at its last `pulumi up`";

  it("keys of the environment serve every command from the moment they are rotated, and show not even in Pulumi's log at its most talkative", async () => {
    ctx.stack.environment.DD_BEARER_TOKEN = keys.token;
    const log = await ctx.stack.up("-v=11", "--logtostderr");
    delete ctx.stack.environment.DD_BEARER_TOKEN;
    expect(log.length).to.be.greaterThan(10_000);
    expect(shownKeys(log, keys)).to.deep.equal([]);

    ctx.simulator.keys.apiKey = "rotated";
    for (const command of ["refresh", "destroy"]) {
      expect(await ctx.stack.fails(command, ...quietly))
        .to.include("responded with 403")
        .and.not.include(HINT);
    }
    ctx.stack.environment.DD_API_KEY = "rotated";
    await ctx.stack.up("--refresh");
    await ctx.stack.destroy();
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([]);
  });

  it("keys of the configuration are encrypted, named as stored ones where those were refused, and new ones respected by up and with --run-program", async () => {
    await ctx.stack.moveKeysToConfiguration();
    const outputs = [await ctx.stack.preview("--diff"), await ctx.stack.up("--debug")];
    expect(ctx.stack.stateText()).to.include('"ciphertext"');

    ctx.simulator.keys.apiKey = "rotated";
    for (const command of [["refresh"], ["destroy"], ["up", "--refresh"]]) {
      const output = await ctx.stack.fails(...command, ...quietly);
      expect(output).to.include(HINT);
      outputs.push(output);
    }
    await ctx.stack.declare({ ...alice, productCode: "incident_response" });
    expect(await ctx.stack.fails("up", ...quietly))
      .to.include("responded with 403")
      .and.not.include(HINT);
    for (const text of [...outputs, ctx.stack.stateText()]) {
      expect(shownKeys(text, keys)).to.deep.equal([]);
    }

    await ctx.stack.declare(alice);
    await ctx.stack.configure();
    await ctx.stack.up("--refresh", "--run-program");
    // The state holds the new ones from then on.
    await ctx.stack.refresh();
    ctx.simulator.keys.apiKey = "rotated-again";
    await ctx.stack.setSecrets({ "datadog:bearerToken": keys.token });
    await ctx.stack.destroy("--run-program");
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([]);
  });

  it("no key shows that Datadog's response echoes, in whichever form", async () => {
    const echoes = Object.values(keys).flatMap(keyForms);
    const config = { ...configurationFor(ctx.simulator), "datadog:bearerToken": keys.token };
    const provider = await ProviderProcess.start(config, { entryPoint });
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
});
