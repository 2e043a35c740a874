#!/usr/bin/env bash
# Finds the programs that the tests drive, PostgreSQL and Chromium, and installs them where it may (root with apt).
set -euo pipefail
cd "$(dirname "$0")/.."

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

apt_install() {
  echo "→ Programs: installing $*"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

has_postgres() { .venv/bin/python -c 'from tests.postgres import binaries; binaries()' 2>/dev/null; }
has_chromium() { node tests/browser/chromium.mjs >/dev/null; }
has_chinese() { ! command -v fc-list >/dev/null || [ -n "$(fc-list :lang=zh-cn)" ]; }

install_postgres() {
  # Only the programs: Debian would also make and start a server of its own.
  local without=/etc/postgresql-common/createcluster.d/forecourt.conf
  mkdir -p "$(dirname "$without")"
  echo 'create_main_cluster = false' >"$without"
  apt_install postgresql
  rm -f "$without"
}

if ! has_postgres; then
  if may_install; then install_postgres; fi
  has_postgres || { .venv/bin/python -c 'from tests.postgres import HOW_TO_INSTALL; print(HOW_TO_INSTALL)' >&2; exit 1; }
fi

if ! has_chromium; then
  if may_install; then apt_install chromium; else (cd client && npx --no-install playwright install chromium) || true; fi
  has_chromium || {
    echo "The browser tests need Chromium. Install it (Debian: apt-get install chromium; macOS: brew install" \
      "--cask chromium), or say where it is in CHROMIUM_PATH." >&2
    exit 1
  }
fi

# Without a Chinese font the screens still work, but their pictures show boxes.
if ! has_chinese; then
  if may_install; then apt_install fonts-noto-cjk; else echo "→ Programs: no Chinese font here; screenshots will show boxes"; fi
fi
