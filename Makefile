# `make demo` and `make test` set up all that they need from Python and the system's package manager.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
OUT ?= outputs
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
LOCKED := $(BIN)/pip install --quiet --disable-pip-version-check --constraint requirements.lock

.PHONY: demo test lint types check lock model clean

demo: $(VENV)/.demo  ## set up and build the graph of the bundled sample
	$(BIN)/kg build --sample --out $(OUT)

test: $(VENV)/.test  ## set up and run every test
	$(BIN)/python -m pytest

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy

check: lint types test

lock: $(VENV)/.test  ## resolve the newest versions that pyproject.toml allows, for all Pythons and systems
	$(LOCKED) uv
	$(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.10 --all-extras \
		--no-annotate --no-header --no-emit-index-url pyproject.toml --output-file requirements.lock

model: $(VENV)/.test  ## make the model that the package ships, from data/gold
	$(BIN)/kg train data/gold --out kg/nlp/model

$(VENV)/bin/python:
	$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(SUDO) apt-get update -q && $(SUDO) apt-get install -yq python3-venv; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: pyproject.toml requirements.lock | $(VENV)/bin/python
	$(LOCKED) --editable .
	touch $@

$(VENV)/.test: pyproject.toml requirements.lock | $(VENV)/bin/python
	$(LOCKED) --editable '.[test]'
	sh tests/system_packages.sh
	touch $@ $(VENV)/.demo

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
