import { expect } from "chai";
import sinon from "sinon";
import { Program } from "../../../provider/src/seats/ownership";
import { user } from "../../support/ids";

const seat = (n: number) => ({ productCode: "on_call", userId: user(n) });

describe("what is seen of the program", () => {
  let clock: sinon.SinonFakeTimers;
  let program: Program;
  let seen: boolean;

  beforeEach(() => {
    clock = sinon.useFakeTimers();
    program = new Program();
    seen = false;
  });
  afterEach(() => clock.restore());

  async function afterMs(ms: number): Promise<boolean> {
    await clock.tickAsync(ms);
    return seen;
  }
  const wait = (n: number) => {
    program.seenOrKeeping(seat(n)).then(() => {
      seen = true;
    });
  };

  it("is the whole of it half a second after the last check", async () => {
    program.seen();
    wait(1);
    expect(await afterMs(400)).to.equal(false);
    program.seen();
    expect(await afterMs(400)).to.equal(false);
    expect(await afterMs(100)).to.equal(true);
  });

  it("is not waited for in a destroy, which has none, nor for a seat that it keeps already", async () => {
    wait(1);
    expect(await afterMs(0)).to.equal(true);

    seen = false;
    program.seen();
    program.declare(seat(1));
    wait(1);
    expect(await afterMs(0)).to.equal(true);
  });

  it("keeps what it declares", () => {
    program.declare(seat(1));
    expect([1, 2].map((n) => program.keeps(seat(n)))).to.deep.equal([true, false]);
  });

  it("waits for a seat's owner as long as one may well come", async () => {
    program.own(seat(1));
    expect(await program.hasOwner(seat(1))).to.equal(true);

    const soon = program.hasOwner(seat(2));
    await clock.tickAsync(4000);
    // The engine is at work still.
    program.own(seat(4));
    await clock.tickAsync(4000);
    program.own(seat(2));
    expect(await soon).to.equal(true);

    const never = program.hasOwner(seat(3));
    await clock.tickAsync(5000);
    expect(await never).to.equal(false);
    expect(clock.countTimers()).to.equal(0);
  });
});
