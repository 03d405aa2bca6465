#!/usr/bin/env bash
# Runs a command. Its output goes to the log and, under a heading, to summary.md and what GitHub shows as the job's summary.
# Exits as the command does.
#   bash in-summary.sh HEADING COMMAND…
set -euo pipefail
summarize() { tee -a summary.md >> "${GITHUB_STEP_SUMMARY:-/dev/null}"; }
printf '### %s\n\n' "$1" | summarize
# Without the colour marks that `pulumi --color never` leaves in its count of errors.
# Indented, every line is code: nothing in it is Markdown.
"${@:2}" 2>&1 | sed -u 's/<{%[^%]*%}>//g' | tee >(cat >&2) | sed 's/^/    /' | summarize
