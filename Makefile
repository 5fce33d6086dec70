# Two commands do all the set-up themselves: `make demo` and `make test`.

# The first Python on this machine that is 3.11 or newer and can make a virtual environment.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
BIN := .venv/bin

.PHONY: demo test run check lint types bench lock clean
.DEFAULT_GOAL := help

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 10

.venv/runtime: requirements.lock
	@test -n "$(PYTHON)" || { echo "Touchstone needs Python 3.11 or newer with its venv module; on Debian: apt install python3 python3-venv"; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/development: requirements-dev.lock .venv/runtime
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: .venv/runtime ## see the bot do its work on this machine: no token, no account, no network
	@$(BIN)/python -m bot demo

run: .venv/runtime ## start the bot with the settings in .env
	@$(BIN)/python -m bot

test: .venv/development ## run every test
	@$(BIN)/python -m pytest

lint: .venv/development
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: .venv/development
	@$(BIN)/mypy .

check: lint types test ## lint, types and tests: what the continuous integration runs

bench: .venv/development ## measure the speed, as ratios inside one run
	@$(BIN)/python -m tests.speed

lock: .venv/development ## pin the dependencies anew after a change of pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-config --no-header \
		--no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-config --no-header \
		--no-emit-index-url --no-emit-find-links pyproject.toml --group dev -o requirements-dev.lock

clean: ## remove the environment and the demo's files
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis demo-output
