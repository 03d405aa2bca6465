import { expect } from "chai";
import { importFileFor, providerOption } from "../../../provider/src/cli/importFile";
import { user } from "../../support/ids";

const type = "datadog-seats:index:SeatAssignment";
const products = [
  {
    productCode: "on_call",
    name: "sre-on-call",
    holders: [{ userId: user(1), email: "alice@example.com" }, { userId: user(2) }],
  },
  {
    productCode: "incident_response",
    name: "sre-incident-response",
    holders: [{ userId: user(1), email: "alice@example.com" }],
  },
];

describe("importFileFor", () => {
  it("names every seat of every product as `export --as assignments` does", () => {
    expect(JSON.parse(importFileFor(products))).to.deep.equal({
      resources: [
        { type, name: "sre-on-call-alice@example.com", id: `on_call/${user(1)}` },
        { type, name: `sre-on-call-${user(2)}`, id: `on_call/${user(2)}` },
        {
          type,
          name: "sre-incident-response-alice@example.com",
          id: `incident_response/${user(1)}`,
        },
      ],
    });
  });

  it("gives them an explicit provider, with its URN", () => {
    const urn = "urn:pulumi:prod::seats::pulumi:providers:datadog-seats::eu";
    const provider = providerOption().parseArg?.(`eu=${urn}`, undefined);
    const file = JSON.parse(importFileFor(products, provider as never));
    expect(file.nameTable).to.deep.equal({ eu: urn });
    expect(file.resources.map((one: { provider: string }) => one.provider)).to.deep.equal([
      "eu",
      "eu",
      "eu",
    ]);
  });

  it("is a file of no resources where nobody holds a seat", () => {
    const nobody = [{ productCode: "on_call", name: "on-call", holders: [] }];
    expect(JSON.parse(importFileFor(nobody))).to.deep.equal({ resources: [] });
  });
});
