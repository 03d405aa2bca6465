// The policy pack of docs/unit-tests.md, in the process that the engine starts for it.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { SeatAssignment, SeatRoster, TeamSeats } from "../../provider/src";
import { user } from "../support/ids";
import { codeBlocks } from "../support/markdown";
import { ServingProcess } from "../support/servingProcess";
import { newWorkFolder } from "../support/workFolder";

const seat = (productCode: string) => ({ productCode, userId: user(1) });
const roster = { productCode: "on_call", members: { alice: user(1) } };
const bucket = "aws:s3/bucket:Bucket";

describe("a policy pack", () => {
  let folder: string;
  let process: ServingProcess;
  let client: AnalyzerClient;

  before(async () => {
    const pack = codeBlocks("typescript", ["docs/unit-tests.md"]).at(-1) ?? "";
    folder = newWorkFolder("policies-");
    writeFileSync(join(folder, "package.json"), JSON.stringify({ version: "1.0.0" }));
    writeFileSync(join(folder, "index.ts"), pack);
    process = await ServingProcess.start(["--import", "tsx", "index.ts"], {}, folder);
    client = new AnalyzerClient(`127.0.0.1:${process.firstLine}`, credentials.createInsecure());
  });
  after(async () => {
    client.close();
    process.kill();
    await process.ended;
    rmSync(folder, { recursive: true });
  });

  /** What the policies say of one resource. */
  async function violations(type: string, inputs: object): Promise<string[]> {
    const request = filled(new messages.AnalyzeRequest(), type, inputs);
    return said(
      await new Promise((resolve, reject) => client.analyze(request, done(resolve, reject))),
    );
  }

  /** What they say of a stack with resources of these types. */
  async function stackViolations(...types: string[]): Promise<string[]> {
    const resources = types.map((type) => filled(new messages.AnalyzerResource(), type, {}));
    const request = new messages.AnalyzeStackRequest().setResourcesList(resources);
    return said(
      await new Promise((resolve, reject) => client.analyzeStack(request, done(resolve, reject))),
    );
  }

  it("judges each seat", async () => {
    const { __pulumiType } = SeatAssignment;
    expect(await violations(__pulumiType, seat("on_call"))).to.deep.equal([]);
    expect(await violations(__pulumiType, seat("incident_response"))).to.deep.equal([
      "known-products: No incident_response seats.",
    ]);
    expect(await violations(bucket, seat("incident_response"))).to.deep.equal([]);
  });

  it("judges each roster", async () => {
    const { __pulumiType } = SeatRoster;
    expect(await violations(__pulumiType, { ...roster, maxRemovals: 2 })).to.deep.equal([]);
    expect(await violations(__pulumiType, roster)).to.deep.equal([
      "bounded-removals: Set maxRemovals.",
    ]);
  });

  it("judges the teams of a stack", async () => {
    const { __pulumiType } = TeamSeats;
    expect(await stackViolations(__pulumiType, bucket)).to.deep.equal([]);
    expect(await stackViolations(__pulumiType, bucket, __pulumiType)).to.deep.equal([
      "one-team: This stack has 2 teams.",
    ]);
  });
});

/** A resource as the engine describes it. */
function filled<Description extends messages.AnalyzeRequest | messages.AnalyzerResource>(
  description: Description,
  type: string,
  inputs: object,
): Description {
  description.setType(type);
  description.setProperties(Struct.fromJavaScript(inputs as never));
  description.setOptions(new messages.AnalyzerResourceOptions());
  return description;
}

const done =
  <Response>(resolve: (response: Response) => void, reject: (error: Error) => void) =>
  (error: ServiceError | null, response: Response) =>
    error ? reject(error) : resolve(response);

/** Policies, and what they report, which follows the policy's description. */
const said = (response: messages.AnalyzeResponse) =>
  response
    .getDiagnosticsList()
    .map((it) => `${it.getPolicyname()}: ${it.getMessage().split("\n").at(-1)}`);
