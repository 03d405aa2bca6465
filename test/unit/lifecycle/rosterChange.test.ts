import { expect } from "chai";
import sinon from "sinon";
import { Progress } from "../../../provider/src/lifecycle/progress";

describe("Progress", () => {
  it("tells every five seconds how far it is, and nothing of work that is quicker", () => {
    const clock = sinon.useFakeTimers({ toFake: ["Date"] });
    const lines: string[] = [];
    try {
      const progress = new Progress((line) => lines.push(line), "assigned", 5000);
      for (let n = 1; n <= 5000; n += 1) {
        clock.tick(3); // 15 s in all
        progress.step();
      }
      expect(lines).to.deep.equal(["assigned 1,667 of 5,000", "assigned 3,334 of 5,000"]);
    } finally {
      clock.restore();
    }
  });
});
