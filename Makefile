# Everything a checkout needs; `make help` lists it. PYTHON is the interpreter that makes .venv (3.11 or newer).
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
JOBS   ?= 2
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
CODE   := sco_extract cli.py scripts tests

.DEFAULT_GOAL := help
.PHONY: help run test check format lint types layers docs-check gate golden docs schemas bench clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

run: $(VENV)/installed ## install, ingest corpus/ into output/, draft output/report.docx from it, print a summary
	@$(BIN)/sco-extract ingest corpus/ -o output
	@$(BIN)/sco-extract report --plan plan_economic_strategy_2030 --period 2023-11/2024-10 -o output/report.docx

test: check ## install, then everything that must hold: format, lint, types, layers, documentation, tests
	@$(BIN)/python -m pytest -n $(JOBS)

check: format-check lint types layers docs-check ## all of `make test` but the tests themselves

.PHONY: format-check
format-check: $(VENV)/installed-dev
	@$(BIN)/ruff format --check $(CODE)

format: $(VENV)/installed-dev ## rewrite the code in the house format
	@$(BIN)/ruff format $(CODE)
	@$(BIN)/ruff check --fix $(CODE)

lint: $(VENV)/installed-dev ## lint
	@$(BIN)/ruff check $(CODE)

types: $(VENV)/installed-dev ## strict types
	@$(BIN)/mypy

layers: $(VENV)/installed-dev ## who may import whom
	@$(BIN)/lint-imports --no-cache >$(VENV)/layers.log 2>&1 || { cat $(VENV)/layers.log; exit 1; }
	@echo "Import layers: kept"

docs-check: $(VENV)/installed-dev ## generated documentation and schemas are up to date
	@$(BIN)/python scripts/docs.py --check

docs schemas: $(VENV)/installed-dev ## write docs/cli.md, docs/rules.md and schemas/*.json anew
	@$(BIN)/python scripts/docs.py

gate: $(VENV)/installed-dev ## quality on the project's own gold against the floors in tests/gold/baseline.json
	@$(BIN)/python scripts/gate.py

golden: $(VENV)/installed-dev ## write tests/golden/*.json anew; read the difference before committing it
	@SCO_EXTRACT_GOLDEN=write $(BIN)/python -m pytest tests/test_golden.py

bench: $(VENV)/installed-bench ## characters a second on one core, side by side with JioNLP
	@$(BIN)/python scripts/bench.py

clean: ## remove .venv, caches and what a run wrote
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find output -mindepth 1 ! -name .gitkeep -delete

# Stamps: installing again only where pyproject.toml or the pins changed.
$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; say which: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null \
	  || { echo "This Python cannot make a virtual environment. On Debian: apt-get install python3-venv"; exit 1; }
	@echo "Making $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed: $(VENV)/made pyproject.toml constraints.txt
	@echo "Installing …"
	@$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@echo "Installing what development needs …"
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@

$(VENV)/installed-bench: $(VENV)/installed-dev
	@$(PIP) install -c constraints.txt -e '.[bench]'
	@touch $@
