# One target for each habit. `make` alone lists them.
#
# The tools come from the active virtual environment, else from .venv, which `make install` makes.
# Another place: make test BIN=/some/environment/bin
# Only some tests: make test PYTEST_FLAGS="tests/test_bank.py -x"

VENV := $(or $(VIRTUAL_ENV),.venv)
BIN ?= $(VENV)/bin
PYTHON ?= python3

# The packages of a lock change only when a requirement asks for it, or with LOCK_FLAGS=--upgrade.
# One file serves every system and every Python from 3.11, and names no host.
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --no-emit-find-links $(LOCK_FLAGS)

.DEFAULT_GOAL := help
.PHONY: help install format lint types test test-docker test-long coverage attacks attack-table benchmark benchmark-setup fuzz fuzz-corpus lock image clean ci

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: ## Install the locked requirements and this package into the environment, made if need be
	test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --require-hashes -r requirements-dev.txt
	$(VENV)/bin/python -m pip install --no-deps -e .

format: ## Format the code, and mend what can be mended without asking
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lint: ## Check style and format; change nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: ## Check types
	$(BIN)/mypy

test: ## Run all tests; those that need a Docker engine are skipped without one
	$(BIN)/pytest -n 2 --dist loadfile $(PYTEST_FLAGS)

test-docker: ## Run only the tests that need a Docker engine
	$(BIN)/pytest -m "docker and not long" $(PYTEST_FLAGS)

test-long: ## Run what the other targets leave out: every known mistake, and a whole class in each layout
	$(BIN)/pytest -m long $(PYTEST_FLAGS)

# Not as a pytest plugin: pytest loads the judge's plugin before any other could start to measure.
coverage: ## Run all tests and report the lines and branches that none of them ran
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest $(PYTEST_FLAGS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

attacks: ## Run every attack in every sandbox: a line for each, and a sum
	PYTHONPATH=tests $(BIN)/pytest -p attack_lines -p no:cacheprovider -q -m "long or not long" \
		tests/test_attacks.py $(PYTEST_FLAGS)

attack-table: ## Write the table of attacks in SECURITY.md anew
	PYTHONPATH=tests $(BIN)/python tests/attack_table.py

# It ends at a finding, whose input lands in fuzz/found. What it keeps for itself lands in fuzz/grown;
# the corpus is the least of that which reaches as much. FUZZ_FLAGS=-help=1 lists more options.
FUZZ := PYTHONPATH=tests $(BIN)/python fuzz/wire.py -artifact_prefix=fuzz/found/ -max_len=1024 \
	-timeout=10 -rss_limit_mb=1024

fuzz: ## Fuzz what reads a sandbox's bytes, until Ctrl-C or for SECONDS=60
	@mkdir -p fuzz/grown fuzz/found
	@trap : INT; $(FUZZ) $(if $(SECONDS),-max_total_time=$(SECONDS)) $(FUZZ_FLAGS) fuzz/grown fuzz/corpus \
		|| test $$? -eq 72 # libFuzzer's status when it is interrupted

fuzz-corpus: ## Make the corpus anew, of it and of what `make fuzz` has kept
	rm -rf fuzz/least && mkdir -p fuzz/grown fuzz/least
	$(FUZZ) -merge=1 fuzz/least fuzz/corpus fuzz/grown
	rm -rf fuzz/corpus && mv fuzz/least fuzz/corpus

# It takes some fifteen minutes of a machine that does nothing else. For example:
# make benchmark BENCHMARK_FLAGS="--rounds 3 --only pytest,docker-run,pool --hang --name hang"
benchmark: ## Measure how fast graders are, ours and others; BENCHMARK_FLAGS=--help tells more
	$(BIN)/python -m benchmarks $(BENCHMARK_FLAGS)

benchmark-setup: ## Install what the benchmark needs, so that it need not be done on first use
	$(BIN)/python -m pip install --quiet -e '.[benchmark]'
	$(BIN)/python -m benchmarks --setup $(BENCHMARK_FLAGS)

lock: ## Write both locks anew from pyproject.toml; LOCK_FLAGS=--upgrade takes newer packages
	$(LOCK) --output-file requirements.txt
	$(LOCK) --extra dev --constraint requirements.txt --output-file requirements-dev.txt

image: ## Build the image that submissions run in; BASE=IMAGE takes another base
	$(BIN)/grade sandbox build $(if $(BASE),--base $(BASE))

clean: ## Remove what the tools leave behind, but not .venv
	rm -rf build dist .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -path ./.venv -prune -o -type d -name __pycache__ -exec rm -rf {} +

ci: lint types test ## Run what has to pass before a change is taken
