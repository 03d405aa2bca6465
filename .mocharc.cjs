// Files named on the command line are run alone; without any, all of them.
const named = process.argv.slice(2).some((argument) => argument.endsWith(".test.ts"));

module.exports = {
  // The long ones first, so that no worker is left with one at the end.
  ...(!named && {
    spec: ["promises", "e2e", "host", "unit"].map((folder) => `test/${folder}/**/*.test.ts`),
  }),
  require: ["tsx/cjs", "test/support/cli.ts"],
  reporter: "test/support/reporter.cjs",
  timeout: 300_000,
  forbidOnly: true,
  parallel: true,
  jobs: 2,
};
