import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user } from "../support/ids";
import { providerHarness } from "../support/providerHarness";
import { ProviderProcess } from "../support/providerProcess";
import { rejection } from "../support/rejection";

const seat = (n: number) => ({ productCode: "on_call", userId: user(n) });
const id = (n: number) => `on_call/${user(n)}`;

onEachEntryPoint("a provider process", (entryPoint) => {
  const ctx = providerHarness("SeatAssignment", 10, entryPoint);

  it("ends without another write when the engine is gone while it waits for the rate limit", async () => {
    ctx.simulator.faults.add({
      method: "POST",
      status: 429,
      headers: { "x-ratelimit-reset": "1" },
    });
    // Before the response leaves, so that the process finds the engine gone whenever it looks.
    const ended = new Promise<void>((resolve) => {
      ctx.simulator.onRequest = ({ status }) =>
        status === 429 && resolve(ctx.provider.loseEngine());
    });
    const creation = rejection(ctx.provider.create(seat(1)));
    await ended;
    await creation;
    expect(ctx.simulator.count("POST")).to.equal(1);
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([]);
  });

  it("with a configuration that is missing or wrong fails the first request with a remedy, and is short from then on", async () => {
    await ctx.restart({ "datadog:appKey": undefined });
    const setting = entryPoint === "plugin" ? "datadog-seats:appKey" : "datadog:appKey";
    const [first, second] = [
      await rejection(ctx.provider.create(seat(1))),
      await rejection(ctx.provider.create(seat(2))),
    ];
    expect(first.message).to.equal(
      `There is no Datadog application key. Set it with \`pulumi config set --secret ${setting}\` or in the environment as DD_APP_KEY.`,
    );
    expect(second.message).to.equal(
      "The configuration can't work: another error of this run says why.",
    );
    expect(await ctx.provider.outputAtEnd()).to.not.match(/\n\s+at /);
  });

  it("takes an access token in place of the keys, and shows no form of it", async () => {
    const keys = { "datadog:apiKey": undefined, "datadog:appKey": undefined };
    const token = { "datadog:bearerToken": ctx.simulator.keys.token };
    await ctx.restart({ ...keys, ...token });
    await ctx.provider.create(seat(1));
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([user(1)]);

    ctx.simulator.keys.scopes = ["on_call_read"];
    await ctx.restart({ ...keys, ...token });
    const { message } = await rejection(ctx.provider.read(id(1), seat(1)));
    const doctor =
      entryPoint === "plugin" ? "pulumi-resource-datadog-seats" : "npx pulumi-datadog-seats";
    expect(message)
      .to.match(
        /the access token is right.* its scopes and its owner have one of these permissions/,
      )
      .and.include(`\`${doctor} doctor --config-stack STACK\``);
  });

  it("with keys that are refused names the stored ones only when the program didn't run", async () => {
    ctx.simulator.keys.apiKey = "rotated";
    const stored = await rejection(ctx.provider.read(id(1), seat(1)));
    expect(stored.message)
      .to.include("stored at its last `pulumi up`")
      .and.include("--run-program");

    await ctx.restart({});
    await ctx.provider.check(seat(1));
    const fresh = await rejection(ctx.provider.create(seat(1)));
    expect(fresh.message).to.match(/responded with 403.* tells which of these is wrong\.$/);
    expect(await ctx.provider.outputAtEnd()).to.not.match(/\n\s+at /);
  });
});

describe("a provider process, as a dynamic provider", () => {
  const ctx = providerHarness("SeatAssignment", 10, "dynamic");

  it("with a stored datadog:site sends nothing, and tells how a refresh or a destroy gets rid of it", async () => {
    await ctx.restart({ "datadog:site": "datadoghq.eu" });
    const { message } = await rejection(ctx.provider.read(id(1), seat(1)));
    expect(message)
      .to.include("`pulumi config set datadogSeats:site datadoghq.eu`")
      .and.include("--run-program");
    expect(ctx.simulator.count()).to.equal(0);
  });

  it("names a plain apiKey, which is the project's, where the key is missing", async () => {
    // As Pulumi tells the process its project.
    const environment = { PULUMI_NODEJS_PROJECT: "test" };
    const provider = await ProviderProcess.start({ "test:apiKey": "any" }, { environment });
    const { message } = await rejection(provider.create(seat(1)));
    await provider.stop();
    expect(message).to.include("Nothing reads apiKey: `pulumi config rm apiKey` removes it.");
  });
});
