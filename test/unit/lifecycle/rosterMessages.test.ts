import { expect } from "chai";
import {
  describeChanges,
  describeOthers,
  rosterRejection,
} from "../../../provider/src/lifecycle/rosterMessages";
import { user } from "../../support/ids";

const crowd = (count: number) =>
  Array.from({ length: count }, (_, n) => [`user-${n + 1}`, user(n + 1)] as const);
const onCall = { productCode: "on_call" };

describe("a roster's change in words", () => {
  it("names ten of each outcome, or everybody where nobody is to be passed over, and is short whatever the labels", () => {
    const many = describeChanges(onCall, [
      { sign: "+", outcome: "assigned", members: crowd(5000) },
      { sign: "-", outcome: "unassigned", members: crowd(11) },
    ]);
    expect(many).to.match(/^on_call: \+ user-1 \(assigned\), \+ user-2 \(assigned\), /);
    expect(many).to.include("+ user-10 (assigned), + 4990 more (assigned), - user-1 (unassigned)");
    expect(many).to.match(/- user-10 \(unassigned\), - 1 more \(unassigned\)$/);
    const all = [{ sign: "-", outcome: "gone", members: crowd(5000), isInFull: true }] as const;
    expect(describeChanges(onCall, all)).to.include("- user-4999 (gone), - user-5000 (gone)");
    const members = [[`${"x".repeat(500)}\n`, user(1)]] as const;
    const long = describeChanges(onCall, [{ sign: "+", outcome: "assigned", members }]);
    expect(long).to.match(/^on_call: \+ x{60}… \(assigned\)$/);
    expect(describeChanges(onCall, [{ sign: "+", outcome: "assigned", members: [] }])).to.equal("");
  });

  it("has a singular", () => {
    expect(describeOthers(onCall, crowd(1))).to.match(
      /^1 other user holds an on_call seat: "user-1".*that seat,/,
    );
    expect(describeOthers(onCall, crowd(2))).to.match(
      /^2 other users hold on_call seats: .*those seats,/,
    );
    expect(rosterRejection(onCall, crowd(1))).to.include(
      '"user-1" already holds the on_call seat, and',
    );
    expect(rosterRejection(onCall, crowd(2))).to.include(
      '"user-1", "user-2" already hold on_call seats, and',
    );
  });
});
