import { expect } from "chai";
import { formatShare, readShare, shareSecret } from "../../../provider/src/config/share";
import { ConfigurationError } from "../../../provider/src/model/errors";
import { connectionTo } from "../../support/connection";

describe("readShare", () => {
  const org = connectionTo({
    url: "https://api.datadoghq.eu",
    keys: { apiKey: "the-api-key", appKey: "the-app-key" },
  });
  const { identity } = shareSecret(org);
  const environment = { DATADOG_SEATS_SHARE: formatShare(41234, identity) };

  it("finds the share of the very same URL and keys, whatever the org is called", () => {
    for (const connection of [org, { ...org, org: "eu" }]) {
      expect(readShare(environment, connection)).to.deep.include({ port: 41234, identity });
    }
  });

  const others = {
    "another site": { apiUrl: "https://api.datadoghq.com" },
    "another API key": { apiKey: "another-key" },
    "another application key": { appKey: "another-key" },
  };
  for (const [what, change] of Object.entries(others)) {
    it(`finds none for ${what}`, () => {
      expect(readShare(environment, { ...org, ...change })).to.equal(undefined);
    });
  }

  it("finds none where none is named", () => {
    for (const empty of [{}, { DATADOG_SEATS_SHARE: " " }]) {
      expect(readShare(empty, org)).to.equal(undefined);
    }
  });

  it("takes the last one of an org that has several", () => {
    const shares = [41234, 41235].map((port) => formatShare(port, identity)).join(" ");
    expect(readShare({ DATADOG_SEATS_SHARE: shares }, org)?.port).to.equal(41235);
  });

  it("refuses what is no share, such as one of another machine", () => {
    for (const value of ["yes", `10.0.0.1:41234/${identity}`, `127.0.0.1:41234/${identity}0`]) {
      expect(() => readShare({ DATADOG_SEATS_SHARE: value }, org))
        .to.throw(ConfigurationError)
        .with.property(
          "message",
          "DATADOG_SEATS_SHARE is not what `datadog-seats share` sets. Unset it.",
        );
    }
  });
});
