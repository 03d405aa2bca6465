// Required first by the Node processes of the tests' runs. At every start Pulumi's SDK loads what serializes functions, which
// nothing here does: a third of the time of a `pulumi up`. So it is loaded when it is used, if ever. What users run does
// without this: the packed package in test/promises/versions.test.ts too.
const Module = require("node:module");

// The language host that can be built here ignores a project's option `typescript: false`.
if (process.env.SEATS_PLAIN_JAVASCRIPT) delete process.env.PULUMI_NODEJS_TYPESCRIPT;

const LATER = ["typescript", "@npmcli/arborist"];
const { _load: load } = Module;

Module._load = (id, parent, isMain) => {
  if (!LATER.includes(id) || !parent?.filename.includes("@pulumi")) {
    return load.call(Module, id, parent, isMain);
  }
  let loaded;
  const used = () => {
    loaded ??= load.call(Module, id, parent, false);
    return loaded;
  };
  return new Proxy(
    {},
    {
      // What compiled TypeScript asks about a module when it imports it.
      get: (_, key) => (key === "__esModule" ? true : key === "default" ? used() : used()[key]),
      has: (_, key) => key in used(),
    },
  );
};
