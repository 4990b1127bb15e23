# make run | make test on a machine that has Python and a package index, nothing else. PYTHON=python3.12 make run
# chooses the Python; README.md has the same commands without make.

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
CHECK := import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))

.PHONY: run test lint clean
.NOTPARALLEL:
.DELETE_ON_ERROR:

VERSION := -c 'import sys; print(*sys.version_info[:3], sep=".")'
ifneq ($(and $(PYTHON),$(wildcard $(BIN)/python),$(filter-out clean,$(or $(MAKECMDGOALS),run))),)
ifneq ($(shell $(PYTHON) $(VERSION)),$(shell $(BIN)/python $(VERSION)))
$(error $(VENV) holds Python $(shell $(BIN)/python $(VERSION)), $(PYTHON) is another. Run make clean first)
endif
endif

run: $(VENV)/.run
	@$(BIN)/technical-trader run

test: $(VENV)/.test
	@$(BIN)/python -m pytest

lint: $(VENV)/.lint
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .hypothesis

$(VENV)/.run: EXTRA :=
$(VENV)/.test: EXTRA := [test]
$(VENV)/.lint: EXTRA := [test,lint]

# The stamps: installed again when the project's needs change, at once otherwise.
$(VENV)/.run $(VENV)/.test $(VENV)/.lint: $(BIN)/python pyproject.toml constraints.txt
	@echo "installing technical-trader$(EXTRA) in $(VENV)" >&2
	@$(INSTALL) --upgrade pip
	@$(INSTALL) -e '.$(EXTRA)'
	@touch $@

$(BIN)/python:
	@for python in $(or $(PYTHON),python3.13 python3.12 python3.11 python3 python); do \
	  if $$python -c '$(CHECK)' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "technical-trader needs Python 3.11, 3.12 or 3.13 with venv and pip; found none as" \
	    "$(or $(PYTHON),python3.13 python3.12 python3.11 python3 python). Install one, or name it: make run PYTHON=/path/to/python" >&2; \
	  exit 2; \
	fi; \
	echo "making $(VENV) with $$found" >&2; \
	$$found -m venv --clear $(VENV)
