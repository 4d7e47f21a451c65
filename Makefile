# One verb a job. `make demo` and `make test` need Python 3.11 or newer and nothing else.
.POSIX:
.PHONY: demo test lint bench reference clean
.SUFFIXES:

BIN = .venv/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

demo: .venv/.runtime
	$(BIN)/kg demo kg-demo

test: .venv/.dev
	$(BIN)/python -m pytest

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# BENCHMARKS names the folder of the sets that verification is measured on, the one with score.py.
# SIZES are the graphs that growth is measured on, in quads; 10000000 takes hours.
SIZES = 100000 1000000
bench: .venv/.dev
	$(BIN)/python benchmarks/whole_process.py
	$(BIN)/python benchmarks/results.py $(BENCHMARKS)
	$(BIN)/python benchmarks/scale.py $(SIZES)
	$(BIN)/python benchmarks/increments.py
	$(BIN)/python benchmarks/endpoint.py

# A page for each term and each query, and the list of constraints.
reference: .venv/.runtime
	$(BIN)/python -m kg.vocabulary docs/reference

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis kg-demo dist build docs/reference

# The build backend comes first and from the same pins, so that building asks for nothing more.
.venv/.runtime: .venv/.made pyproject.toml constraints.txt
	$(PIP) hatchling
	$(PIP) --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.made pyproject.toml constraints.txt
	$(PIP) hatchling
	$(PIP) --no-build-isolation -e '.[dev]'
	@touch .venv/.runtime $@

# A name on the PATH may be a shim without a Python behind it, so each one is run and asked.
.venv/.made:
	@for name in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
	  if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    if $$name -m venv --clear .venv && .venv/bin/python -m pip --version >/dev/null; then \
	      touch $@; exit 0; \
	    fi; \
	    echo "$$name cannot make a virtual environment here; on Debian and Ubuntu:" >&2; \
	    echo "  apt install python3-venv" >&2; exit 1; \
	  fi; \
	done; \
	echo "claimgraph needs Python 3.11 or newer; none was found on the PATH." >&2; \
	echo "Install one (https://www.python.org/downloads/), or name it: make demo PYTHON=/path/to/python3" >&2; \
	exit 1
