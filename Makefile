# `make` lists what there is. A fresh machine needs Python 3.11+, Node 20.19+ and make; the rest is set up here.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help set-up run serve demo test check format bench bench-client bench-tablets schema migration screenshots lock licences postgres clean storm \
	programs test-sqlite test-postgresql test-client test-browser build FORCE

PYTHON ?=
export PYTHON
BIN := .venv/bin
STEP := scripts/step.sh
# Two at a time: a file's stories stay together, for what they share.
SIDE_BY_SIDE := --numprocesses 2 --dist loadfile
PLAYWRIGHT := cd client && node_modules/.bin/playwright test --config ../tests/browser/playwright.config.ts

CLIENT := $(shell find client/src client/public client/build -type f 2>/dev/null) client/index.html \
	$(wildcard client/*.config.ts client/tsconfig*.json)
# A stamp says that a step was done with these files; without what it made, it says nothing.
missing = $(if $(wildcard $(1)),,FORCE)

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

set-up: .make/python .make/client ## install what the lock files name

run: set-up .make/dist ## the demo on this machine: migrate, fill once, serve
	@scripts/run.sh

test: set-up programs ## everything: checks, both databases, client, real browser
	@$(MAKE) --no-print-directory check test-sqlite test-postgresql test-client build test-browser
	@printf '\nAll green.\n'

check: set-up ## style, types, and whether the generated files are current
	@$(STEP) check "ruff: style" $(BIN)/ruff check .
	@$(STEP) check "ruff: format (make format mends it)" $(BIN)/ruff format --check --quiet .
	@$(STEP) check "mypy: types of server and schema" $(BIN)/mypy
	@$(STEP) check "generated files" scripts/generated.sh
	@$(STEP) check "tsc: types of client and browser stories" sh -c \
		'cd client && npm run --silent types && node_modules/.bin/tsc -p ../tests/browser/tsconfig.json'

test-sqlite: set-up ## the server's tests on SQLite
	@$(STEP) test-sqlite "pytest on SQLite" $(BIN)/pytest -q $(SIDE_BY_SIDE)

test-postgresql: set-up programs ## the server's tests on a PostgreSQL of their own
	@$(STEP) test-postgresql "pytest on PostgreSQL" $(BIN)/pytest -q $(SIDE_BY_SIDE) --database=postgresql

test-client: set-up ## the client's tests
	@$(STEP) test-client "vitest" sh -c 'cd client && node_modules/.bin/vitest run'

test-browser: set-up programs build ## the stories in a real browser
	@$(STEP) test-browser "Playwright: stories in Chromium" sh -c '$(PLAYWRIGHT) --project=stories'

build: set-up .make/dist ## the client, ready to be served

format: set-up ## put Python into its usual shape
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

storm: set-up programs ## real tablets in a hostile network, on both databases: STORM_SECONDS, STORM_SEED
	@$(BIN)/python -m tests.storm
	@STORM_ALL=1 $(STEP) storm "a restored server and planted faults, SQLite" \
		$(BIN)/pytest -q tests/storm/test_restored.py tests/storm/test_sabotaged.py
	@STORM_ALL=1 $(STEP) storm "a restored server and planted faults, PostgreSQL" \
		$(BIN)/pytest -q --database=postgresql tests/storm/test_restored.py tests/storm/test_sabotaged.py
	@HISTORIES=50000 $(STEP) storm "50,000 histories of the model" \
		$(BIN)/pytest -q --numprocesses 2 tests/storm/test_model.py

bench: set-up ## figures for the main requests, beside the raw limit
	@$(BIN)/python -m bench

bench-tablets: set-up programs ## a thousand tablets on this machine: latencies, memory, a reconnect storm
	@$(BIN)/python -m bench.tablets

bench-large: set-up ## the same ten times: a million customers; takes most of an hour the first time
	@$(BIN)/python -m bench --customers 1000000

bench-client: set-up programs build ## what a tablet takes: cold start, search, saving, draining, in Chromium
	@scripts/bench-client.sh

schema: set-up ## schema.graphql from the code, the client's types from schema.graphql
	@$(BIN)/python -m schema
	@$(BIN)/python -m server.sync.typescript
	@cd client && node build/codegen.mjs

migration: set-up ## name=what_changes: a migration from the models; read it before you commit it
	@test -n "$(name)" || { echo "Say what changes: make migration name=leads_know_their_rival" >&2; exit 1; }
	@$(BIN)/tortoise -c server.db.TORTOISE_ORM makemigrations --name "$(name)"

screenshots: set-up programs build ## every screen in three sizes, both languages, both themes, into screenshots/
	@$(STEP) screenshots "Playwright: screens in Chromium" sh -c '$(PLAYWRIGHT) --project=screens'

postgres: set-up programs ## a PostgreSQL of your own until Ctrl-C; prints its address
	@$(BIN)/python -m tests.postgres

lock: .make/python ## requirements*.txt from pyproject.toml, package-lock.json from package.json
	@scripts/lock.sh

licences: set-up ## what we stand on, and under which licence; fails on one that is not permissive
	@$(BIN)/python scripts/licences.py

programs: .make/python .make/client
	@scripts/programs.sh

clean: ## remove what was made here, but not data/
	rm -rf .make .venv client/node_modules client/dist test-results screenshots *.egg-info
	rm -rf .pytest_cache .hypothesis .mypy_cache .ruff_cache

.make/python: requirements-dev.txt pyproject.toml $(call missing,$(BIN)/forecourt)
	@scripts/python.sh
	@mkdir -p .make && touch $@

.make/client: client/package-lock.json $(call missing,client/node_modules/.package-lock.json)
	@scripts/client.sh
	@mkdir -p .make && touch $@

.make/dist: .make/client $(CLIENT) $(call missing,client/dist/index.html)
	@echo "→ Client: building"
	@cd client && node_modules/.bin/vite build --logLevel warn
	@mkdir -p .make && touch $@
