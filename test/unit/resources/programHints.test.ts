import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { programHints } from "../../../provider/src/resources/programHints";
import { mockedResources } from "../../support/mocks";

describe("programHints", () => {
  mockedResources(({ name }) => name);

  for (const name of ["team", "sre::team"]) {
    it(`tells the URN that the engine gives a child of ${name}`, async () => {
      const parent = new pulumi.ComponentResource("pkg:index:Team", name);
      const hint = await programHints("pkg:index:Seat", "a::b", { parent }).__urn;
      expect(hint).to.match(/^urn:pulumi:\w+::\w+::pkg:index:Team\$pkg:index:Seat::a::b$/);
    });
  }
});
