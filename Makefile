# Two commands are all that is needed: `make briefing` and `make test`. Each sets itself up.
# For GNU make 3.81 and later: Linux, macOS, and Git Bash on Windows.
#   make briefing ARGS="--date 2021-08-17"     ARGS goes to the command behind the target
#   make test PYTHON=python3.12 UV=            another Python; an empty UV: venv and pip

.DEFAULT_GOAL := briefing
.PHONY: briefing test test-slow torture lab bench scale pictures rules lock clean help

ARGS ?=
PYTHON ?=
UV ?= $(shell command -v uv 2>/dev/null)
WORKERS ?= 4# processes that tests run in: twice as many as two cores, as tests wait for others too
SELECT ?= not slow# the tests that `make test` runs, as a marker expression; empty: all

VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PY := $(BIN)/python
BRIEFING := $(BIN)/briefing
READY := $(VENV)/ready

SAMPLE_DATE := 2021-08-16
SAMPLE := outputs/illustrative
SAMPLE_READY := $(SAMPLE)/.ready

REPORT_IN_INBOX := $(shell find inbox -type f ! -name '.*' ! -name '~*' ! -name received.csv \
	! -name 'README*' ! -name desktop.ini ! -name Thumbs.db 2>/dev/null | head -n 1)

ifeq ($(REPORT_IN_INBOX),)
briefing: $(SAMPLE_READY) compiled
	@echo "inbox/ holds no report yet: this is the illustrative campaign." >&2
	@$(BRIEFING) daily --date $(SAMPLE_DATE) --inbox $(SAMPLE)/inbox $(ARGS)
else
briefing: compiled
	@$(BRIEFING) daily $(ARGS)
endif

test: compiled
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	@$(MAKE) --no-print-directory --jobs=2 mypy pytest

# Side by side, for types are looked at by one process alone.
.PHONY: mypy pytest
mypy:
	$(PY) -m mypy
pytest:
	@[ -d tests/__pycache__ ] || $(PY) -m pytest --collect-only -qq >/dev/null || true  # compiles
	$(PY) -m pytest -n $(WORKERS) --dist worksteal -m "$(SELECT)" $(ARGS)

# pytest's exit 5, no test selected, is no failure here.
test-slow: compiled
	$(PY) -m pytest -n 2 -m slow $(ARGS) || [ $$? -eq 5 ]

# Damaged files: `COUNT=500 SEED=3 make torture`; what was at fault is kept by ARGS="--keep FOLDER".
torture: compiled
	$(PY) -m tests.hostile.torture $(ARGS)

# The root is the project, so that params/ and outputs/ are at hand beside the notebooks.
lab: compiled
	JUPYTER_PREFER_ENV_PATH=1 $(PY) -m jupyterlab --ServerApp.root_dir=. \
	    --LabApp.default_url=/lab/tree/notebooks/0_start.ipynb $(ARGS)

bench: compiled
	$(PY) tests/benchmarks/bench_bars.py $(ARGS)

# From 17 to 10,599 units: an hour and more; ARGS="--units 17 159" for some of them.
scale: compiled
	$(PY) tests/benchmarks/scale.py --write $(ARGS)

# The guide's pictures, of the illustrative campaign: chromium, LibreOffice and Poppler are needed.
pictures: compiled
	$(PY) -m tests.pages.pictures $(ARGS)

# What the numbers in findings mean, from the catalogue.
rules: compiled
	$(PY) -m tests.catalog.rules_page --write

# One version of each package for all Pythons and systems; ARGS=--upgrade takes the newest.
# CAPS: argon2-cffi-bindings 26 has no wheel for Macs with an Intel processor. (Not in
# pyproject.toml: what uv finds there it also wants hashes for when it installs the lock.)
CAPS := argon2-cffi-bindings<26
lock:
	@[ -n "$(UV)" ] || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	echo "$(CAPS)" | "$(UV)" pip compile pyproject.toml --extra dev --constraints - --quiet \
	    --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	    --output-file requirements.lock $(ARGS)

clean:
	rm -rf $(VENV) $(LOCK) $(SAMPLE) build dist .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find lib tests notebooks -type d \( -name __pycache__ -o -name .ipynb_checkpoints \) \
	    -prune -exec rm -rf {} +

