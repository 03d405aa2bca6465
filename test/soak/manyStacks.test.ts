// Twelve stacks of one org at the same time: a `pulumi` process each, under one rate limit, with users in common.
//
// A seat that two stacks declare has two owners: the one that comes second adopts it, and the one that is destroyed
// first unassigns it for both. The other one sees that in a refresh, and its next `up` assigns the seat again.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type LoggedRequest, Simulator } from "../../simulator/src";
import { users } from "../support/ids";
import { TestStack } from "../support/stack";
import { newWorkFolder } from "../support/workFolder";

const STACKS = 12;
const SEATS = 25;
/** Of a stack's seats, in common with the stack before it; as many are with the next. The last is before the first. */
const COMMON = 5;
const OWN = SEATS - COMMON;
const everybody = users(STACKS * OWN);
/** They hold seats of which no stack knows. */
const otherHolders = users(60, 1001);
const otherHoldersSince = new Date(0);

/** The most requests of a stack in one command, on the average, without those that the rate limit refused. */
const BUDGET = { GET: 15, POST: 50, DELETE: 50 };

// Plain JavaScript without the compiler, for it starts a dozen times at once.
const project = `
name: many
runtime: { name: nodejs, options: { typescript: false } }
`;
const program = `
const { getStack } = require("@pulumi/pulumi");
const { SeatAssignment } = require("pulumi-datadog-seats");
const { seats } = require(\`./declared.\${getStack()}.json\`);
for (const { name, ...seat } of seats) new SeatAssignment(name, seat);
`;

describe("twelve stacks of one org, side by side under one rate limit", () => {
  let simulator: Simulator;
  let folder: string;
  let report: string[];

  beforeEach(async () => {
    report = [];
    simulator = await Simulator.start({
      behaviour: {
        rateLimit: { limit: 20, periodSeconds: 1 },
        // A POST that succeeds is then one of free seats only, and a DELETE that does, one of held seats.
        assignHeld: 409,
        unassignAbsent: 404,
      },
    });
    for (const id of everybody) simulator.org.addUser(id);
    for (const id of otherHolders) simulator.org.claim("on_call", id, otherHoldersSince);
    folder = newWorkFolder("many-");
    writeFileSync(join(folder, "Pulumi.yaml"), project);
    writeFileSync(join(folder, "package.json"), "{}");
    writeFileSync(join(folder, "index.js"), program);
  });
  afterEach(async () => {
    for (const line of report) console.log(`      ${line}`);
    rmSync(folder, { recursive: true, force: true });
    await simulator.stop();
  });

  it("come up, repair each other's removals and are destroyed", async () => {
    const stacks = await Promise.all(Array.from({ length: STACKS }, (_, n) => create(n)));
    const [first, second, ...others] = stacks as [Member, Member, ...Member[]];
    const last = others.pop() as Member;

    const up = await requestsOf("up", stacks, ({ stack }) => stack.up());
    // Each seat is assigned once, by one of those who declare it; whoever else does has adopted it.
    expect(succeeded("POST", up)).to.deep.equal(everybody);
    expect(succeeded("DELETE", up)).to.deep.equal([]);
    expect(await adoptions(stacks)).to.equal(STACKS * COMMON);

    const one = await requestsOf("destroy of one", [first], ({ stack }) => stack.destroy());
    expect(succeeded("DELETE", one)).to.deep.equal(first.seats);

    const rest = [second, ...others, last];
    const repair = await requestsOf("refresh of the others", rest, (member) =>
      // Whose seats are all still there has nothing to repair.
      others.includes(member)
        ? member.stack.refresh("--expect-no-changes")
        : member.stack.up("--refresh"),
    );
    const lost = first.seats.filter((id) => rest.some(({ seats }) => seats.includes(id)));
    expect(lost).to.have.lengthOf(2 * COMMON);
    expect(succeeded("POST", repair)).to.deep.equal(lost);
    expect(succeeded("DELETE", repair)).to.deep.equal([]);
    await adoptions(rest);

    const destroy = await requestsOf("destroy", rest, ({ stack }) => stack.destroy());
    expect(succeeded("DELETE", destroy)).to.deep.equal(unionOf(rest));
    expect(simulator.org.holders("on_call")).to.deep.equal(otherHolders);
  }).timeout(600_000);

  interface Member {
    readonly stack: TestStack;
    /** The users of its seats, sorted. */
    readonly seats: readonly string[];
  }

  async function create(n: number): Promise<Member> {
    const mine = Array.from({ length: SEATS }, (_, i) => (n * OWN + i) % everybody.length);
    const seats = everybody.filter((_, i) => mine.includes(i));
    const stack = await TestStack.inFolder(simulator, folder, {
      name: `stack-${n}`,
      compiled: true,
    });
    // How many resources the engine works on at a time depends on the machine otherwise.
    stack.environment.PULUMI_PARALLEL = "32";
    await stack.declare(
      ...seats.map((userId, i) => ({ name: `seat-${i}`, productCode: "on_call", userId })),
    );
    return { stack, seats };
  }

  const unionOf = (members: readonly Member[]) =>
    everybody.filter((id) => members.some(({ seats }) => seats.includes(id)));

  /** How many seats of these stacks were adopted; each state holds its own seats, and the org theirs and no others. */
  async function adoptions(members: readonly Member[]): Promise<number> {
    const states = await Promise.all(members.map(({ stack }) => stack.seats()));
    expect(states.map((state) => state.map(({ id }) => id).sort())).to.deep.equal(
      members.map(({ seats }) => seats.map((id) => `on_call/${id}`)),
    );
    expect(simulator.org.holders("on_call")).to.deep.equal([...unionOf(members), ...otherHolders]);
    return states.flat().filter(({ outputs }) => outputs?.adopted).length;
  }

  /** Runs a command of each stack side by side. The requests are within the budget, and none names another holder. */
  async function requestsOf(
    command: string,
    members: readonly Member[],
    work: (member: Member) => Promise<unknown>,
  ): Promise<LoggedRequest[]> {
    await Promise.all(members.map(work));
    const requests = simulator.requests.splice(0);
    const served = requests.filter(({ status }) => status !== 429);
    const limited = requests.length - served.length;
    const counts = Object.entries(BUDGET).map(([method, most]) => {
      const sent = served.filter((request) => request.method === method).length;
      const perStack = sent / members.length;
      expect(perStack, `${method} requests a stack in ${command}`).to.be.at.most(most);
      return `${perStack.toFixed(1)} ${method}`;
    });
    report.push(`${command}: ${counts.join(", ")} a stack, and ${limited} responses 429 in all`);
    // Whoever meets the limit waits until it opens.
    expect(limited, `responses 429 in ${command}`).to.be.at.most(served.length);

    const named = new Set(requests.flatMap(({ userIds }) => userIds));
    expect(otherHolders.filter((id) => named.has(id))).to.deep.equal([]);
    const { seats } = simulator.org.product("on_call");
    for (const id of otherHolders) expect(seats.get(id)).to.equal(otherHoldersSince);
    return requests;
  }
});

/** The users of all requests of a method that succeeded, sorted; twice who was in two of them. */
function succeeded(method: string, requests: readonly LoggedRequest[]): string[] {
  return requests
    .filter((request) => request.method === method && request.status < 300)
    .flatMap(({ userIds }) => userIds)
    .sort();
}
