#!/usr/bin/env bash
# Migrates, builds the small demo where there is no data yet, and serves. A database of your own
# (DATABASE_URL) is migrated and served, never filled.
set -euo pipefail
cd "$(dirname "$0")/.."

forecourt=.venv/bin/forecourt
data=${FORECOURT_DATA:-data}
unfinished=$data/demo-unfinished

if [ -z "${DATABASE_URL:-}" ]; then
  mkdir -p "$data"
  if [ -e "$unfinished" ]; then
    echo "→ The demo was interrupted last time: starting it afresh"
    rm -f "$data"/forecourt.sqlite3*
  fi
  if [ ! -e "$data/forecourt.sqlite3" ]; then touch "$unfinished"; fi
fi

"$forecourt" migrate
if [ -z "${DATABASE_URL:-}" ] && [ -e "$unfinished" ]; then
  echo "→ Building the demo: Harbour Auto Group"
  "$forecourt" demo --small
  rm "$unfinished"
fi
exec "$forecourt" serve
