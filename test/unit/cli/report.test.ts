import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Report } from "../../../provider/src/cli/reportText";
import { Simulator } from "../../../simulator/src";
import { user, users } from "../../support/ids";
import { rejection } from "../../support/rejection";
import { reportHere } from "../../support/reportHere";
import { dynamic, resource, stateOf } from "../../support/states";
import { temporaryFolder } from "../../support/workFolder";

const [primary, secondary, policy, sre] = [user(91), user(92), user(93), user(94)];
const person = (n: number) => `person-${String(n).padStart(2, "0")}@example.com`;
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

describe("report, of people", () => {
  const folder = temporaryFolder();
  let simulator: Simulator;

  /** A state owns the first seat, so that the others are what is found. */
  async function report(options: string) {
    const file = join(folder(), "state.json");
    writeFileSync(file, stateOf(resource("p", "s", "one", dynamic, `on_call/${user(1)}`)));
    return reportHere(simulator, `--state ${file} ${options}`);
  }
  async function json(options: string): Promise<Report & { stderr: string; code: number | null }> {
    const { code, stdout, stderr } = await report(`${options} --json`);
    return { ...JSON.parse(stdout), code, stderr };
  }
  /** Who has a finding, by number, with the product. */
  const whoIs = ({ seats }: Report, finding: string) =>
    seats
      .filter(({ findings }) => findings.some((one) => one === finding))
      .map(({ productCode, userId }) => `${productCode} ${Number(userId.slice(-12))}`);

  beforeEach(async () => {
    simulator = await Simulator.start();
    const { org } = simulator;
    for (const [index, id] of users(30).entries()) org.addUser(id, { email: person(index + 1) });
    for (const id of users(26)) org.claim("on_call", id);
    org.addSchedule(primary, [{ members: [user(1), user(2), user(27)] }, { members: [user(28)] }]);
    org.addSchedule(secondary, [
      { members: [user(3), user(27), null] },
      { members: [user(30)], endDate: "2026-01-02T03:04:05Z" },
    ]);
    org.addPolicy(policy, [
      [
        { type: "users", id: user(29) },
        { type: "schedules", id: secondary },
      ],
    ]);
    org.addTeam({ id: sre, handle: "sre", members: [user(30)] });
    org.routingRules.set(sre, [{ policy }]);
  });
  afterEach(() => simulator.stop());

  it("agrees with a count by hand of two schedules and a policy on who needs a seat and holds none", async () => {
    // Of 30 people, 4 hold no seat: 27 is on both schedules, 28 on the first, 29 in the policy, and 30 no more.
    const { code, stdout, stderr } = await report(
      `-p on_call --needed-by schedule:${primary},schedule:${secondary} policy:${policy} --only seatless`,
    );
    const [, ...rows] = stdout.trimEnd().split("\n");
    const why = [
      `schedule:${primary}, schedule:${secondary}, policy:${policy}`,
      `schedule:${primary}`,
      `policy:${policy}`,
    ];
    expect(rows.map((row) => row.split(/ {2,}/))).to.deep.equal(
      why.map((words, n) => ["seatless", "on_call", person(27 + n), words, user(27 + n)]),
    );
    expect(code).to.equal(3);
    expect(stderr).to.equal(
      "on_call: 26 held (25 unmanaged), 1 owned (0 twice, 0 missing), 3 seatless.\n" +
        "Findings: 3 seatless.\n",
    );
    // Nobody has to be listed for it.
    expect(simulator.requests.map(({ url }) => url).join()).to.not.include("/api/v2/users");
  });

  it("counts a need for each product, and names whoever a resource owns a seat of in vain", async () => {
    simulator.org.unassign("on_call", user(1));
    simulator.org.claim("incident_response", user(1));
    simulator.org.addUser(user(29), { email: person(29), status: "Disabled" });
    const found = await json(
      `-p on_call incident_response --needed-by team:sre,schedule:${primary}`,
    );
    const ofOnCall = [1, 27, 28].map((n) => `on_call ${n}`);
    const ofOther = [2, 3, 27, 28].map((n) => `incident_response ${n}`);
    expect(whoIs(found, "seatless")).to.deep.equal([...ofOnCall, ...ofOther]);
    expect(found.products.map(({ seatless }) => seatless)).to.deep.equal([3, 4]);
    expect(found.seats.find(({ userId }) => userId === user(1))).to.deep.include({
      email: person(1),
      held: false,
      findings: ["missing", "seatless"],
      neededBy: [`schedule:${primary}`],
    });
    // Whoever holds a seat is told apart, and whoever is disabled can't be paged anyway.
    expect(found.seats.find(({ userId }) => userId === user(3))).to.deep.include({
      held: true,
      findings: ["unmanaged"],
      neededBy: ["team:sre"],
    });
    expect(found.stderr).to.equal(
      `Left out of the members of these schedules, escalation policies and teams: ${person(29)} (disabled).\n`,
    );
    expect(found.code).to.equal(0);
  });

  it("says so when nobody is paged", async () => {
    simulator.org.routingRules.delete(sre);
    const { code, stderr } = await json("-p on_call --needed-by team:sre --fail-on seatless");
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "Nobody is paged by team:sre.\n" });
  });

  it("finds who is disabled by a listing of those alone, and who is inactive by one of all", async () => {
    const lastLoginAt = daysAgo(91);
    simulator.org.addUser(user(1), { email: person(1), status: "Disabled" });
    simulator.org.claim("on_call", user(1), new Date(lastLoginAt));
    simulator.org.addUser(user(2), { email: person(2), lastLoginAt });
    simulator.org.addUser(user(27), { email: person(27), status: "Disabled" });
    const listings = () =>
      simulator.requests.flatMap(({ url }) => {
        const { pathname, searchParams } = new URL(url, simulator.url);
        return pathname === "/api/v2/users" ? [searchParams.get("filter[status]")] : [];
      });

    const left = await json("-p on_call --people --only disabled");
    expect(whoIs(left, "disabled")).to.deep.equal(["on_call 1"]);
    expect(left.products[0])
      .to.include({ disabled: 1 })
      .and.not.have.any.keys("inactive", "seatless");
    expect({ code: left.code, stderr: left.stderr }).to.deep.equal({
      code: 3,
      stderr: "Findings: 1 disabled.\n",
    });
    expect(listings()).to.deep.equal(["Disabled"]);

    const inactive = await report("-p on_call --inactive-days 90 --markdown --fail-on inactive");
    expect(inactive.code).to.equal(3);
    expect(inactive.stdout)
      .to.include("| held | unmanaged | owned | twice | missing | disabled | inactive |\n")
      .and.include("| `on_call` | 26 | 25 | 1 | 0 | 0 | 1 | 2 |\n")
      .and.include(`| disabled, inactive (never logged in) | \`on_call\` | \`${person(1)}\` |`)
      .and.include(
        `| unmanaged, inactive (last login ${lastLoginAt.slice(0, 10)}) | \`on_call\` |`,
      );
    expect(listings()).to.deep.equal(["Disabled", null]);
  });

  it("refuses a finding that nothing looks for, and names the option that does", async () => {
    for (const [options, message] of [
      ["--fail-on inactive", "option '--fail-on inactive' needs '--inactive-days <days>'"],
      ["--people --only inactive", "option '--only inactive' needs '--inactive-days <days>'"],
      ["--only missing,disabled", "option '--only disabled' needs '--people'"],
      ["--people --fail-on seatless", "option '--fail-on seatless' needs '--needed-by <what...>'"],
      ["--inactive-days 0", "Expected a number of days, such as 90."],
      ["--needed-by sre", "Expected schedule:ID, policy:ID or team:HANDLE."],
      ["--needed-by team:sre,", "Expected schedule:ID, policy:ID or team:HANDLE."],
      ["--needed-by policy:1", 'Of "policy:1": expected the UUID of an escalation policy,'],
    ] as const) {
      const { message: said } = await rejection(report(`-p on_call ${options}`));
      expect(said, options).to.include(message);
    }
    expect(simulator.count()).to.equal(0);
  });

  it("reports the rest when Datadog doesn't tell, and says what is unknown and which permission is missing", async () => {
    const needs = `--needed-by schedule:${primary},schedule:${secondary},team:sre`;
    simulator.behaviour.listingNeedsUserAccess = false;
    simulator.keys.permissions = ["billing_read"];
    const failed = await json(
      `-p on_call --inactive-days 90 ${needs} --fail-on seatless,unmanaged`,
    );
    expect(failed.code).to.equal(1);
    expect(failed.products).to.deep.equal([
      { productCode: "on_call", held: 26, unmanaged: 25, owned: 1, twice: 0, missing: 0 },
    ]);
    const reasons = [
      /^Who is disabled or inactive is unknown: Could not list users: .* user_access_read\./,
      new RegExp(`^Whom schedule:${primary} pages is unknown: Could not .* on_call_read\\.`),
      new RegExp(
        `^Whom schedule:${secondary} pages is unknown: .*another error of this run says why`,
      ),
      /^Whom team:sre pages is unknown: Could not find the team "sre": .* teams_read\./,
    ];
    expect(failed.undetermined).to.have.length(reasons.length);
    for (const [index, reason] of reasons.entries()) {
      expect(failed.undetermined[index]).to.match(reason);
    }
    expect(failed.stderr).to.equal(
      `Findings: 25 unmanaged.\n${failed.undetermined.map((reason) => `error: ${reason}\n`).join("")}`,
    );
  });

  it("reports whom the others page when one has access rules of its own", async () => {
    simulator.org.restricted.add(primary);
    const { code, stdout } = await report(
      `-p on_call --needed-by schedule:${primary} schedule:${secondary} --markdown`,
    );
    expect(code).to.equal(1);
    expect(stdout)
      .to.include(`| seatless (\`schedule:${secondary}\`) | \`on_call\` | \`${person(27)}\` |`)
      .and.include("| seatless |\n")
      .and.include(
        `**Incomplete**: not everything about people could be told.\n\n- \`Whom schedule:${primary} pages is unknown: `,
      );
  });

  it("reports everything else before it fails because the page can't be written", async () => {
    const page = join(folder(), "missing", "seats.html");
    const error = await rejection(report(`-p on_call --html ${page} --fail-on unmanaged`));
    expect(error.message).to.match(/^Could not write the page: ENOENT: .*seats\.html'\.$/);
    expect(error).to.have.property("stderr").that.includes("Findings: 25 unmanaged.\n");
  });

  it("fails under --fail-on for a product that nobody holds and no state owns", async () => {
    const asked = "No state that was read owns an oncall seat either: is the product code right?";
    const missing = await report("-p on_call oncall --only missing");
    expect(missing.code).to.equal(0);
    expect(missing.stderr).to.include(`${asked}\n`);
    const failing = await report("-p on_call oncall --fail-on missing");
    expect(failing.code).to.equal(3);
    expect(failing.stderr).to.include(
      `${asked} With --fail-on this is a failure: a code with a typo would never have a finding.\n`,
    );
  });
});
