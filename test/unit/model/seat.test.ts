import { expect } from "chai";
import {
  normalizeUserId,
  productCodeProblem,
  productCodeWarning,
  productOfRosterId,
  rosterId,
  seatId,
  seatOfId,
} from "../../../provider/src/model/seat";
import { user } from "../../support/ids";

const userId = "abcdef00-0000-4000-8000-000000000001";

describe("an id", () => {
  it("of a seat is read back as the same seat, in lower case", () => {
    const seat = { productCode: "on_call", userId };
    expect(seatId(seat)).to.equal(`on_call/${userId}`);
    expect(seatOfId(`on_call/${userId}`)).to.deep.equal(seat);
    expect(seatOfId(`on_call/${userId.toUpperCase()}`)).to.deep.equal(seat);
  });

  it("of a roster is read back as its product", () => {
    const product = { productCode: "on_call" };
    expect(productOfRosterId(rosterId(product))).to.deep.equal(product);
  });

  it("is none with too few parts or too many", () => {
    const seats = ["", user(1), `/${user(1)}`, "on_call/alice", `/on_call/${user(1)}`];
    for (const id of [...seats, `eu/on_call/${user(1)}`]) {
      expect(seatOfId(id), id).to.equal(undefined);
    }
    for (const id of ["", "roster", "/roster", "eu/on_call/roster", "on_call/rosters"]) {
      expect(productOfRosterId(id), id).to.equal(undefined);
    }
  });
});

describe("normalizeUserId", () => {
  it("gives a UUID in lower case and without blanks around it, and nothing else", () => {
    expect(normalizeUserId(` ${userId.toUpperCase()}\n`)).to.equal(userId);
    for (const value of [undefined, null, 7, {}, "", "alice@example.com", `${userId}0`]) {
      expect(normalizeUserId(value)).to.equal(undefined);
    }
  });
});

describe("productCodeProblem", () => {
  const expected = 'expected a product code such as "incident_response" or "on_call"';

  it("takes codes of today and of tomorrow, with blanks around them", () => {
    for (const code of ["on_call", " incident_response ", "a-product.of:tomorrow", "ßeat", "2"]) {
      expect(productCodeProblem(code), code).to.equal(undefined);
    }
  });

  it("refuses capitals and blanks, and says what was probably meant", () => {
    for (const code of ["On_Call", "on call", "On  Call", "ON\tCALL"]) {
      expect(productCodeProblem(code), code).to.equal(
        `${expected}, in lower case and without blanks (did you mean "on_call"?)`,
      );
    }
  });

  it("refuses what is no text, empty, or would make ids ambiguous", () => {
    for (const code of [undefined, null, 7, {}, "", "  ", "eu/on_call"]) {
      expect(productCodeProblem(code)).to.equal(expected);
    }
  });

  it("is warned of where it looks like a typo of a known one", () => {
    for (const [code, meant] of [
      ["oncall", "on_call"],
      ["on-call", "on_call"],
      ["incident-response", "incident_response"],
      ["incident_managment", "incident_management"],
    ] as const) {
      expect(productCodeWarning(code)).to.include(`"${code}"`).and.include(`"${meant}"`);
    }
    for (const code of ["on_call", "incident_response", "incident_management", "apm"]) {
      expect(productCodeWarning(code)).to.equal(undefined);
    }
  });
});
