import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import type { EntryPoint } from "../../../provider/src/cli/entryPoints";
import { migrate } from "../../../provider/src/cli/migration";
import { user } from "../../support/ids";
import { always } from "../../support/rounds";
import {
  DYNAMIC,
  dynamicProvider,
  dynamicRoster,
  dynamicSeat,
  NATIVE,
  nativeProvider,
  nativeRoster,
  nativeSeat,
  referenceTo,
  resourcesOf,
  stack,
  stateOf,
  urnOf,
} from "../../support/states";

const moved = (state: string, to: EntryPoint) => migrate(state, "state.json", to).text;
const move = (to: EntryPoint, ...resources: object[]) => resourcesOf(moved(stateOf(resources), to));

describe("migrate", () => {
  it("makes resources of the dynamic provider those that the plugin would have written, and back", () => {
    const members = { alice: user(2) };
    const seats = [
      [dynamicSeat("alice", user(1)), dynamicRoster("team", members)],
      [nativeSeat("alice", user(1)), nativeRoster("team", members)],
    ] as const;
    const native = move("native", stack, dynamicProvider(), ...seats[0]);
    const [, , added, ...others] = native;
    const provider = { ...nativeProvider(), id: added?.id };
    expect(added).to.deep.equal(provider);
    expect(added?.id).to.match(/^[0-9a-f-]{36}$/);
    const ours = { provider: referenceTo(provider) };
    expect(others).to.deep.equal(seats[1].map((resource) => ({ ...resource, ...ours })));
    expect(move("dynamic", ...native)).to.deep.equal([stack, dynamicProvider(), ...seats[0]]);
  });

  it("brings back a state that 0.1.0 wrote, except that rosters know their URN today", () => {
    const file = join(__dirname, "..", "..", "promises", "fixtures", "state-0.1.0.json");
    const recorded = readFileSync(file, "utf8");
    const native = moved(recorded, "native");
    expect(native).to.not.include(DYNAMIC);
    const back = JSON.parse(moved(native, "dynamic"), (key, value) =>
      key === "__urn" ? undefined : value,
    );
    expect(back).to.deep.equal(JSON.parse(recorded));
  });

  it("renames a seat wherever the state refers to it", () => {
    const parts = (type: string) => {
      const [alice, nested] = [
        urnOf(`${type}SeatAssignment`, "alice"),
        urnOf(`e2e:Team$${type}SeatAssignment$e2e:Part`, "a$b::c"),
      ];
      return {
        parent: alice,
        dependencies: [alice, stack.urn],
        propertyDependencies: { name: [alice] },
        aliases: [nested],
        deletedWith: alice,
        replaceWith: [alice],
        outputs: {
          reference: { urn: alice, id: "on_call/1", packageVersion: "" },
          list: [[alice]],
        },
      };
    };
    const [stranger, child] = ["e2e:Part", `${DYNAMIC}SeatAssignment$e2e:Part`].map((type) => ({
      type: "e2e:Part",
      urn: urnOf(type, "part"),
    }));
    const state = [stack, dynamicProvider(), dynamicSeat("alice", user(1))];
    const native = move(
      "native",
      ...state,
      { ...stranger, ...parts(DYNAMIC) },
      { ...child, ...parts(DYNAMIC) },
    );
    expect(native.slice(-2)).to.deep.equal([
      { ...stranger, ...parts(NATIVE) },
      { ...child, urn: urnOf(`${NATIVE}SeatAssignment$e2e:Part`, "part"), ...parts(NATIVE) },
    ]);
  });

  it("changes nothing else, and a way there and back changes nothing", async () => {
    const seats = [
      dynamicSeat("alice", user(1), { protect: true, customTimeouts: { create: 1e21 } }),
      dynamicRoster("team", { bob: user(2) }),
    ];
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom(
        `urn:pulumi:other::e2e::${DYNAMIC}SeatAssignment::alice`,
        `see ${urnOf(`${DYNAMIC}SeatAssignment`, "alice")}`,
        urnOf(`${DYNAMIC}SeatAssignments`, "alice"),
        urnOf("e2e:Part", `${DYNAMIC}SeatAssignment`),
        `${DYNAMIC}SeatAssignment`,
        "__provider",
      ),
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        text,
        fc.jsonValue(),
        fc.array(tie("any"), { maxLength: 3 }),
        fc.dictionary(text, tie("any"), { maxKeys: 3 }),
      ),
    })).any;
    const stranger = fc.record({ at: fc.nat(), inputs: value, outputs: value });
    const cases = fc.record({ strangers: fc.array(stranger, { maxLength: 4 }), more: value });
    await always(200, cases, async ({ strangers, more }) => {
      const resources: object[] = [stack, dynamicProvider(), ...seats];
      for (const [n, { at, ...rest }] of strangers.entries()) {
        const part = { type: "e2e:Part", urn: urnOf("e2e:Part", `${n}`), ...rest };
        resources.splice(at % (resources.length + 1), 0, part);
      }
      const state = stateOf(resources, { more });
      // As texts: `__proto__` may be a name.
      const others = (all: readonly object[]) =>
        JSON.stringify(all.filter(({ type }: { type?: string }) => type === "e2e:Part"));
      const native = moved(state, "native");
      expect(others(resourcesOf(native))).to.equal(others(resourcesOf(state)));
      expect(JSON.stringify(JSON.parse(native).deployment.more)).to.equal(JSON.stringify(more));
      expect(JSON.parse(moved(native, "dynamic"))).to.deep.equal(JSON.parse(state));
    });
  });

  it("leaves secrets as they are, whether it could read them or not", () => {
    for (const content of [{ ciphertext: "v1:abc" }, { plaintext: '"x"' }]) {
      const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
      const members = { alice: { ...secret, ...content } };
      const [, , , roster] = move(
        "native",
        stack,
        dynamicProvider(),
        dynamicRoster("team", members),
      );
      expect(roster?.inputs).to.deep.include({ members });
      expect(roster?.outputs).to.deep.include({ members });
    }
  });

  it("has the provider of the state, before the first seat", () => {
    const gone = nativeProvider("default_0_0_9", { delete: true });
    const [explicit, used] = [nativeProvider("default-eu"), nativeProvider("default_0_1_0")];
    const inEu = nativeSeat("bob", user(2), { provider: referenceTo(explicit) });
    const native = move(
      "native",
      stack,
      explicit,
      inEu,
      dynamicProvider(),
      dynamicSeat("alice", user(1)),
      gone,
      used,
    );
    const alice = nativeSeat("alice", user(1), { provider: referenceTo(used) });
    expect(native).to.deep.equal([stack, explicit, inEu, dynamicProvider(), used, alice, gone]);
  });

  it("takes the plugin's default provider out on the way back, but no other", () => {
    const explicit = nativeProvider("eu");
    const other = { type: `${NATIVE}Other`, urn: urnOf(`${NATIVE}Other`, "o") };
    const seats = [stack, nativeProvider(), explicit, nativeSeat("alice", user(1))];
    const [, added, ...rest] = move("dynamic", ...seats).filter(({ urn }) => urn !== explicit.urn);
    expect(added).to.deep.equal({ ...dynamicProvider(), id: added?.id });
    expect(rest).to.have.length(1);
    const provider = referenceTo(nativeProvider());
    expect(move("dynamic", ...seats, { ...other, provider })).to.deep.include(nativeProvider());
  });

  it("has nothing to do where no seat is to be moved: the state stays to the letter", () => {
    const native = moved(stateOf([stack, dynamicProvider(), dynamicSeat("a", user(1))]), "native");
    const fresh = '{"version": 3, "deployment": {"manifest": {}}}';
    for (const state of [native, fresh]) {
      expect(migrate(state, "state.json", "native")).to.deep.equal({ text: state, moved: 0 });
    }
  });
});
