import { expect } from "chai";
import sinon from "sinon";
import type { SeatsApi } from "../../../provider/src/api/seats";
import { changeRoster } from "../../../provider/src/lifecycle/rosterChange";
import { Run } from "../../../provider/src/lifecycle/run";
import { users } from "../../support/ids";

const roster = (count: number) => ({
  productCode: "on_call",
  __urn: "team",
  members: Object.fromEntries(users(count).map((id) => [id, id])),
});

describe("changeRoster", () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers({ toFake: ["Date"] });
  });
  afterEach(() => clock.restore());

  /** An API whose every write takes so long, one after the other. */
  function slowApi(requestMs: number): SeatsApi {
    let last: Promise<unknown> = Promise.resolve();
    const write = () => {
      last = last.then(() => new Promise(setImmediate)).then(() => clock.tick(requestMs));
      return last;
    };
    return {
      pages: async function* () {
        yield { users: [] };
      },
      assign: async (_: string, userIds: readonly string[]) => {
        await write();
        return { assigned: new Set(userIds), inDoubt: false };
      },
      unassign: write,
    } as unknown as SeatsApi;
  }

  it("logs on the stack's row every five seconds how far a long change has got, and nothing of a quick one", async () => {
    const lines: string[] = [];
    const change = (requestMs: number) => {
      const run = new Run({
        connect: () => slowApi(requestMs),
        log: async (line, urn) => void (urn === undefined && lines.push(line)),
      });
      run.configure((key) => ({ "datadog:apiKey": "a", "datadog:appKey": "b" })[key]);
      return (from: number, to: number) => changeRoster(run, roster(from), roster(to));
    };
    await change(1300)(0, 1200);
    await change(1300)(1200, 0);
    await change(400)(0, 1200);
    expect(lines).to.deep.equal([
      "assigned 301 of 1,200",
      "assigned 701 of 1,200",
      "assigned 1,101 of 1,200",
      "unassigned 301 of 1,200",
      "unassigned 701 of 1,200",
      "unassigned 1,101 of 1,200",
    ]);
  });
});
