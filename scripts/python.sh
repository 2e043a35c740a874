#!/usr/bin/env bash
# Makes .venv from requirements-dev.txt: exact versions, checked against their hashes.
set -euo pipefail
cd "$(dirname "$0")/.."

usable() { "$1" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null && usable "$name"; then echo "$name"; return; fi
  done
  echo "Forecourt needs Python 3.11 or newer. Install it, or say where it is: make PYTHON=/path/to/python3" >&2
  exit 1
}

if ! { [ -x .venv/bin/python ] && usable .venv/bin/python; }; then
  python=$(find_python)
  echo "→ Python: making .venv with $("$python" --version)"
  "$python" -m venv --clear .venv || {
    echo "Could not make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2
    exit 1
  }
fi

echo "→ Python: installing what requirements-dev.txt names"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
