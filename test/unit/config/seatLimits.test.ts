import { expect } from "chai";
import { seatLimits } from "../../../provider/src/config/seatLimits";

const read = (text?: string) => seatLimits(() => text);

describe("the setting seatLimit", () => {
  it("is an object of whole numbers by product code, as Pulumi hands over what `config set --path` wrote", () => {
    expect([...read('{"on_call":50,"incident_response":0}')]).to.deep.equal([
      ["on_call", 50],
      ["incident_response", 0],
    ]);
    expect([read(), read("")].map(({ size }) => size)).to.deep.equal([0, 0]);
  });

  for (const [text, message] of [
    ["50", "datadogSeats:seatLimit is 50. Expected a whole number by product code"],
    ["on_call: 50", "`pulumi config set --path 'datadogSeats:seatLimit.on_call' 50`"],
    ["[50]", "datadogSeats:seatLimit is [50]. Expected"],
    ['{"on_call":"fifty"}', 'datadogSeats:seatLimit of on_call is "fifty". Expected a whole'],
    ['{"on_call":-1}', "datadogSeats:seatLimit of on_call is -1. Expected a whole number, 0 or"],
    ['{"On Call":1}', '(did you mean "on_call"?)'],
  ] as const) {
    it(`is refused where it is ${text}`, () => {
      expect(() => read(text)).to.throw(message);
    });
  }
});
