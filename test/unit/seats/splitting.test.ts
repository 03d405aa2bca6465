import { expect } from "chai";
import { SeatsApiError } from "../../../provider/src/api/errors";
import { seatsCall } from "../../../provider/src/api/seats";
import { Splitter } from "../../../provider/src/seats/splitting";
import { users } from "../../support/ids";

type Outcome = ConstructorParameters<typeof SeatsApiError>[1];

const refusal = (reason: string, outcome: Outcome = "refused", status = 422, inDoubt = false) =>
  new SeatsApiError(seatsCall("assign", "on_call", [], inDoubt), outcome, reason, "", status);

describe("Splitter", () => {
  let requests: string[][];
  beforeEach(() => {
    requests = [];
  });

  /** A service that refuses a request for the reason that `reasonFor` gives, and else assigns all its users. */
  const splitterFor = (
    reasonFor: (userIds: readonly string[], inDoubt: boolean) => string | SeatsApiError | undefined,
  ) =>
    new Splitter<"done">(async (userIds, inDoubt) => {
      requests.push([...userIds]);
      const reason = reasonFor(userIds, inDoubt);
      if (reason !== undefined) throw typeof reason === "string" ? refusal(reason) : reason;
      return new Map(userIds.map((userId) => [userId, "done"]));
    });
  const done = (results: ReadonlyMap<string, unknown>) =>
    [...results].filter(([, result]) => result === "done").map(([userId]) => userId);

  const outcomes = (results: ReadonlyMap<string, unknown>) =>
    [...results.values()].map((result) => (result as SeatsApiError).outcome);

  it("sends a batch that is accepted as one request", async () => {
    const results = await splitterFor(() => undefined).sendSplitting(users(100));
    expect(done(results)).to.deep.equal(users(100));
    expect(requests).to.deep.equal([users(100)]);
  });

  for (const offenders of [1, 3, 7]) {
    it(`costs nobody else a seat when ${offenders} neighbours are refused in words that name nobody`, async () => {
      const unknown = new Set(users(100).slice(0, offenders));
      const splitter = splitterFor((userIds) =>
        userIds.some((userId) => unknown.has(userId)) ? "a user is unknown" : undefined,
      );
      const results = await splitter.sendSplitting(users(100));
      expect(done(results).sort()).to.deep.equal(users(100).slice(offenders));
      expect([...results.keys()].sort()).to.deep.equal(users(100));
      // As many requests as halving takes at most for each of them.
      expect(requests.length).to.be.at.most(15 * offenders);
    });
  }

  it("costs nobody else a seat when every other user is refused in words that name nobody", async () => {
    const unknown = new Set(users(16).filter((_, n) => n % 2 === 0));
    const splitter = splitterFor((userIds) =>
      userIds.some((userId) => unknown.has(userId)) ? "a user is unknown" : undefined,
    );
    const results = await splitter.sendSplitting(users(16));
    expect(done(results)).to.have.members(users(16).filter((userId) => !unknown.has(userId)));
  });

  it("costs nobody else a seat however many are refused in words that name them", async () => {
    const unknown = new Set(users(100).filter((_, n) => n % 2 === 0 || n > 50));
    const splitter = splitterFor((userIds) => {
      const first = userIds.find((userId) => unknown.has(userId));
      return first && `user ${first.toUpperCase()} not found`;
    });
    const results = await splitter.sendSplitting(users(100));
    expect(done(results)).to.have.members(users(100).filter((userId) => !unknown.has(userId)));
  });

  it("goes on splitting what is refused in other words after it has given up on some", async () => {
    // The eight who are sent first are refused for another reason than one of the others.
    const splitter = splitterFor((userIds) => {
      const numbers = userIds.map((userId) => users(16).indexOf(userId));
      if (numbers.some((n) => n % 2 === 0)) return "a user is unknown";
      return numbers.includes(15) ? "a user is disabled" : undefined;
    });
    const results = await splitter.sendSplitting(users(16));
    expect(done(results)).to.have.members(users(16).filter((_, n) => n % 2 === 1 && n !== 15));
  });

  it("gives up where everybody is refused, and splits no later batch that is refused in these words", async () => {
    let free = 0;
    const splitter = splitterFor(({ length }) =>
      length > free ? `no seats left for ${length} users` : undefined,
    );
    const batches = [users(100), users(100, 101), users(100, 201)];
    const results = await Promise.all(batches.map((batch) => splitter.sendSplitting(batch)));
    expect(requests.length).to.be.at.most(30);
    expect(results.map(({ size }) => size)).to.deep.equal([100, 100, 100]);
    expect(results.flatMap(done)).to.deep.equal([]);

    requests = [];
    await splitter.sendSplitting(users(100, 301));
    expect(requests).to.have.lengthOf(1);
    // A success shows that it doesn't refuse everybody any more.
    free = 1;
    await splitter.sendSplitting(users(1));
    requests = [];
    await splitter.sendSplitting(users(4));
    expect(requests.length).to.be.greaterThan(1);
  });

  it("uses up the seats that are left", async () => {
    let free = 37;
    const splitter = splitterFor(({ length }) => {
      if (length > free) return `no seats left: the plan has ${free}`;
      free -= length;
      return undefined;
    });
    const results = await splitter.sendSplitting(users(100));
    expect(done(results)).to.have.lengthOf(37);
    expect(requests.length).to.be.at.most(45);
  });

  it("goes on where every refusal has words of its own", async () => {
    const splitter = splitterFor(([first = "", second]) =>
      second || first !== users(20)[19]
        ? `${"abcdefghijklmnopqrst"[users(20).indexOf(first)]}`
        : undefined,
    );
    const results = await splitter.sendSplitting(users(20));
    expect(done(results)).to.deep.equal([users(20)[19]]);
  });

  for (const [outcome, status] of [
    ["forbidden", 403],
    ["limited", 429],
    ["unclear", 502],
  ] as const) {
    it(`does not split what ended as ${outcome}`, async () => {
      const results = await splitterFor(() => refusal("no", outcome, status)).sendSplitting(
        users(9),
      );
      expect(requests).to.have.lengthOf(1);
      expect(outcomes(results)).to.deep.equal(Array(9).fill(outcome));
    });
  }

  it("leaves a refusal in doubt after an attempt that may have taken effect", async () => {
    const results = await splitterFor(() => refusal("already", "unclear", 409)).sendSplitting(
      users(2),
    );
    expect(outcomes(results)).to.deep.equal(["unclear", "unclear"]);
  });

  it("leaves in doubt whose request was limited after a batch that may have taken effect", async () => {
    const splitter = splitterFor(({ length }, inDoubt) =>
      length > 1 ? refusal("already", "unclear", 409) : refusal("limited", "limited", 429, inDoubt),
    );
    const results = await splitter.sendSplitting(users(2));
    expect(outcomes(results)).to.deep.equal(["unclear", "unclear"]);
  });
});
