import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import sinon from "sinon";
import { previewSeat } from "../../../provider/src/resources/newSeats";
import { user } from "../../support/ids";
import { mockedResources } from "../../support/mocks";

describe("the count of new seats in a preview", () => {
  mockedResources(({ name }) => name);
  afterEach(() => sinon.restore());

  it("has those too whose seat may be held already, because their lookup read a part of the pages", async () => {
    const info = sinon.stub(pulumi.log, "info");
    const counted = new Promise<string>((resolve) => {
      info.callsFake(async (line) => void (/ now, /.test(line) && resolve(line)));
    });
    const resource = (n: number, lookup: object) => ({
      id: { isKnown: Promise.resolve(false) },
      urn: `urn-${n}`,
      productCode: pulumi.output("on_call"),
      userId: pulumi.output(user(n)),
      __lookup: pulumi.output(lookup),
    });
    await pulumi.runtime.runInPulumiStack(async () => {
      previewSeat(resource(1, { isUnsure: true }) as never, "alice");
      previewSeat(resource(2, { seats: 41 }) as never, "bob");
    });
    expect(await counted).to.include("41 seats now, at most 43 with the 2 new ones");
  });
});
