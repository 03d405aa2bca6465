import { expect } from "chai";
import { apiUrlOfSite, SITES } from "../../../provider/src/config/sites";

describe("apiUrlOfSite", () => {
  it("gives the API host of every site of the documents", () => {
    const hosts = SITES.map((site) => apiUrlOfSite(site));
    expect(hosts).to.deep.equal([
      "https://api.datadoghq.com",
      "https://api.us3.datadoghq.com",
      "https://api.us5.datadoghq.com",
      "https://api.datadoghq.eu",
      "https://api.ap1.datadoghq.com",
      "https://api.ap2.datadoghq.com",
      "https://api.uk1.datadoghq.com",
      "https://api.ddog-gov.com",
      "https://api.us2.ddog-gov.com",
    ]);
  });

  it("accepts the form with app. in front, in any case", () => {
    expect(apiUrlOfSite("app.datadoghq.eu")).to.equal("https://api.datadoghq.eu");
    expect(apiUrlOfSite(" App.DDOG-GOV.com ")).to.equal("https://api.ddog-gov.com");
  });

  it("is undefined for anything else", () => {
    const odd = ["datadoghq.fr", "us3.app.datadoghq.com", "datadoghq.com.evil.example"];
    for (const site of ["", ...odd, "api.datadoghq.com"]) {
      expect(apiUrlOfSite(site), site).to.equal(undefined);
    }
  });
});
