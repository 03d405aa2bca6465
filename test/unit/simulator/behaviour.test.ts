import { expect } from "chai";
import { Faults } from "../../../simulator/src/behaviour";

describe("Faults", () => {
  let faults: Faults;
  beforeEach(() => {
    faults = new Faults();
  });

  it("happen once, or so many times, in the order in which they were added", () => {
    faults.add({ status: 500, times: 2 });
    faults.add({ status: 502 });
    const statuses = [1, 2, 3, 4].map(() => faults.next("GET", "on_call", 1)?.status);
    expect(statuses).to.deep.equal([500, 500, 502, undefined]);
  });

  it("happen to the method, the product and the page that they name only", () => {
    const fault = { method: "GET", productCode: "on_call", page: 2 } as const;
    faults.add(fault);
    expect(faults.next("POST", "on_call", undefined)).to.equal(undefined);
    expect(faults.next("GET", "incident_response", 2)).to.equal(undefined);
    expect(faults.next("GET", "on_call", 1)).to.equal(undefined);
    expect(faults.next("GET", "on_call", 2)).to.equal(fault);
  });

  it("can be removed one by one, or all", () => {
    const fault = { status: 500, times: 9 };
    faults.add(fault);
    faults.remove(fault);
    expect(faults.next("GET", "on_call", 1)).to.equal(undefined);
    faults.add(fault);
    faults.clear();
    expect(faults.next("GET", "on_call", 1)).to.equal(undefined);
  });
});
