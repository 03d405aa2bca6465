#!/usr/bin/env node
// Not made by the build, so that npm links it in a clone that has not been built yet.
// A word is a command of the command line; Pulumi's engine gives options and its address.
if (/^([a-z]+|--help|--version)$/.test(process.argv[2] ?? "")) require("../dist/cli/main.js");
else require("../dist/plugin/main.js");
