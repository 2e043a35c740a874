#!/usr/bin/env bash
# Installs the client's packages from client/package-lock.json: exact versions, no install scripts, no browsers.
set -euo pipefail
cd "$(dirname "$0")/../client"

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "Forecourt's client needs Node 20.19 or newer with npm: https://nodejs.org" >&2
  exit 1
fi
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' || {
  echo "Forecourt's client needs Node 20.19 or newer; this is $(node --version)." >&2
  exit 1
}

echo "→ Client: installing what package-lock.json names"
PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --ignore-scripts --no-engine-strict --no-audit --no-fund --loglevel=error
