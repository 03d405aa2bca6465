import { expect } from "chai";
import { RateLimit } from "../../../simulator/src/rateLimit";

describe("RateLimit", () => {
  it("allows so many requests in a window, and reports in headers how many remain and when it ends", () => {
    let now = 1000;
    const limit = new RateLimit(() => now);
    const count = () => {
      const { allowed, headers } = limit.count({ limit: 2, periodSeconds: 10 });
      return [allowed, headers["x-ratelimit-remaining"], headers["x-ratelimit-reset"]];
    };
    expect(count()).to.deep.equal([true, "1", "10"]);
    now += 4500;
    expect(count()).to.deep.equal([true, "0", "6"]);
    expect(count()).to.deep.equal([false, "0", "6"]);
    now += 5500;
    expect(count(), "the next window").to.deep.equal([true, "1", "10"]);
  });
});
