# Two commands matter: `make demo` and `make test`. Both build what they need.
SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
PYTHON ?= python3
COMPILE := $(PY) -m piptools compile -q --generate-hashes --no-emit-index-url --no-emit-find-links \
	--strip-extras --allow-unsafe --no-header

.PHONY: demo test check bench bench-full lock clean

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(PY) -m pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

$(VENV)/.develop: $(VENV)/.runtime requirements/develop.txt
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/develop.txt
	touch $@

lock: $(VENV)/.develop  ## resolve the dependencies anew, with hashes and without any registry's address
	$(COMPILE) -o requirements/runtime.txt requirements/runtime.in
	$(COMPILE) -o requirements/develop.txt requirements/develop.in
