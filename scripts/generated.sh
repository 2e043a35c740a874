#!/usr/bin/env bash
# Are schema/schema.graphql and the client's generated types what the code says? Brings them up to date, and fails
# if they were not.
set -euo pipefail
cd "$(dirname "$0")/.."

before=$(mktemp)
trap 'rm -f "$before"' EXIT
cp schema/schema.graphql "$before" 2>/dev/null || true
.venv/bin/python -m schema
stale=0
cmp -s "$before" schema/schema.graphql || { echo "schema/schema.graphql was not current."; stale=1; }
(cd client && node build/codegen.mjs --check) || stale=1

if [ "$stale" = 1 ]; then
  (cd client && node build/codegen.mjs)
  echo "The generated files are up to date now: look at the difference and commit it." >&2
  exit 1
fi
