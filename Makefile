# Two commands matter: `make demo` and `make test`. Both build what they need.
SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
PYTHON ?= python3
PIP := $(PY) -m pip install -q --disable-pip-version-check
COMPILE := $(PY) -m piptools compile -q --generate-hashes --no-emit-index-url --no-emit-find-links \
	--strip-extras --allow-unsafe --no-header
DEBIAN := chromium postgresql-15 postgresql-15-postgis-3 mosquitto

.PHONY: demo test check format bench bench-full lock debian clean help

demo: $(VENV)/.runtime  ## show the main job running with a simulated city (ARGS=--once: print its figures and stop)
	$(VENV)/bin/xiuhua demo $(ARGS)

test: $(VENV)/.develop $(VENV)/provider/.made debian  ## install what the tests need and run them all (ARGS: passed to pytest)
	$(PY) -m pytest -n 2 --dist loadfile $(ARGS)

check: $(VENV)/.develop  ## lint, format, types, floors
	$(PY) -m ruff check src tests bench
	$(PY) -m ruff format --check src tests bench
	$(PY) -m mypy
	$(PY) -m pytest -q tests/unit/test_floors.py

format: $(VENV)/.develop  ## put the code into its form
	$(PY) -m ruff check --fix src tests bench
	$(PY) -m ruff format src tests bench

bench: $(VENV)/.develop  ## run all benches and write bench/results.md (minutes)
	$(VENV)/bin/xiuhua bench all --write bench/results.md

bench-full: $(VENV)/.develop  ## the same in full size, and faults and contract for longer (hours)
	$(VENV)/bin/xiuhua bench all --full --write bench/results.md
	XIUHUA_TEST_FAULT_ROUNDS=50 XIUHUA_TEST_OUTAGE_S=60 XIUHUA_TEST_CONTRACT_EXAMPLES=200 \
	  $(PY) -m pytest -n 0 tests/acceptance/test_faults.py tests/acceptance/test_contract.py

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml requirements/hook.py
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements/runtime.txt
	$(PIP) --no-build-isolation --no-deps -e .
	touch $@

$(VENV)/.develop: $(VENV)/.runtime requirements/develop.txt
	$(PIP) --require-hashes -r requirements/develop.txt
	touch $@

# An OpenID Connect provider, away from what the program runs with; where it cannot be had, its tests are skipped.
$(VENV)/provider/.made: requirements/provider.txt $(VENV)/.runtime
	@$(PYTHON) -m venv $(VENV)/provider && \
	  $(VENV)/provider/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r $< && touch $@ || \
	  (rm -rf $(VENV)/provider; echo "the provider program could not be installed: tests that need it are skipped")

# Tests that need one of these are skipped by name where it cannot be had (no root, no apt, no network).
debian:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  missing=$$(dpkg-query -W -f '$${Package} $${Status}\n' $(DEBIAN) 2>/dev/null | grep -c 'ok installed'); \
	  if [ "$$missing" != $(words $(DEBIAN)) ]; then \
	    echo "installing Debian packages for the tests: $(DEBIAN)"; \
	    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive timeout 600 apt-get install -y -qq \
	      --no-install-recommends $(DEBIAN)) >/dev/null 2>&1 || echo "they could not be installed: tests that need them are skipped"; \
	  fi; fi

lock: $(VENV)/.develop  ## resolve the dependencies anew, with hashes and without any registry's address
	$(COMPILE) -o requirements/runtime.txt requirements/runtime.in
	$(COMPILE) -o requirements/develop.txt requirements/develop.in
	$(COMPILE) -o requirements/provider.txt requirements/provider.in

clean:  ## take away what was built; never the data folder
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist

help:  ## say what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14
