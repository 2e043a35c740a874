#!/usr/bin/env bash
# A demo whose salesperson carries about 10,000 rows, then the stopwatch in Chromium. Fresh each time: its days count from today.
set -euo pipefail
cd "$(dirname "$0")/.."

data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
unset DATABASE_URL
export FORECOURT_DATA="$data" FORECOURT_DEMO_PASSWORD="signal-willow-9447"
.venv/bin/forecourt migrate >/dev/null
.venv/bin/forecourt demo --months 3 --customers 1050 >/dev/null
export FORECOURT_DEMO="$data"
cd client
node_modules/.bin/playwright test --config ../tests/browser/playwright.config.ts --project=bench --workers=1
