#!/usr/bin/env bash
# Runs a command. Its output goes to the log and, under a heading, to the job's summary. Exits as the command does.
#   bash in-summary.sh HEADING COMMAND…
set -euo pipefail
printf '### %s\n\n' "$1" >> "$GITHUB_STEP_SUMMARY"
# Without the colour marks that `pulumi --color never` leaves in its count of errors.
# Indented, every line is code: nothing in it is Markdown.
"${@:2}" 2>&1 | sed -u 's/<{%[^%]*%}>//g' | tee >(cat >&2) | sed 's/^/    /' >> "$GITHUB_STEP_SUMMARY"
