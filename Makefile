# `make help` lists the targets. They need only python3 (3.10 or newer): the first target creates a virtual environment
# in .venv and installs into it. To use another interpreter: make test PYTHON=python3.12. All paths are relative, so
# the checkout can be in any directory.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
OUT ?= out
# Number of test processes, and additional arguments for pytest: make test ARGS="-m 'not slow' tests/geometry"
WORKERS ?= 2
ARGS ?=
# Commit that `make check` compares with; by default the commit at which the branch left main
BASE ?=

# The tests start about a hundred Python processes. With this variable set, each of them would compile every module.
export PYTHONDONTWRITEBYTECODE :=

# Two of MkDocs' plugins announce its version 2, which pyproject.toml keeps out, at length.
QUIET_MKDOCS := NO_MKDOCS_2_WARNING=1 DISABLE_MKDOCS_2_WARNING=true

EXAMPLE := assets/example/example.musicxml

.DEFAULT_GOAL := help
.PHONY: help demo test test-install check lint format docs docs-serve pictures bench coverage clean
.DELETE_ON_ERROR:

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.installed  ## install, and render the bundled example into out/
	@mkdir -p "$(OUT)"
	$(VENV)/bin/smashcima render $(EXAMPLE) -o "$(OUT)" --overwrite --look manuscript --seed 9 --index 0 --format png --format svg
	@echo "The pages are in $(abspath $(OUT)):"
	@ls "$(OUT)"

test: $(VENV)/.installed-dev  ## install, and run the whole test suite
	$(PY) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

test-install: $(VENV)/.installed-dev  ## build, and install beside each OpenCV into new environments; needs a network and 15 minutes
	$(PY) -m pytest $(ARGS) tests/packaging/check_installing.py

check: $(VENV)/.installed-dev  ## lint the changed files and run the tests of the affected packages; BASE= sets the commit to compare with
	$(PY) .ci/check.py "$(BASE)" $(WORKERS)

lint: $(VENV)/.installed-dev  ## check style, types and the layers of the architecture
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-logo --no-cache

format: $(VENV)/.installed-dev  ## format the code and apply the automatic fixes of ruff
	$(PY) -m ruff check --fix-only
	$(PY) -m ruff format

coverage: $(VENV)/.installed-dev  ## run the tests and report the lines that they do not cover
	$(PY) -m coverage erase
	$(PY) -m coverage run -m pytest $(ARGS)
	$(PY) -m coverage report

docs: $(VENV)/.installed-docs  ## build the documentation site into site/
	$(QUIET_MKDOCS) $(PY) -m mkdocs build --strict

docs-serve: $(VENV)/.installed-docs  ## serve the documentation locally with live reload
	$(QUIET_MKDOCS) $(PY) -m mkdocs serve

pictures: $(VENV)/.installed-dev  ## regenerate the pictures of the README, the tutorials and the guides
	$(PY) docs/make_pictures.py
	$(PY) docs/make_paper_pictures.py
	$(PY) docs/make_look_pictures.py
	$(PY) docs/make_contact_sheets.py
	$(PY) docs/make_gallery.py

bench: $(VENV)/.installed-dev  ## run the benchmarks
	@for file in benchmarks/bench_*.py; do echo "== $$file"; $(PY) "$$file" || exit 1; done

clean:  ## remove the environment and all generated files
	rm -rf $(VENV) out site build dist .coverage htmlcov
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find smashcima tests benchmarks docs -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp files record the time of the last installation; a newer pyproject.toml triggers another one.

$(VENV)/.python:
	@echo "Making a virtual environment in $(VENV)"
	@PYTHON="$(PYTHON)" sh .ci/make-venv $(VENV)
	@touch $@

$(VENV)/.installed: pyproject.toml | $(VENV)/.python
	@echo "Installing smashcima into $(VENV); this takes a minute or two the first time"
	$(PIP) install --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/.python
	@echo "Installing smashcima and its development tools into $(VENV); this takes a few minutes the first time"
	$(PIP) install --editable ".[dev]"
	$(PIP) install --no-deps ocrd-validators==2.67.1  # only for its PAGE schema; its dependencies are not needed
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-docs: pyproject.toml | $(VENV)/.python
	@echo "Installing smashcima and the documentation tools into $(VENV)"
	$(PIP) install --editable ".[docs]"
	@touch $@ $(VENV)/.installed
