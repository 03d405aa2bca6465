// What a program in JavaScript may pass, and what comes from files: the compiler sees neither.
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { SeatAssignment, SeatRoster } from "../../../provider/src";
import { user } from "../../support/ids";
import { mockedResources, value } from "../../support/mocks";

const seat = { productCode: "on_call", userId: user(1) };
const roster = { productCode: "on_call", members: { alice: user(1) } };
/** Arguments that the compiler would refuse. */
const any = (args: unknown) => args as never;

describe("the arguments of a resource", () => {
  mockedResources(({ name }) => name);

  const refused: [string, () => unknown, string][] = [
    [
      "none of a SeatAssignment",
      () => new SeatAssignment("alice", any(undefined)),
      'The arguments of the SeatAssignment "alice" are undefined: expected an object with productCode, userId, existing.',
    ],
    [
      "none of a SeatRoster",
      () => new SeatRoster("team", any(undefined)),
      'The arguments of the SeatRoster "team" are undefined: expected an object with productCode, members, exclusive, maxRemovals, existing.',
    ],
    [
      "an output as all of them",
      () => new SeatRoster("team", any(pulumi.output(roster))),
      'The arguments of the SeatRoster "team" are an Output: expected an object with ',
    ],
    [
      "a typo",
      () => new SeatRoster("team", any({ ...roster, exlusive: true })),
      'Unknown argument "exlusive" of the SeatRoster "team": did you mean "exclusive"?',
    ],
    [
      "another name in any case",
      () => new SeatAssignment("alice", any({ ...seat, userID: user(1) })),
      'Unknown argument "userID" of the SeatAssignment "alice": did you mean "userId"?',
    ],
    [
      "a name that is like none",
      () => new SeatAssignment("alice", any({ ...seat, email: "alice@example.com" })),
      'Unknown argument "email" of the SeatAssignment "alice": expected one of productCode, userId, existing.',
    ],
    [
      "a list of members",
      () => new SeatRoster("team", any({ ...roster, members: [user(1)] })),
      'The members of the SeatRoster "team" are an Array: expected an object with the UUIDs of Datadog users by label, such as { alice: "3fa85f64-5717-4562-b3fc-2c963f66afa6" }.',
    ],
    [
      "a Map of members, which would pass for nobody",
      () => new SeatRoster("team", any({ ...roster, members: new Map([["alice", user(1)]]) })),
      'The members of the SeatRoster "team" are a Map: expected an object with the UUIDs',
    ],
    [
      "no members",
      () => new SeatRoster("team", any({ productCode: "on_call" })),
      'The members of the SeatRoster "team" are undefined: expected an object with the UUIDs',
    ],
    [
      "a label that Pulumi drops, with its member",
      () => {
        // As JSON.parse makes it: in a literal it is no property.
        const members = Object.fromEntries([["__proto__", user(1)]]);
        return new SeatRoster("team", { ...roster, members });
      },
      'The member "__proto__" of the SeatRoster "team": this label can\'t be used, because every JavaScript object has a property of this name; choose another one.',
    ],
  ];
  for (const [what, create, message] of refused) {
    it(`is refused with the resource's name: ${what}`, () => {
      expect(create).to.throw(pulumi.RunError, message).with.property("stack", "");
    });
  }

  it("may be none for a lookup", async () => {
    const found = SeatAssignment.get("alice", `on_call/${user(1)}`);
    expect(await value(found.id)).to.equal(`on_call/${user(1)}`);
  });
});
