#!/usr/bin/env node
// Not made by the build, so that npm links it in a clone that has not been built yet.
require("../dist/cli/main.js");
