import { expect } from "chai";
import type { EntryPoint } from "../../../provider/src/cli/entryPoints";
import { migrate } from "../../../provider/src/cli/migration";
import { user } from "../../support/ids";
import {
  dynamicProvider,
  dynamicRoster,
  dynamicSeat,
  nativeProvider,
  nativeSeat,
  referenceTo,
  stack,
  stateOf,
} from "../../support/states";

const dynamic = [stack, dynamicProvider(), dynamicSeat("alice", user(1))];
const inEu = dynamicSeat("bob", user(2), { id: `eu/on_call/${user(2)}` });

/** What is said of a state that can't be moved. */
function refusal(state: string, to: EntryPoint = "native"): string {
  try {
    migrate(state, "state.json", to);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("expected a refusal");
}

describe("migrate refuses", () => {
  it("seats of a named org, by name and however many", () => {
    const rosterInEu = dynamicRoster("team", {}, { id: "eu/on_call/roster" });
    const message = refusal(stateOf([...dynamic, inEu, rosterInEu]));
    expect(message).to.match(
      /^Could not move the seats of state\.json to the native plugin:\n- "bob", "team": they name an org, .*`pulumi state delete`.*`pulumi import --provider`\.$/,
    );
  });

  for (const name of ["eu", "default-eu"]) {
    it(`on the way back seats of an explicit provider called ${name}`, () => {
      const explicit = nativeProvider(name);
      const seat = nativeSeat("bob", user(2), { provider: referenceTo(explicit) });
      const state = stateOf([
        stack,
        nativeProvider(),
        explicit,
        nativeSeat("alice", user(1)),
        seat,
      ]);
      expect(refusal(state, "dynamic")).to.match(/to the dynamic provider:\n- "bob": .*explicit/);
    });
  }

  it("what an interrupted run has left pending", () => {
    const pending_operations = [{ type: "creating", resource: inEu }];
    expect(refusal(stateOf(dynamic, { pending_operations }))).to.include("`pulumi refresh`");
  });

  it("a name that the other entry point has already, unless it is still to be deleted", () => {
    const twin = nativeSeat("alice", user(1));
    expect(refusal(stateOf([...dynamic, nativeProvider(), twin]))).to.match(
      /\n- "alice": the native plugin has resources of these names in the state already/,
    );
    const leaving = { ...twin, delete: true };
    const state = stateOf([...dynamic, nativeProvider(), leaving]);
    expect(migrate(state, "state.json", "native").moved).to.equal(1);
  });

  it("resources of another dynamic provider that happen to have the type", () => {
    const inputs = { __provider: "exports.handler=()=>({})", productCode: "on_call" };
    for (const part of [{ inputs }, { outputs: inputs }]) {
      const seat = dynamicSeat("bob", user(2), part);
      expect(refusal(stateOf([...dynamic, seat]))).to.match(
        /\n- "bob": their provider is not the one of pulumi-datadog-seats\./,
      );
    }
  });

  it("a format that it doesn't know, and a state without one", () => {
    const of = (version: unknown) => JSON.stringify({ ...JSON.parse(stateOf(dynamic)), version });
    expect(refusal(of(5))).to.include("version 5, and this release of pulumi-datadog-seats knows");
    expect(refusal(of(undefined))).to.include("It has no version.");
    expect(migrate(of(4), "state.json", "native").moved).to.equal(1);
  });

  it("with every reason at once", () => {
    const foreign = dynamicSeat("carol", user(3), { inputs: { __provider: "" } });
    const pending_operations = [{ type: "creating", resource: inEu }];
    const message = refusal(stateOf([...dynamic, inEu, foreign], { pending_operations }));
    expect(message.match(/^- /gm)).to.have.length(3);
  });

  it("what is no state", () => {
    expect(() => migrate("", "stdin", "native")).to.throw(
      "stdin is not a Pulumi state: it is not JSON.",
    );
    const alice = dynamicSeat("alice", user(1));
    for (const odd of [{ type: 5 }, { urn: undefined }, { id: 5 }]) {
      expect(refusal(stateOf([stack, { ...alice, ...odd }]))).to.equal(
        `state.json is not a Pulumi state: its resource 2 has no text as its \`${Object.keys(odd)}\`.`,
      );
    }
  });
});
