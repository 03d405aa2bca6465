import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { InputCheck, UNKNOWN } from "../../../provider/src/lifecycle/inputs";

const check = (given: Record<string, unknown>) => {
  const result = new InputCheck(given);
  result.productCode("productCode");
  result.userId("userId");
  result.boolean("exclusive");
  result.oneOf("existing", "adopt", "reject");
  return result;
};
const good = { productCode: "on_call", userId: "3fa85f64-5717-4562-b3fc-2c963f66afa6" };

describe("InputCheck", () => {
  it("knows the sentinel that Pulumi sends for unknown values", () => {
    expect(UNKNOWN).to.equal(pulumi.runtime.unknownValue);
  });

  it("trims, and turns UUIDs into lower case", () => {
    const { inputs, failures } = check({
      productCode: " on_call ",
      userId: " 3FA85F64-5717-4562-B3FC-2C963F66AFA6 ",
    });
    expect(inputs).to.deep.equal(good);
    expect(failures).to.deep.equal([]);
  });

  it("passes unknown values through as they are, in whichever property", () => {
    const unknown = { productCode: UNKNOWN, userId: UNKNOWN, existing: UNKNOWN };
    expect(check(unknown)).to.deep.include({ inputs: unknown, failures: [] });
  });

  it("drops properties that the resource doesn't have", () => {
    expect(check({ ...good, extra: 1 }).inputs).to.deep.equal(good);
  });

  it("refuses for a userId what is no UUID, and helps where it is an email", () => {
    const { userId: uuid } = good;
    const odd = [
      "alice@example.com",
      "",
      17,
      undefined,
      null,
      { id: uuid },
      `${uuid}0`,
      `0${uuid}`,
    ];
    for (const userId of odd) {
      const { failures } = check({ ...good, userId });
      expect(failures.map(({ property }) => property)).to.deep.equal(["userId"]);
      const reason = failures[0]?.reason ?? "";
      expect(reason).to.include("expected the UUID of a Datadog user");
      const help = "an email is not enough: look the UUID up with getUserIds";
      expect(reason.includes(help), String(userId)).to.equal(String(userId).includes("@"));
      expect(reason.includes("email")).to.equal(String(userId).includes("@"));
    }
  });

  it("takes true, false and the words that are allowed, and nothing for them", () => {
    for (const existing of ["adopt", "reject"]) {
      for (const exclusive of [true, false]) {
        const given = { ...good, exclusive, existing };
        expect(check(given)).to.deep.include({ inputs: given, failures: [] });
      }
    }
    expect(check(good).failures).to.deep.equal([]);
    for (const exclusive of ["true", 1, null]) {
      const { failures } = check({ ...good, exclusive });
      expect(failures).to.deep.equal([{ property: "exclusive", reason: "expected true or false" }]);
    }
  });

  it("refuses an empty product code and another word for `existing`", () => {
    const { failures } = check({ ...good, productCode: " ", existing: "maybe" });
    expect(failures).to.deep.equal([
      {
        property: "productCode",
        reason: 'expected a product code such as "incident_response" or "on_call"',
      },
      { property: "existing", reason: 'expected "adopt" or "reject"' },
    ]);
  });

  it("names the label of a member who is not a UUID, and both of a user who is there twice", () => {
    const checked = (members: unknown) => {
      const result = new InputCheck({ members });
      result.members("members");
      return result;
    };
    const alice = good.userId;
    const { failures } = checked({ alice, mail: "bob@example.com", anne: alice.toUpperCase() });
    expect(failures.map(({ property }) => property)).to.deep.equal(["", ""]);
    expect(failures[0]?.reason).to.match(/^member "mail": expected .*an email is not enough/);
    expect(failures[1]?.reason).to.equal(`members "alice" and "anne" are the same user ${alice}`);
    const unknown = { alice: UNKNOWN, anne: UNKNOWN };
    expect(checked(unknown)).to.deep.include({ inputs: { members: unknown }, failures: [] });
  });
});