help:
	@echo "make briefing    the day's briefing: of inbox/, or of the illustrative campaign"
	@echo "make test        lint, format, types and the quick tests"
	@echo "make test-slow   the tests that take more than a second or so"
	@echo "make torture     20,000 damaged files, read as the inbox is (ten minutes)"
	@echo "make lab         JupyterLab on the desk, notebooks/0_start.ipynb"
	@echo "make bench       the benchmarks"
	@echo "make scale       what a day costs from 17 to 10,599 units, into docs/scale.md"
	@echo "make pictures    the pictures of docs/huong-dan.md, into docs/pictures"
	@echo "make rules       docs/rules.md, what the numbers in findings mean, from the catalogue"
	@echo "make lock        pins the versions in requirements.lock again, after pyproject.toml"
	@echo "make clean       removes what make made, but no inbox and no published day"
	@echo "make help        this list"
	@echo 'Options of a command: make briefing ARGS="--date 2021-08-17"'

# One make at a time sets up or writes the illustrative inbox; another waits, then finds it done.
LOCK := .setup.lock
ALONE = [ -w . ] || { echo "This folder cannot be written to: $$(pwd -P)" >&2; exit 1; }; \
	until (set -C; echo $$$$ > $(LOCK)) 2>/dev/null; do \
	    owner=$$(cat $(LOCK) 2>/dev/null); \
	    if [ -n "$$owner" ] && ! kill -0 "$$owner" 2>/dev/null; then rm -f $(LOCK); \
	    elif [ -z "$$told" ]; then told=1; \
	        echo "Waiting for another make (if none is running, delete $(LOCK)) ..." >&2; \
	    else sleep 1; fi; \
	done; \
	trap 'rm -f $(LOCK)' EXIT; trap 'exit 1' HUP INT TERM; set -e

# Made again when what makes it has changed.
$(SAMPLE_READY): $(wildcard lib/briefing/sample/*.* params/*) | compiled
	@$(ALONE); fresh=yes; \
	for source in $?; do [ $@ -nt "$$source" ] || fresh=; done; \
	[ -z "$$fresh" ] || exit 0; \
	rm -rf $(SAMPLE); $(BRIEFING) sample $(SAMPLE)/inbox; touch $@

# Where Python may not keep the bytecode of what it imports, each process would compile lib/ anew.
.PHONY: compiled
compiled: $(READY)
	@$(if $(PYTHONDONTWRITEBYTECODE),$(PY) -m compileall -q lib && \
	    PYTHONDONTWRITEBYTECODE= $(PY) -m briefing.read_ahead)

# ---- Set-up: .venv from requirements.lock ----------------------------------------------
# .venv/ready holds the folder that .venv was made in: in a copied or moved project, or when
# its Python is gone, .venv is made anew, as is one whose set-up was interrupted.
READY_HERE = [ "$$(cat $(READY) 2>/dev/null)" = "$$(pwd -P)" ] && $(PY) -c "" 2>/dev/null
ifneq ($(shell $(READY_HERE) && echo yes),yes)
.PHONY: $(READY)
endif

# The first of these that can make an environment; at first without Python 3.15 and later,
# for which some packages may have no wheel.
PYTHONS := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python)
FIND_PYTHON = for end in 15 99; do for python in $(PYTHONS); do \
	    "$$python" -c "import sys, venv, ensurepip; \
	sys.exit(not (3, 11) <= sys.version_info < (3, $$end))" 2>/dev/null && break 2; python=; \
	done; done; \
	[ -n "$$python" ] || { echo "Python 3.11 or newer with its venv module is needed" \
	    "(Debian: apt-get install python3-venv), or uv." >&2; exit 1; }

ifneq ($(UV),)
MAKE_VENV = rm -rf $(VENV); "$(UV)" venv --quiet --python "$(or $(PYTHON),>=3.11,<3.15)" $(VENV)
# As pip does; needed only where Python may not keep the bytecode of what it imports.
INSTALL = "$(UV)" pip install --python $(PY) $(if $(PYTHONDONTWRITEBYTECODE),--compile-bytecode)
else
MAKE_VENV = $(FIND_PYTHON); rm -rf $(VENV); "$$python" -m venv $(VENV)
INSTALL = $(PY) -m pip install --disable-pip-version-check
endif

$(READY): pyproject.toml requirements.lock
	@$(ALONE); \
	if $(READY_HERE); then \
	    if [ $@ -nt pyproject.toml ] && [ $@ -nt requirements.lock ]; then exit 0; fi; \
	    rm -f $@; \
	else \
	    echo "Setting up $(VENV): a minute with uv, some minutes with pip, the first time ..." >&2; \
	    $(MAKE_VENV); \
	fi; \
	if [ -t 2 ]; then quiet=; else quiet=--quiet; fi; \
	$(INSTALL) $$quiet --require-hashes -r requirements.lock; \
	$(INSTALL) --quiet --no-deps --no-build-isolation --editable .; \
	pwd -P > $@
