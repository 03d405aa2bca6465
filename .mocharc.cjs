// Files named on the command line are run alone; without any, all of them.
const named = process.argv.slice(2).filter((argument) => argument.endsWith(".test.ts"));
// The unit tests do without the Pulumi CLI, which takes minutes to get on a new machine.
const unitOnly = named.length > 0 && named.every((file) => file.startsWith("test/unit/"));

module.exports = {
  // The long ones first, so that no worker is left with one at the end.
  ...(named.length === 0 && {
    spec: ["promises", "e2e", "provider", "model", "unit"].map(
      (folder) => `test/${folder}/**/*.test.ts`,
    ),
  }),
  require: ["tsx/cjs", ...(unitOnly ? [] : ["test/support/cli.ts"])],
  reporter: "test/support/reporter.cjs",
  timeout: 300_000,
  forbidOnly: true,
  parallel: true,
  // One more than the cores of a small machine: the tests wait for processes half of the time.
  jobs: 3,
};
