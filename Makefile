# Two commands do everything on a machine with Python 3.11 and Node 20:
#   make demo    installs what is needed and runs the main job on simulated scans
#   make test    installs what is needed and passes the tests
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
UI := serve/ui
LOCK := $(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate --python-version 3.11 --upgrade
UI_BUILT := $(UI)/dist/index.html
UI_INSTALLED := $(UI)/node_modules/.stamp
UI_SOURCES := $(shell find $(UI)/src $(UI)/public -type f 2>/dev/null) $(wildcard $(UI)/*.json $(UI)/*.ts $(UI)/*.html)

.PHONY: help demo test test-python test-ui check ui bench evaluate screenshot locks clean

help:
	@sed -n 's/^#   make/  make/p' Makefile
	@echo "  make check   formatting, lint, types, layers"
	@echo "  make ui      build the analysts' page into $(UI)/dist"
	@echo "  make bench   the timings beside the baseline"
	@echo "  make evaluate DATA=DIR   the benchmark on a folder of scans (docs/rescan-1.md)"
	@echo "  make screenshot          docs/case.png anew, from simulated scans"
	@echo "  make locks   write requirements/*.txt anew"

demo: $(VENV)/serve.stamp $(UI_BUILT)
	$(BIN)/riac demo $(ARGS)

test: test-python test-ui

test-python: $(VENV)/dev.stamp $(UI_BUILT)
	$(BIN)/python -m pytest $(ARGS)

test-ui: $(UI_INSTALLED)
	cd $(UI) && npm test

check: $(VENV)/dev.stamp $(UI_INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports
	$(BIN)/hadolint gpu.Dockerfile
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec compose.yaml
	cd $(UI) && PYTHON=$(abspath $(BIN)/python) npm run check

ui: $(UI_BUILT)

bench: $(VENV)/dev.stamp $(UI_BUILT)
	$(BIN)/riac bench $(ARGS)

evaluate: $(VENV)/dev.stamp
	$(BIN)/riac evaluate --data $(DATA) $(ARGS)

screenshot: $(VENV)/dev.stamp $(UI_BUILT)
	RIAC_REQUIRE_BROWSER=1 RIAC_SCREENSHOTS=docs $(BIN)/python -m pytest tests/ui -k judged

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11))' \
	  || { echo "RIAC needs Python 3.11; set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/serve.stamp: requirements/serve.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/serve.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@ $(VENV)/serve.stamp

$(UI_INSTALLED): $(UI)/package-lock.json
	cd $(UI) && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

$(UI_BUILT): $(UI_INSTALLED) $(UI_SOURCES)
	cd $(UI) && npm run build

locks: | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	$(LOCK) --extra dev --output-file requirements/dev.txt pyproject.toml
	$(LOCK) --extra cpu --extra serve --constraint requirements/dev.txt --output-file requirements/serve.txt pyproject.toml
	$(LOCK) --extra gpu --extra serve --constraint requirements/dev.txt --output-file requirements/gpu.txt pyproject.toml

clean:
	rm -rf $(VENV) $(UI)/node_modules $(UI)/dist .mypy_cache .ruff_cache .pytest_cache
