import { expect } from "chai";
import { SeatAssignment, SeatRoster } from "../../../provider/src";
import { ownedSeats } from "../../../provider/src/cli/ownedSeats";
import { user } from "../../support/ids";

const assignment = (n: number, more = {}) => ({
  urn: `urn:pulumi:test::e2e::${SeatAssignment.__pulumiType}::seat-${n}`,
  type: SeatAssignment.__pulumiType,
  id: `on_call/${user(n)}`,
  inputs: { productCode: "on_call", userId: user(n) },
  outputs: { productCode: "on_call", userId: user(n) },
  ...more,
});
const roster = (outputs: object) => ({
  urn: `urn:pulumi:test::e2e::${SeatRoster.__pulumiType}::team`,
  type: SeatRoster.__pulumiType,
  id: "on_call/roster",
  inputs: { productCode: "on_call", members: { wanted: user(9) } },
  outputs: { productCode: "on_call", ...outputs },
});
const stateOf = (resources: object[], more = {}) =>
  JSON.stringify({ version: 3, deployment: { resources, ...more } });
const ownersOf = (...resources: object[]) =>
  ownedSeats(stateOf(resources), ["on_call"]).map(({ owner }) => owner);
/** Without their owners. */
const read = (text: string, productCodes = ["on_call"]) =>
  ownedSeats(text, productCodes).map(({ owner: _, ...seat }) => seat);
const owned = (resources: object[], more = {}) => read(stateOf(resources, more));
const seat = (n: number) => ({ productCode: "on_call", userId: user(n) });
const secret = (value: object) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ...value,
});

