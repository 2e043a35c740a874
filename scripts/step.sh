#!/usr/bin/env bash
# step.sh TARGET WHAT COMMAND…: says what it does, how long it took, and how to do only that again when it failed.
set -uo pipefail
target=$1 what=$2
shift 2

printf '\n── %s\n' "$what"
SECONDS=0
"$@"
code=$?
if [ "$code" = 0 ]; then
  printf '   %s: good (%s s)\n' "$what" "$SECONDS"
else
  printf '\n✗ %s: failed after %s s. This step alone: make %s\n' "$what" "$SECONDS" "$target" >&2
fi
exit "$code"
