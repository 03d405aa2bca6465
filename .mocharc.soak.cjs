// `npm run test:soak`: what costs minutes because it is repeated, or because much runs at once.
process.env.SEATS_ROUNDS ??= "3";
process.env.SEATS_SEED ??= "2";
const everything = require("./.mocharc.cjs");

module.exports = {
  ...everything,
  spec: ["release", "soak", "model"]
    .map((folder) => `test/${folder}/**/*.test.ts`)
    .concat("test/unit/**/hostile*.test.ts"),
};
