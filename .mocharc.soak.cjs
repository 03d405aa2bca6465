// `npm run test:soak`: what costs minutes because it is repeated, or because much runs at once.
process.env.SEATS_ROUNDS ??= "3";
process.env.SEATS_SEED ??= "2";
const everything = require("./.mocharc.cjs");

module.exports = {
  ...everything,
  spec: [
    "test/release/**/*.test.ts",
    "test/soak/**/*.test.ts",
    "test/model/**/*.test.ts",
    "test/unit/**/hostile*.test.ts",
  ],
};
