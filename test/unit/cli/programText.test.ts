import { expect } from "chai";
import ts from "typescript";
import type { SeatUser } from "../../../provider/src/api/responses";
import { type ProgramOptions, programFor } from "../../../provider/src/cli/programText";
import { UsersByEmail } from "../../../provider/src/model/usersByEmail";
import { user } from "../../support/ids";

interface Declared {
  type: string;
  name: string;
  args: { productCode: string; userId?: string; members?: Record<string, string> };
}

/** What a program declares when it runs. */
function declaredBy(program: string): Declared[] {
  const declared: Declared[] = [];
  const classOf = (type: string) =>
    class {
      constructor(name: string, args: Declared["args"]) {
        declared.push({ type, name, args });
      }
    };
  const library = {
    SeatAssignment: classOf("SeatAssignment"),
    SeatRoster: classOf("SeatRoster"),
  };
  const { outputText, diagnostics } = ts.transpileModule(program, {
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  expect(diagnostics).to.deep.equal([]);
  new Function("require", "exports", outputText)(() => library, {});
  return declared;
}

const alice: SeatUser = { userId: user(1), email: "alice@example.com" };
const bob: SeatUser = { userId: user(2), email: "bob@example.com" };
const onCall = { productCode: "on_call", name: "on-call" };
const programOf = (holders: SeatUser[], as: ProgramOptions["as"] = "roster") =>
  programFor([{ ...onCall, holders }], { as });

describe("programFor", () => {
  it("writes one roster, as a person might", () => {
    expect(programOf([alice, bob], "exclusive roster")).to.equal(
      `import { SeatRoster } from "pulumi-datadog-seats";

// Who holds a seat, by email.
new SeatRoster("on-call", {
  productCode: "on_call",
  members: {
    "alice@example.com": "${user(1)}",
    "bob@example.com": "${user(2)}",
  },
  exclusive: true,
});
`,
    );
  });

  it("writes an assignment for each holder, named by email", () => {
    expect(declaredBy(programOf([alice, bob], "assignments"))).to.deep.equal([
      {
        type: "SeatAssignment",
        name: "on-call-alice@example.com",
        args: { productCode: "on_call", userId: user(1) },
      },
      {
        type: "SeatAssignment",
        name: "on-call-bob@example.com",
        args: { productCode: "on_call", userId: user(2) },
      },
    ]);
  });

  it("declares several products in one program", () => {
    const lead = { productCode: "incident_response", name: "lead", holders: [bob] };
    const products = [{ ...onCall, holders: [alice] }, lead];
    expect(
      declaredBy(programFor(products, { as: "roster" })).map(({ args }) => args),
    ).to.deep.equal([
      { productCode: "on_call", members: { "alice@example.com": user(1) } },
      { productCode: "incident_response", members: { "bob@example.com": user(2) } },
    ]);
    const assignments = declaredBy(programFor(products, { as: "assignments" }));
    expect(assignments.map(({ name }) => name)).to.deep.equal([
      "on-call-alice@example.com",
      "lead-bob@example.com",
    ]);
  });

  it("labels a holder by user id without an email, or with one that is a property of every object", () => {
    const odd = [
      { userId: user(1) },
      { userId: user(2), email: "" },
      { userId: user(3), email: "__proto__" },
    ];
    const [roster] = declaredBy(programOf(odd));
    expect(roster?.args.members).to.deep.equal({
      [user(1)]: user(1),
      [user(2)]: user(2),
      [user(3)]: user(3),
    });
  });

  it("adds the user id to labels of holders who share an email", () => {
    const [roster] = declaredBy(programOf([alice, { ...alice, userId: user(3) }, bob]));
    expect(roster?.args.members).to.deep.equal({
      [`alice@example.com (${user(1)})`]: user(1),
      [`alice@example.com (${user(3)})`]: user(3),
      "bob@example.com": user(2),
    });
  });

  it("quotes emails, names and products, so that none is run as code", () => {
    const evil = `"'\`\${process.exit(1)}\\\n\u2028*/`;
    const holders = [{ userId: user(1), email: `${evil}@example.com` }];
    for (const as of ["roster", "exclusive roster", "assignments"] as const) {
      const [declared] = declaredBy(
        programFor([{ productCode: evil, name: evil, holders }], { as }),
      );
      expect(declared?.args.productCode).to.equal(evil);
      expect(declared?.name).to.equal(as === "assignments" ? `${evil}-${evil}@example.com` : evil);
    }
  });

  it("looks up whom an email stands for, and names the others by UUID", () => {
    const enabled = { isDisabled: false, isServiceAccount: false };
    const carol = { userId: user(3), email: "carol@example.com" };
    const odd = { userId: user(5), email: "d. d@example.com" };
    const twin = { ...alice, userId: user(9) };
    const users = new UsersByEmail([
      { ...alice, ...enabled },
      { ...bob, ...enabled },
      { ...carol, ...enabled, isDisabled: true },
      { ...odd, ...enabled },
    ]);
    const holders = [alice, bob, carol, twin, { userId: user(4) }, odd];
    const options = { as: "exclusive roster", users } as const;
    expect(programFor([{ ...onCall, holders: [alice, bob] }], options)).to.equal(
      `import { getUserIdsOutput, SeatRoster } from "pulumi-datadog-seats";

// Who holds a seat, by email.
new SeatRoster("on-call", {
  productCode: "on_call",
  members: getUserIdsOutput({
    emails: [
      "alice@example.com",
      "bob@example.com",
    ],
  }).ids,
  exclusive: true,
});
`,
    );
    expect(programFor([{ ...onCall, holders }], options)).to.include(`
  }).ids.apply((ids) => ({
    ...ids,
    "carol@example.com": "${user(3)}",
    "alice@example.com (${user(9)})": "${user(9)}",
    "${user(4)}": "${user(4)}",
    "d. d@example.com": "${user(5)}",
  })),
`);
  });

  it("declares nobody when nobody holds a seat", () => {
    expect(declaredBy(programOf([]))[0]?.args.members).to.deep.equal({});
    expect(declaredBy(programOf([], "assignments"))).to.deep.equal([]);
  });
});
