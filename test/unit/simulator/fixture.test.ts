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
      /has "user"; expected keys, users, products, teams, schedules, escalationPolicies, behaviour\.$/,
    );
    expect(() => read({ keys: { app: "b" } })).to.throw(
      /has "app" among the keys; expected apiKey, appKey, token, permissions, scopes\.$/,
    );
    expect(() => read({ users: [{ id: user(1) }] })).to.throw(/without `id` or `email`/);
    expect(() => read({ teams: [{ id: user(1), handle: "sre" }] })).to.throw(
      /has a team without `id`, `handle` or `members`/,
    );
    expect(() => read({ schedules: [{ id: user(1), members: [] }] })).to.throw(
      /has a schedule without `id` or `layers`/,
    );
    expect(() => read({ escalationPolicies: [{ id: user(1), steps: [], x: 1 }] })).to.throw(
      /has "x" in the policy .*; expected id, steps\.$/,
    );
    expect(() => read({ users: [{ id: user(1), email: "a@b", disabled: true }] })).to.throw(
      /has "disabled" in the user a@b; expected id, email, name, status, serviceAccount, createdAt, lastLoginAt\.$/,
    );
  });
});

describe("fill", () => {
  it("adds teams with what their routing rules lead to, schedules and policies", () => {
    const org = new Org();
    const members = [user(1)];
    const steps = [[{ type: "users" as const, id: user(1) }]];
    fill(org, {
      teams: [{ id: user(91), handle: "sre", members, policies: [user(93)] }],
      schedules: [{ id: user(92), layers: [{ members }] }],
      escalationPolicies: [{ id: user(93), steps }],
    });
    expect(org.teams.get(user(91))).to.deep.include({ handle: "sre", members });
    expect(org.routingRules.get(user(91))).to.deep.equal([{ policy: user(93) }]);
    expect(org.schedules.get(user(92))?.layers).to.deep.equal([{ members }]);
    expect(org.policies.get(user(93))?.steps).to.deep.equal(steps);
  });

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
