import { expect } from "chai";
import { licensesOf } from "../../../../scripts/plugin/licenses";
import { repository } from "../../../support/markdown";

describe("licensesOf", () => {
  it("has the text of each package once, and nothing of what is no package", () => {
    const text = licensesOf(repository, [
      "node_modules/dataloader/index.js",
      "node_modules/@grpc/grpc-js/build/src/index.js",
      "node_modules/@grpc/grpc-js/build/src/call.js",
      "provider/dist/plugin/main.js",
    ]);
    expect(text.match(/^@grpc\/grpc-js \d+\.\d+\.\d+: Apache-2\.0$/gm)).to.have.lengthOf(1);
    expect(text)
      .to.match(/^dataloader .*: MIT$/m)
      .and.include("Permission is hereby granted");
    expect(text).to.not.include("pulumi-datadog-seats");
  });
});
