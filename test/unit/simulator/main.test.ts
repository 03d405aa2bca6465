import { writeFileSync } from "node:fs";
import { join } from "node:path";
import axios from "axios";
import { expect } from "chai";
import { user } from "../../support/ids";
import { Script } from "../../support/script";
import { temporaryFolder } from "../../support/workFolder";

describe("npm run simulator", () => {
  const folder = temporaryFolder();
  const fixture = (content: unknown) => {
    const file = join(folder(), "fixture.json");
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  };

  it("serves a fixture, and says how to reach it", async () => {
    const file = fixture({
      keys: { apiKey: "a", appKey: "b" },
      users: [{ id: user(1), email: "alice@example.com", name: "Alice" }],
      products: { on_call: { capacity: 1, holders: [user(1)] } },
      behaviour: { errorShape: "documented" },
    });
    const simulator = new Script("simulator/src/main.ts", ["--port", "0", "--fixture", file]);
    await simulator.until("DD_APP_KEY=b");
    const [, url] = /DD_HOST=(\S+)/.exec(simulator.output) ?? [];
    const path = `${url}/api/v2/seats/users`;
    const request = {
      headers: { "dd-api-key": "a", "dd-application-key": "b" },
      validateStatus: null,
      proxy: false as const,
    };

    const listed = await axios.get(`${path}?product_code=on_call`, request);
    expect(listed.data.data[0]).to.deep.include({ id: user(1), type: "seat-users" });
    expect(listed.data.data[0].attributes).to.include({
      email: "alice@example.com",
      name: "Alice",
    });

    const attributes = { product_code: "on_call", user_uuids: [user(2)] };
    const body = { data: { type: "seat-assignments", attributes } };
    const refused = await axios.post(path, body, request);
    expect(refused.status).to.equal(400);
    expect(refused.data).to.deep.equal({ errors: [`user ${user(2)} not found`] });
    await simulator.until(`POST /api/v2/seats/users ${user(2)} → 400`);
    simulator.interrupt();
    await simulator.ended();
  });

  it("helps with every option and every part of a fixture", async () => {
    const simulator = new Script("simulator/src/main.ts", ["--help"]);
    expect(await simulator.ended()).to.equal(0);
    for (const name of ["--port", "--fixture", "keys", "users", "products", "behaviour"]) {
      expect(simulator.output).to.match(new RegExp(`^ +${name} `, "m"));
    }
  });

  it("names what is wrong with a port", async () => {
    const simulator = new Script("simulator/src/main.ts", ["--port", "http"]);
    expect(await simulator.ended()).to.equal(1);
    expect(simulator.output.trim()).to.equal(
      "--port is http. Expected a port from 0 (any free one) to 65535.",
    );
  });
});