describe("ownedSeats", () => {
  it("finds the seats of assignments and of rosters' members", () => {
    const stranger = { type: "aws:s3:Bucket", urn: "u", outputs: { userId: user(7) } };
    expect(
      owned([assignment(1), roster({ members: { alice: user(2), bob: user(3) } }), stranger]),
    ).to.deep.equal([seat(1), seat(2), seat(3)]);
  });

  it("finds those of the native plugin likewise", () => {
    const native = ({ type, ...resource }: { type: string }) => ({
      ...resource,
      type: type.replace("pulumi-nodejs:dynamic/datadog:", "datadog-seats:index:"),
    });
    const team = roster({ members: { alice: user(2), bob: user(3) }, others: ["bob"] });
    expect(owned([native(assignment(1)), native(team)])).to.deep.equal([seat(1), seat(2)]);
  });

  it("names the owner of each seat, and the label of a roster's member", () => {
    const names = { project: "e2e", stack: "test" };
    const child = `urn:pulumi:test::e2e::seats:Team$${SeatAssignment.__pulumiType}::a::b`;
    expect(
      ownersOf(assignment(1, { urn: child }), roster({ members: { "x@example.com": user(2) } })),
    ).to.deep.equal([
      { ...names, resource: "a::b", urn: child },
      {
        ...names,
        resource: "team",
        member: "x@example.com",
        urn: `urn:pulumi:test::e2e::${SeatRoster.__pulumiType}::team`,
      },
    ]);
  });

  it("has no names that would act on a terminal", () => {
    const urn = `urn:pulumi:te\u001bst::e\u009b2e::${SeatAssignment.__pulumiType}::al\u001b[31m\nice`;
    const [one, member] = ownersOf(
      assignment(1, { urn }),
      roster({ members: { "a\u001b]0;b": user(2) } }),
    );
    expect(one).to.include({
      stack: "te\\u001bst",
      project: "e\\u009b2e",
      resource: "al\\u001b[31m ice",
    });
    expect(member).to.include({ member: "a\\u001b]0;b" });
    expect(JSON.stringify([one, member])).to.not.match(/\p{Cc}|[^\\]\\u00/u);
  });

  it("leaves out the others whom a refresh has shown in an exclusive roster", () => {
    const members = { alice: user(2), "bob@example.com": user(3) };
    expect(owned([roster({ members, others: ["bob@example.com"] })])).to.deep.equal([seat(2)]);
  });

  it("leaves out resources that something else manages or that are deleted already", () => {
    expect(
      owned([assignment(1, { external: true }), assignment(2, { pendingReplacement: true })]),
    ).to.deep.equal([]);
  });

  it("counts what the next up deletes, but not what an interrupted run began", () => {
    const pending_operations = [{ type: "creating", resource: assignment(2) }];
    expect(owned([assignment(1, { delete: true })], { pending_operations })).to.deep.equal([
      seat(1),
    ]);
  });

  it("leaves out what has an id that no release has given", () => {
    const inEu = assignment(1, { id: `eu/on_call/${user(1)}` });
    const team = { ...roster({}), id: "eu/on_call/roster" };
    const bare = assignment(1, { id: undefined, outputs: undefined });
    expect(owned([inEu, team, bare, assignment(2)])).to.deep.equal([seat(2)]);
  });

  it("reads a state without the deployment around it, and one of a new stack", () => {
    expect(read(JSON.stringify({ resources: [assignment(1)] }))).to.have.length(1);
    const fresh = { version: 3, deployment: { manifest: { time: "0001-01-01T00:00:00Z" } } };
    expect(read(JSON.stringify(fresh))).to.deep.equal([]);
  });

  it("goes by the id, whatever the outputs hide or lack", () => {
    const hidden = secret({ ciphertext: "v1:abc" });
    const outputs = { productCode: hidden, userId: hidden };
    expect(
      owned([assignment(1, { outputs }), assignment(2, { outputs: undefined })]),
    ).to.deep.equal([seat(1), seat(2)]);
    const team = roster({ productCode: hidden, members: { alice: user(3) } });
    expect(owned([team])).to.deep.equal([seat(3)]);
  });

  it("gives UUIDs in lower case", () => {
    const id = "3FA85F64-5717-4562-B3FC-2C963F66AFA6";
    const lower = { productCode: "on_call", userId: id.toLowerCase() };
    expect(
      owned([assignment(1, { id: `on_call/${id}` }), roster({ members: { alice: id } })]),
    ).to.deep.equal([lower, lower]);
  });

  it("fails where it can't tell whose seats a resource owns", () => {
    for (const [resource, reason] of [
      [roster({}), "its outputs hold no `members`"],
      [assignment(1, { urn: "urn:pulumi:test::e2e::type" }), "its URN is not one of Pulumi's"],
    ] as const) {
      expect(() => owned([resource])).to.throw(
        `which seats ${resource.urn} owns is unknown: ${reason}.`,
      );
    }
  });

  it("fails for a roster with secret members, unless the state shows them", () => {
    const shown = secret({ plaintext: JSON.stringify({ alice: user(1) }) });
    expect(owned([roster({ members: shown })])).to.deep.equal([seat(1)]);
    const hidden = secret({ ciphertext: "v1:abc" });
    for (const outputs of [
      { members: hidden },
      { members: { alice: hidden } },
      { members: {}, others: hidden },
    ]) {
      expect(() => owned([roster(outputs)])).to.throw(
        /^which seats urn:.*::team owns is unknown: `(members|alice|others)` is a secret; .* --show-secrets/,
      );
    }
  });

  it("looks for the products that are asked for, and at nothing else: another one's secret is no obstacle", () => {
    const secrets = { members: secret({ ciphertext: "v1:abc" }) };
    const other = { ...roster(secrets), id: "incident_response/roster" };
    const lead = assignment(3, { id: `incident_response/${user(3)}` });
    expect(owned([other, lead, assignment(1)])).to.deep.equal([seat(1)]);
    const both = read(stateOf([lead, assignment(1)]), ["on_call", "incident_response"]);
    expect(both).to.deep.equal([{ productCode: "incident_response", userId: user(3) }, seat(1)]);
  });

  it("reads every format of Pulumi's that it knows, and says so of a newer one", () => {
    const inFormat = (version: number) =>
      read(JSON.stringify({ version, deployment: { resources: [assignment(1)] } }));
    for (const version of [3, 4]) expect(inFormat(version)).to.deep.equal([seat(1)]);
    expect(() => inFormat(5)).to.throw(
      "its format has version 5, and this release of pulumi-datadog-seats knows 3 and 4. Update the package.",
    );
  });

  it("fails for what is not a state", () => {
    const expected = "Expected what `pulumi stack export` writes.";
    expect(() => read("resources: []")).to.throw(`it is not JSON. ${expected}`);
    for (const text of ["null", "[]", "{}", '{"deployment":{}}', '{"resources":["a"]}']) {
      expect(() => read(text), text).to.throw(`it holds no resources. ${expected}`);
    }
    expect(() => owned([assignment(1, { id: 5 })])).to.throw(
      `its resource 1 has no text as its \`id\`. ${expected}`,
    );
  });
});
