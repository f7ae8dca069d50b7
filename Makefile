# The targets of everyday work; `make` or `make help` lists them.

PORT ?= 8000
ARCHIVE ?=
ARGS ?=
ORACLE_SEQUENCES ?= 10000

BIN := .venv/bin
PREPARE = python=$$(tooling/find_python.sh) && "$$python" -m tooling.prepare

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench worst-minute lighthouse oracle test-postgresql format lock clean

##@ See the paper
demo: ## An invented paper on http://127.0.0.1:8000 (PORT=8080; ARCHIVE=folder of Markdown articles to add)
	@$(PREPARE) run
	@$(BIN)/python -m broadsheet demo --serve --port $(PORT) $(if $(ARCHIVE),--archive "$(ARCHIVE)")

setup: ## Python environment, locked packages, database, static files
	@$(PREPARE) house

##@ Check a change
test: ## Everything the project checks about itself, on SQLite and PostgreSQL and in Chromium
	@$(PREPARE) test
	@$(BIN)/python -m tooling.run_checks all

check: ## Only what needs no test: style, types, contracts between rooms, templates, migrations
	@$(PREPARE) check
	@$(BIN)/python -m tooling.run_checks static

test-postgresql: ## Some tests on PostgreSQL (ARGS="broadsheet/stories -k dateline")
	@$(PREPARE) test
	@$(BIN)/python -m tooling.servers -- $(BIN)/python -m pytest -m database $(ARGS)

oracle: ## Are stored pages true? 10,000 random newsrooms on each database, hours (ORACLE_SEQUENCES=500 for fewer)
	@$(PREPARE) test
	@ORACLE_SEQUENCES=$(ORACLE_SEQUENCES) $(BIN)/python -m pytest -q -rP --show-capture=stdout -n auto tests/contracts/test_pages_are_true.py
	@ORACLE_SEQUENCES=$(ORACLE_SEQUENCES) NODES_CUT_SECONDS=10 $(BIN)/python -m tooling.servers -- \
		$(BIN)/python -m pytest -q -rP --show-capture=stdout -n auto tests/contracts/test_pages_are_true.py tests/nodes

format: ## Python and imports put in order
	@$(PREPARE) check
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

##@ Measure
lighthouse: ## Lighthouse over front, story and topic of the demonstration paper
	@$(PREPARE) lighthouse
	@$(BIN)/python -m tooling.lighthouse $(ARGS)

bench: ## Speed, as ratios within one run (bench/README.md)
	@$(PREPARE) check
	@$(BIN)/python -m bench $(ARGS)

worst-minute: ## A story the world opens at once, edited every 2 s, the database gone: readers notice nothing
	@$(PREPARE) check
	@$(BIN)/python -m bench.worst_minute

##@ Keep house
lock: ## Lock the newest allowed versions anew, with hashes and without addresses
	@$(PREPARE) check
	@$(BIN)/python -m pip install --quiet uv
	@for lock in "pyproject.toml:run" "pyproject.toml --extra dev:dev" "--group build:build"; do \
		$(BIN)/uv pip compile $${lock%:*} --upgrade --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-header --quiet --output-file requirements/$${lock##*:}.txt || exit 1; \
	done
	@npm update --loglevel=error

clean: ## Everything that can be made again; the paper in broadsheet-data stays
	rm -rf .venv node_modules .tooling *.egg-info build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## This list
	@awk 'BEGIN {FS = ":.*## "} /^##@ / {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
