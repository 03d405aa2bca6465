// A process of the native plugin that was started by hand, and the engines that attach to it.
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { promisify } from "node:util";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { DeleteRequest } from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { attachedPluginHarness } from "../support/attachedPlugin";
import { configurationFor } from "../support/connection";
import { EngineStub } from "../support/engineStub";
import { PLUGIN } from "../support/entryPoints";
import { user } from "../support/ids";
import type { ProviderProcess } from "../support/providerProcess";
import { rejection } from "../support/rejection";

const seat = (n: number) => ({ productCode: "on_call", userId: user(n) });

const run = process.env.SEATS_PROVIDER === "inline" ? describe.skip : describe;

run("a native plugin that engines attach to", () => {
  const ctx = attachedPluginHarness();
  const holders = () => ctx.simulator.org.holders("on_call");
  const written = () =>
    ctx.simulator.requests
      .filter(({ method }) => method !== "GET")
      .map(({ method, userIds }) => [method, ...userIds]);

  it("tells what to set, and ends on Ctrl-C", async () => {
    expect(ctx.plugin.firstLine).to.match(/^PULUMI_DEBUG_PROVIDERS=datadog-seats:\d+$/);
    ctx.plugin.kill("SIGINT");
    expect(await ctx.plugin.ended).to.deep.equal([null, "SIGINT"]);
  });

  it("lists once for all engines with the same settings, and lets each see what the others write", async () => {
    const [one, other] = [await ctx.engine(), await ctx.engine()];
    const created = await one.create(seat(1));
    expect((await other.create(seat(1))).outputs).to.include({ adopted: true });
    await other.create(seat(2));
    await other.delete(created.id, seat(1));
    const details = { assignedAt: "2026-01-02T03:04:05.000Z" };
    expect((await one.read(created.id, { ...seat(1), ...details })).id).to.equal("");
    expect(ctx.simulator.count("GET")).to.equal(1);
    expect(holders()).to.deep.equal([user(2)]);
  });

  it("keeps a seat that one program declares from that program's own removals only", async () => {
    const [one, other] = [await ctx.engine(), await ctx.engine()];
    await one.check(seat(1));
    const { id } = await one.create(seat(1));
    await one.delete(id, seat(1));
    expect(holders()).to.deep.equal([user(1)]);
    // As with a process for each: a seat that two stacks declare has two owners.
    await other.delete(id, seat(1));
    expect(holders()).to.deep.equal([]);
  });

  it("keeps a seat that another provider of the same run declares, and none for a run that has ended", async () => {
    const engine = await EngineStub.start();
    const first = await ctx.engine(undefined, engine);
    const { id } = await first.create(seat(1));
    await first.check(seat(1));
    const other = await ctx.engine(undefined, engine);
    await other.delete(id, seat(1));
    expect(holders()).to.deep.equal([user(1)]);
    first.disconnect();
    // The plugin notices the end of a connection when the operating system tells.
    while (holders().length > 0) {
      const later = await ctx.engine(undefined, engine);
      await later.delete(id, seat(1));
    }
  });

  it("takes each engine to the org of its own provider", async () => {
    const second = await Simulator.start({ keys: { apiKey: "key-2", appKey: "app-2" } });
    try {
      second.org.addUser(user(2));
      second.org.product("on_call");
      const [one, other] = [await ctx.engine(), await ctx.engine(configurationFor(second))];
      await Promise.all([one.create(seat(1)), other.create(seat(2))]);
      expect([holders(), second.org.holders("on_call")]).to.deep.equal([[user(1)], [user(2)]]);
      const withoutKeys = await ctx.engine({ "datadog:apiUrl": ctx.simulator.url });
      const { message } = await rejection(withoutKeys.create(seat(3)));
      expect(message).to.include("There is no Datadog API key.");
    } finally {
      await second.stop();
    }
  });

  /** Creates a seat that has to wait for the rate limit, and makes something happen to its engine meanwhile. */
  async function whileLimited(engine: ProviderProcess, happens: () => Promise<void>) {
    const headers = { "x-ratelimit-reset": "1" };
    ctx.simulator.faults.add({ method: "POST", status: 429, headers });
    const happened = new Promise<void>((resolve) => {
      ctx.simulator.onRequest = ({ status }) => status === 429 && resolve(happens());
    });
    const error = rejection(engine.create(seat(1)));
    await happened;
    return error;
  }

  it("sends no write that waits when one run is cancelled, and goes on with the others", async () => {
    const [one, other] = [await ctx.engine(), await ctx.engine()];
    const { message } = await whileLimited(one, () => one.cancel());
    expect(message).to.include("the run was cancelled before this was sent. Run the command again");
    await other.create(seat(2));
    expect(written()).to.deep.equal([
      ["POST", user(1)],
      ["POST", user(2)],
    ]);
    expect(holders()).to.deep.equal([user(2)]);
  });

  it("sends no write that waits when one engine is killed, and goes on with the others", async () => {
    const [one, other] = [await ctx.engine(), await ctx.engine()];
    await whileLimited(one, () => one.loseEngine());
    const { message } = await rejection(one.create(seat(3)));
    expect(message).to.include(
      "belongs to no run: its engine has not attached, can't be reached from the plugin",
    );
    await other.create(seat(2));
    expect(written()).to.deep.equal([
      ["POST", user(1)],
      ["POST", user(2)],
    ]);
  });

  it("serves a later run from no listing of an earlier one, nor by what that one has written", async () => {
    const first = await ctx.engine();
    const { id, outputs } = await first.create(seat(1));
    await first.loseEngine();
    await rejection(untilRejected(() => first.diff(id, outputs, seat(1))));
    ctx.simulator.org.unassign("on_call", user(1));
    const second = await ctx.engine();
    expect((await second.read(id, outputs)).id).to.equal("");
  });

  it("answers nobody who has not attached but with what to do", async () => {
    const client = new ResourceProviderClient(
      `127.0.0.1:${ctx.port}`,
      credentials.createInsecure(),
    );
    const call = promisify(client.delete.bind(client) as never) as (r: unknown) => Promise<unknown>;
    const { message } = await rejection(call(new DeleteRequest()));
    client.close();
    expect(message).to.include("Run the command again, on the machine of the plugin.");
  });
});

run("a native plugin that engines attach to, with keys in its environment", () => {
  const ctx = attachedPluginHarness({ keysInEnvironment: true });

  it("gives them to providers that have none", async () => {
    await (await ctx.engine({})).create(seat(1));
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([user(1)]);
  });
});

run("a native plugin whose engine can't be reached", () => {
  it("says so, and ends", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.close();
    await once(server, "close");
    const { status, stderr } = spawnSync(process.execPath, [PLUGIN, address], { encoding: "utf8" });
    expect(status).to.equal(1);
    expect(stderr).to.include(`nobody listens on ${address}, where Pulumi's engine was to be`);
  });
});

async function untilRejected(work: () => Promise<unknown>): Promise<never> {
  for (;;) await work();
}
