import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { fill, readFixture } from "../../../simulator/src";
import { Org } from "../../../simulator/src/org";
import { user } from "../../support/ids";
import { temporaryFolder } from "../../support/workFolder";

describe("readFixture", () => {
  const folder = temporaryFolder();
  const read = (content: unknown) => {
    const file = join(folder(), "fixture.json");
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return readFixture(file);
  };

  it("names the file and what is wrong with it", () => {
    expect(() => read("{")).to.throw(/fixture.json can't be read: /);
    expect(() => read("null")).to.throw(/fixture.json is not a JSON object\.$/);
    expect(() => read({ user: [] })).to.throw(
      /has "user"; expected keys, users, products, behaviour\.$/,
    );
    expect(() => read({ keys: { app: "b" } })).to.throw(
      /has "app" among the keys; expected apiKey, appKey, token, permissions, scopes\.$/,
    );
    expect(() => read({ users: [{ id: user(1) }] })).to.throw(/without `id` or `email`/);
    expect(() => read({ users: [{ id: user(1), email: "a@b", disabled: true }] })).to.throw(
      /has "disabled" in the user a@b; expected id, email, name, status, serviceAccount\.$/,
    );
  });
});

describe("fill", () => {
  it("adds users, products with their capacity, and holders, with ids in lower case", () => {
    const org = new Org();
    const id = "ABCDEF00-0000-4000-8000-000000000001";
    fill(org, {
      users: [{ id, email: "alice@example.com", name: "Alice" }],
      products: { on_call: { capacity: 1, holders: [id] }, incident_response: {} },
    });
    expect(org.users.get(id.toLowerCase())?.email).to.equal("alice@example.com");
    expect(org.holders("on_call")).to.deep.equal([id.toLowerCase()]);
    expect(org.product("on_call").capacity).to.equal(1);
    expect([...org.products.keys()]).to.deep.equal(["on_call", "incident_response"]);
  });
});
