import { expect } from "chai";
import { checkPermissions } from "../../../provider/src/cli/permissionChecks";
import type { Connection } from "../../../provider/src/config/connection";
import { apiHarness } from "../../support/apiHarness";
import { connectionTo } from "../../support/connection";

describe("checkPermissions", () => {
  const ctx = apiHarness();

  /** Every finding as "state what", and all explanations in one text. */
  async function checked(credentials?: Connection["credentials"]) {
    const findings: string[] = [];
    let text = "";
    const connection = connectionTo(ctx.simulator, credentials && { credentials });
    for await (const { state, what, explanation } of checkPermissions(connection, ["on_call"])) {
      findings.push(`${state} ${what}`);
      text += `${explanation}\n`;
    }
    for (const key of connection.secrets) expect(text).to.not.include(key);
    return { findings, text };
  }

  /** The findings of keys that don't permit to see users and teams. */
  const all = (key: string, see: string, change: string, onCall = "note") => [
    `${key} application key at Datadog`,
    `${see} permission to see seats`,
    `${change} permission to change seats`,
    "note permission to see users",
    "note permission to see teams",
    `${onCall} permission to see who is on call`,
  ];

  /** With a wrong application key nothing that needs one can be told; `state` is the key's own. */
  async function checkedWithWrongKey(state: string): Promise<string> {
    const { apiKey } = ctx.simulator.keys;
    const { findings, text } = await checked({ apiKey, appKey: "wrong" });
    expect(findings).to.deep.equal(all(state, "unknown", "unknown"));
    return text;
  }

  it("reports a wrong application key, whatever the permissions", async () => {
    expect(await checkedWithWrongKey("failed")).to.include("of another org than the API key");
  });

  it("does not treat a wrong application key as good when Datadog checks a request before the keys", async () => {
    ctx.simulator.faults.add({ method: "POST", status: 422 });
    expect(await checkedWithWrongKey("unknown")).to.include(
      "Organization Settings > Application Keys",
    );
  });

  it("reports a missing permission of each kind, and names those that are enough", async () => {
    const cases = [
      [
        ["billing_edit"],
        "failed",
        "ok",
        /to see seats: billing_read, incident_read, on_call_read; and user_access_read\./,
      ],
      [
        ["on_call_read"],
        "ok",
        "failed",
        /to change seats: billing_edit, incident_write, on_call_write\./,
      ],
      [[], "failed", "failed", /to see seats: billing_read.*\n.*to change seats: billing_edit/],
    ] as const;
    ctx.simulator.behaviour.listingNeedsUserAccess = false;
    for (const [permissions, see, change, advice] of cases) {
      ctx.simulator.keys.permissions = [...permissions];
      const { findings, text } = await checked();
      const onCall = permissions.some((one) => one === "on_call_read") ? "ok" : "note";
      expect(findings).to.deep.equal(all("ok", see, change, onCall));
      expect(text)
        .to.match(advice)
        .and.include("the application key needs user_access_read. getUserIds, `export")
        .and.include("the application key needs teams_read. getTeamMembers needs it,");
    }
  });

  it("names what a listing needs besides, and how to go on without one where writes are allowed", async () => {
    ctx.simulator.keys.permissions = ["on_call_read", "on_call_write"];
    const { findings, text } = await checked();
    expect(findings).to.deep.equal(all("ok", "failed", "ok", "ok"));
    expect(text)
      .to.include("on_call_read; and user_access_read.")
      .and.include("with datadogSeats:adoptionPages set to 0");
  });

  it("checks an access token by what it permits, and its scopes", async () => {
    const { token } = ctx.simulator.keys;
    expect((await checked({ token })).findings).to.deep.equal([
      "ok access token at Datadog",
      "ok permission to see seats",
      "ok permission to change seats",
      "ok permission to see users",
      "ok permission to see teams",
      "ok permission to see who is on call",
    ]);
    ctx.simulator.keys.scopes = ["billing_read", "user_access_read"];
    const { findings, text } = await checked({ token });
    expect(findings[2]).to.equal("failed permission to change seats");
    expect(text).to.include(
      "The owner of the access token needs one of these permissions to change",
    );
    expect((await checked({ token: "ddpat_wrong" })).text).to.include("it is mistyped, expired,");
    // A listing of users proves a token too, where Datadog can't be asked about it.
    ctx.simulator.keys.permissions = ["user_access_read"];
    ctx.simulator.faults.add({ method: "GET", status: 403 });
    expect((await checked({ token })).findings[0]).to.equal("ok access token at Datadog");
  });

  it("takes a listing that is allowed as proof of the application key when Datadog can't be asked about it", async () => {
    const cases = [
      [["billing_edit"], "unknown", "unknown", "unknown"],
      [["billing_read"], "ok", "ok", "failed"],
      [[], "unknown", "unknown", "unknown"],
    ] as const;
    ctx.simulator.behaviour.listingNeedsUserAccess = false;
    for (const [permissions, key, see, change] of cases) {
      ctx.simulator.keys.permissions = [...permissions];
      ctx.simulator.faults.add({ method: "GET", status: 404 });
      expect((await checked()).findings).to.deep.equal(all(key, see, change));
    }
  });

  it("leaves a permission open when the listing fails for another reason", async () => {
    ctx.simulator.faults.add({ method: "GET", status: 200, body: { status: "ok" } });
    ctx.simulator.faults.add({ method: "GET", status: 400, body: { errors: ["no such product"] } });
    const { findings, text } = await checked();
    expect(findings.slice(-5)).to.deep.equal([
      "unknown permission to see seats",
      "ok permission to change seats",
      "ok permission to see users",
      "ok permission to see teams",
      "ok permission to see who is on call",
    ]);
    expect(text).to.include("no such product");
  });
});
