# Two commands matter: `make demo` and `make test`. Both build what they need.
SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
PYTHON ?= python3
PIP := $(PY) -m pip install -q --disable-pip-version-check
COMPILE := $(PY) -m piptools compile -q --generate-hashes --no-emit-index-url --no-emit-find-links \
	--strip-extras --allow-unsafe --no-header
DEBIAN := chromium fonts-wqy-microhei postgresql-15 postgresql-15-postgis-3 mosquitto

.PHONY: demo console api test tour check format bench bench-full lock debian clean help

demo: $(VENV)/.runtime console  ## show the main job running with a simulated city (ARGS=--once: print its figures and stop)
	$(VENV)/bin/xiuhua demo $(ARGS)

# Without it the API works as well, and says at / how to build it.
console: $(VENV)/.runtime  ## build the web console, if its sources changed
	@node -e 'process.exit(+(process.versions.node.split(".")[0] < 20))' 2>/dev/null && command -v npm >/dev/null || \
	  [ -d $(VENV)/node ] || ($(PYTHON) -m venv $(VENV)/node && $(VENV)/node/bin/python -m pip install -q \
	  --disable-pip-version-check --require-hashes -r requirements/node.txt) || rm -rf $(VENV)/node
	@$(PY) requirements/console.py || echo "the console could not be built: the API works without it; try make console again"

api: $(VENV)/.develop console  ## make the console's types anew from the API
	$(VENV)/bin/xiuhua openapi | (cd console && node build/api.mjs)

test: $(VENV)/.develop $(VENV)/provider/.made debian console  ## install what the tests need and run them all (ARGS: passed to pytest)
	@if [ -d console/node_modules ]; then cd console && npm run -s check && npm test -s; \
	  else echo "the console was not built: its own checks are skipped"; fi
	$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

tour: $(VENV)/.develop debian console  ## open every screen and make docs/tour anew (minutes)
	XIUHUA_TOUR=1 $(PY) -m pytest -n 0 -q tests/browser/test_screens.py

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

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml requirements/hook.py requirements/console.py
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
	$(COMPILE) -o requirements/node.txt requirements/node.in

clean:  ## take away what was built; never the data folder
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist console/node_modules src/xiuhua/http/static

help:  ## say what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14
