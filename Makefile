# Two commands on a machine that has python3 (3.11 or newer, with venv) and make:
#   make demo    a city to try, at http://127.0.0.1:8000
#   make test    the suite, on SQLite and on PostgreSQL

PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
# Arguments for pytest, as in: make test PYTEST="tests/finance -x" WORKERS=0
PYTEST ?=
export WORKERS ?= auto
# Which measurements `make bench` takes; empty takes all.
ONLY ?=

PY := $(VENV)/bin/python
BIN := $(VENV)/bin
export PYTHONPATH := $(CURDIR)

# Nothing is built here, nothing is trusted without its digest and nothing is resolved:
# the lock files are closed (`make check` proves it), and an old pip that resolves asks
# for versions that they do not pin. A folder of wheels (`make wheels`) is enough for a
# machine without a network.
LOCKED := --require-hashes --only-binary :all: --no-deps
PIP := $(PY) -m pip --disable-pip-version-check install --quiet $(LOCKED)
ifneq ($(wildcard .wheels),)
PIP += --no-index --find-links .wheels
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: run test-fast
.PHONY: help demo demo-reset test cover drills install-drill bench check format messages reference lock \
        upgrade wheels deps clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

# ---- environment: one venv, filled as far as a target needs it -------------------

$(VENV)/pyvenv.cfg:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "$(PYTHON) was not found. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) is older than 3.11. Name a newer one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) comes without venv. On Debian and its kin: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: requirements/base.txt | $(VENV)/pyvenv.cfg
	$(PIP) -r $<
	@touch $@

$(VENV)/.prod: requirements/prod.txt | $(VENV)/pyvenv.cfg
	$(PIP) -r $<
	@touch $@ $(VENV)/.base

$(VENV)/.test: requirements/test.txt | $(VENV)/pyvenv.cfg
	$(PIP) -r $<
	@touch $@ $(VENV)/.base

$(VENV)/.dev: requirements/dev.txt | $(VENV)/pyvenv.cfg
	$(PIP) -r $<
	@touch $@ $(VENV)/.test $(VENV)/.base

deps: $(VENV)/.dev ## everything a developer needs, into .venv

# ---- the two commands ------------------------------------------------------------

demo: $(VENV)/.base ## a demo city in the browser (HOST=0.0.0.0 lets a phone in)
	@$(PY) tools/serve_demo.py --host $(HOST) --port $(PORT)

demo-reset: ## throw the demo city away; the next `make demo` builds it anew
	@$(PYTHON) tools/serve_demo.py --reset

test: $(VENV)/.test ## what may differ on SQLite, then the whole suite on PostgreSQL
	@$(PY) -W ignore tools/run_tests.py $(PYTEST)

# ---- for developers --------------------------------------------------------------

run: $(VENV)/.dev ## the demo city with reloading and the debug toolbar (HOST, PORT)
	@$(PY) tools/serve_dev.py --host $(HOST) --port $(PORT)

test-fast: $(VENV)/.test ## what your change touches: seconds at the edge, minutes for a central model (BASE=branch, PYTEST=…)
	@$(PY) -W ignore tools/run_fast.py $(if $(BASE),--base $(BASE)) $(PYTEST)

cover: $(VENV)/.test ## the suite on PostgreSQL, with the gate on branches
	@$(PY) -W ignore tools/run_tests.py --cover $(PYTEST)

# Those who name a test want that test alone.
drills: $(VENV)/.test $(if $(PYTEST),,install-drill) ## the long ones: kills, floods, whole years
	@$(PY) -W ignore tools/run_tests.py --drills $(PYTEST)

install-drill: $(VENV)/pyvenv.cfg ## each lock file into a bare environment, old and new pip
	@$(PY) tools/install_locks.py

bench: $(VENV)/.test ## measure, compare, print a table (ONLY=part)
	@$(PY) tools/bench.py $(ONLY)

check: $(VENV)/.dev ## format, lint, types, contracts, templates, messages, tables of reference, locks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --check
	$(BIN)/djlint templates --lint
	$(PY) manage.py makemigrations --check --dry-run --settings config.settings.test
	$(PY) tools/messages.py --check
	$(PY) tools/reference_tables.py --check
	$(PY) tools/locks.py --check

format: $(VENV)/.dev ## put code and templates into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	-$(BIN)/djlint templates --reformat --quiet

messages: $(VENV)/.dev ## gather message ids, compile the catalogues
	$(PY) tools/messages.py

reference: $(VENV)/.dev ## write the tables of docs/reference that the code can tell
	$(PY) tools/reference_tables.py

lock: $(VENV)/.dev ## write requirements/*.txt from pyproject.toml
	$(PY) tools/locks.py

upgrade: $(VENV)/.dev ## the same with the newest versions that pyproject.toml allows
	$(PY) tools/locks.py --upgrade

wheels: $(VENV)/.dev ## fetch every wheel into .wheels for a machine without network
	$(PY) -m pip --disable-pip-version-check download --quiet $(LOCKED) --dest .wheels \
	  -r requirements/dev.txt -r requirements/prod.txt

clean: ## throw away the environment and the caches, never var/
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
