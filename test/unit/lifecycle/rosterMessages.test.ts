import { expect } from "chai";
import {
  inWords,
  othersInWords,
  rosterRejection,
} from "../../../provider/src/lifecycle/rosterWords";

const labels = (count: number) => Array.from({ length: count }, (_, n) => `user-${n + 1}`);
const onCall = { productCode: "on_call" };

describe("a roster's change in words", () => {
  it("names the members with what becomes of them", () => {
    const line = inWords([
      { sign: "+", outcome: "assigned", labels: ["dave@example.com"] },
      { sign: "+", outcome: "adopted", labels: ["erin@example.com"] },
      { sign: "-", outcome: "unassigned", labels: ["bob@example.com"] },
    ]);
    expect(line).to.equal(
      "+ dave@example.com (assigned), + erin@example.com (adopted), - bob@example.com (unassigned)",
    );
  });

  it("names ten of each outcome, and is short whatever the labels", () => {
    const many = inWords([
      { sign: "+", outcome: "assigned", labels: labels(5000) },
      { sign: "-", outcome: "unassigned", labels: labels(11) },
    ]);
    expect(many).to.include("+ user-10 (assigned), + 4990 more (assigned)");
    expect(many).to.include("- user-10 (unassigned), - 1 more (unassigned)");
    const long = inWords([{ sign: "+", outcome: "assigned", labels: [`${"x".repeat(500)}\n`] }]);
    expect(long).to.match(/^\+ x{60}… \(assigned\)$/);
    expect(inWords([{ sign: "+", outcome: "assigned", labels: [] }])).to.equal("");
  });

  it("has a singular", () => {
    expect(othersInWords(onCall, ["mallory"])).to.match(
      /^1 other holds a seat of on_call: "mall.*that seat,/,
    );
    expect(othersInWords(onCall, ["a", "b"])).to.match(
      /^2 others hold seats of on_call: .*those seats,/,
    );
    expect(rosterRejection(onCall, ["a"])).to.include('"a" already holds a seat of on_call, and');
    expect(rosterRejection(onCall, ["a", "b"])).to.include(
      '"a", "b" already hold seats of on_call, and',
    );
  });
});
