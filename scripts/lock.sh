#!/usr/bin/env bash
# Resolves anew: for every Python from 3.11 and every platform, with hashes, without the address of any registry.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
.venv/bin/python -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check uv

lock() {
  "$tools/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
    --no-emit-index-url --custom-compile-command "make lock" "$@" pyproject.toml
}
lock ${UPGRADE:+--upgrade} -o requirements.txt
lock ${UPGRADE:+--upgrade} --extra dev -o requirements-dev.txt

# Beside node_modules npm forgets the packages of other platforms: resolve in an empty folder.
mkdir "$tools/client"
cp client/package.json client/package-lock.json client/.npmrc "$tools/client"
(cd "$tools/client" && npm install --package-lock-only --ignore-scripts)
cp "$tools/client/package-lock.json" client/
