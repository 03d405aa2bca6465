import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import type { SeatsApiError } from "../../../provider/src/api/errors";
import { validateApiKey, validateKeys } from "../../../provider/src/api/keys";
import { Simulator } from "../../../simulator/src";
import { connectionTo } from "../../support/connection";
import { rejection } from "../../support/rejection";

describe("validateApiKey and validateKeys", () => {
  let simulator: Simulator;
  const status = async (promise: Promise<void>) =>
    ((await rejection(promise)) as SeatsApiError).status;

  beforeEach(async () => {
    simulator = await Simulator.start({ keys: { permissions: [] } });
  });
  afterEach(() => simulator.stop());

  it("resolve for keys that the site knows, whatever they permit", async () => {
    await validateApiKey(connectionTo(simulator));
    await validateKeys(connectionTo(simulator));
  });

  it("tell which key is wrong, and name the site instead of permissions", async () => {
    const { apiKey, appKey } = simulator.keys;
    const wrongAppKey = connectionTo(simulator, { credentials: { apiKey, appKey: "wrong" } });
    await validateApiKey(wrongAppKey);
    expect(await status(validateKeys(wrongAppKey))).to.equal(403);
    const wrongApiKey = connectionTo(simulator, { credentials: { apiKey: "wrong", appKey } });
    expect(await status(validateApiKey(wrongApiKey))).to.equal(403);
    for (const refused of [validateKeys(wrongAppKey), validateApiKey(wrongApiKey)]) {
      const { message } = await rejection(refused);
      expect(message).to.include(
        "Check that the keys are right and belong to an org of 127.0.0.1:",
      );
      expect(message).to.not.include("permissions");
    }
  });

  it("fail for a server that responds with something else", async () => {
    simulator.faults.add({ status: 200, body: "<h1>Welcome</h1>", times: 2 });
    const { host } = new URL(simulator.url);
    expect((await rejection(validateApiKey(connectionTo(simulator)))).message).to.equal(
      `Could not validate the API key: ${host} responded, but not as Datadog's API does. Check that datadog:apiUrl is right.`,
    );
    expect((await rejection(validateKeys(connectionTo(simulator)))).message).to.include(
      "Could not validate the keys: ",
    );
    simulator.faults.add({ status: 200, body: "null" });
    expect((await rejection(validateKeys(connectionTo(simulator)))).message).to.include(
      "not as Datadog's API does",
    );
  });

  it("send the application key only where both keys are asked about, and a token alone", async () => {
    const seen: IncomingHttpHeaders[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers);
      response.end('{"valid":true,"status":"ok"}');
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const connection = connectionTo(simulator, { apiUrl });
    try {
      await validateApiKey(connection);
      await validateKeys(connection);
      await validateKeys({ ...connection, credentials: { token: "ddpat_1" } });
    } finally {
      server.close();
      server.closeAllConnections();
    }
    const { apiKey, appKey } = simulator.keys;
    const sent = (name: string) => seen.map((headers) => headers[name]);
    expect(sent("dd-api-key")).to.deep.equal([apiKey, apiKey, undefined]);
    expect(sent("dd-application-key")).to.deep.equal([undefined, appKey, undefined]);
    expect(sent("authorization")).to.deep.equal([undefined, undefined, "Bearer ddpat_1"]);
  });
});
