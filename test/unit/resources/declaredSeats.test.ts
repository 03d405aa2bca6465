import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { SeatDeclaration } from "../../../provider/src/resources/declaredSeats";
import { user } from "../../support/ids";
import { rejection } from "../../support/rejection";

const onCall = { productCode: "on_call" };

describe("SeatDeclaration", () => {
  beforeEach(() =>
    pulumi.runtime.setMocks({
      newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
      call: () => ({}),
    }),
  );

  /** Declares in a run of its own, as the engine starts one for each program. */
  const run = async (declare: () => void) => {
    await pulumi.runtime.runInPulumiStack(async () => declare());
  };

  it("refuses one seat declared by two resources, and names both", async () => {
    const declaring = run(() => {
      new SeatDeclaration("alice").declare(onCall, user(1));
      new SeatDeclaration("bob").declare(onCall, user(2));
      new SeatDeclaration("anne").declare({ productCode: " on_call " }, user(1).toUpperCase());
    });
    const error = await rejection(declaring);
    expect(pulumi.RunError.isInstance(error)).to.equal(true);
    expect(error.message).to.match(
      /^"alice" and "anne" both declare the seat of on_call for user .*: remove one of them\.$/,
    );
  });

  it("tells the products and the orgs of a user's seats apart", () =>
    run(() => {
      new SeatDeclaration("one").declare(onCall, user(1));
      new SeatDeclaration("two").declare({ productCode: "incident_response" }, user(1));
      new SeatDeclaration("three").declare({ ...onCall, org: "eu" }, user(1));
    }));

  it("refuses a seat beside an exclusive declaration, in either order, and says which is exclusive", async () => {
    const exclusive = () => new SeatDeclaration("all").declareAll(onCall);
    const single = () => new SeatDeclaration("alice").declare(onCall, user(1));
    for (const [first, second] of [
      [exclusive, single],
      [single, exclusive],
    ] as const) {
      const declaring = run(() => {
        first();
        second();
      });
      const error = await rejection(declaring);
      expect(error.message).to.equal(
        '"all" is exclusive, so it declares every seat of on_call, and "alice" declares seats of that product too: make them members of "all", or make it not exclusive.',
      );
    }
  });

  it("lets a resource declare its own seats and be exclusive", () =>
    run(() => {
      const declaration = new SeatDeclaration("all");
      declaration.declare(onCall, user(1));
      declaration.declareAll(onCall);
      declaration.declare(onCall, user(2));
    }));

  it("compares within one run only", async () => {
    for (const name of ["first", "second"]) {
      await run(() => new SeatDeclaration(name).declare(onCall, user(1)));
    }
  });

  it("leaves what is not a string to the resource's check", () =>
    run(() => {
      for (const name of ["one", "two"]) {
        const declaration = new SeatDeclaration(name);
        declaration.declare({ productCode: 7 }, user(1));
        declaration.declare({ ...onCall, org: 7 }, user(1));
        declaration.declare(onCall, undefined);
        declaration.declareAll({ productCode: undefined });
      }
    }));
});
