# make serve and make test work on a machine that has only Python 3.11+ (with venv) and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements.lock pyproject.toml
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode --constraints requirements.lock

CLIENTS := build/clients
PICTURES := build/pictures
PICTURES_LOCKS := $(addprefix tests/pictures/,.npmrc package.json package-lock.json)
SITE := build/site
SITE_LOCKS := $(addprefix tests/site/,.npmrc package.json package-lock.json)
CLIENTS_LOCKS := $(addprefix tests/clients/,.npmrc package.json package-lock.json requirements.lock)

.PHONY: help serve dev test sweep browser image differential processes drawings proxy coverage check fix openapi clients pictures site lighthouse lock lock-clients bench faults cluster compile load soak hostile calendars figures sheets clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "venv is missing: on Debian, apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.13"

$(VENV)/serve.stamp: $(BIN)/uv $(LOCK)
	@$(INSTALL) --requirements pyproject.toml --all-extras
	@touch $@

$(VENV)/test.stamp: $(VENV)/serve.stamp
	@$(INSTALL) --group draw --group test --group check --group compile
	@touch $@

$(CLIENTS)/stamp: $(CLIENTS_LOCKS)
	@command -v npm >/dev/null && command -v java >/dev/null || { echo "Node.js with npm, and Java are needed"; exit 1; }
	@mkdir -p $(CLIENTS) && cp tests/clients/.npmrc tests/clients/package.json tests/clients/package-lock.json $(CLIENTS)
	@cd $(CLIENTS) && npm ci --silent
	@$(BIN)/uv venv --quiet --allow-existing --python $(BIN)/python $(CLIENTS)/venv
	@$(BIN)/uv pip install --quiet --python $(CLIENTS)/venv/bin/python --require-hashes -r tests/clients/requirements.lock
	@touch $@

$(PICTURES)/stamp: $(PICTURES_LOCKS)
	@mkdir -p $(PICTURES) && cp $(PICTURES_LOCKS) $(PICTURES)
	@cd $(PICTURES) && npm ci --silent
	@touch $@

$(SITE)/stamp: $(SITE_LOCKS)
	@mkdir -p $(SITE) && cp $(SITE_LOCKS) $(SITE)
	@cd $(SITE) && npm ci --silent
	@touch $@

serve: $(VENV)/serve.stamp ## set up, load the catalogue and serve at 127.0.0.1:8000
	@$(BIN)/python -m app serve

dev: $(VENV)/test.stamp ## serve, and load the code again after every change of it
	@$(BIN)/python -m app migrate
	@$(BIN)/python -m app seed
	@$(BIN)/uvicorn app.main:create_app --factory --reload --reload-dir app --no-proxy-headers --port $${THORACIC_PORT:-8000}

test: $(VENV)/test.stamp ## set up and run every test; T=tests/kit: those of a folder or file; K=name: those with the name
	@$(BIN)/python -m pytest $(if $(T),$(T),-n 2 --dist worksteal) $(if $(K),-k "$(K)") -q

sweep: $(VENV)/test.stamp ## build many random sessions, and hold all that is promised of them
	@$(BIN)/python -m pytest tests/sessions -m sweep -n 2 --dist worksteal -q

browser: $(VENV)/test.stamp ## show the pages in Chromium; without it the tests are left out
	@$(BIN)/python -m pytest tests/browser -m browser -n 2 --dist worksteal -q

image: $(VENV)/test.stamp ## run the steps of the Dockerfile in a folder, and serve what comes out
	@$(BIN)/python -m pytest tests/test_dockerfile.py tests/kit/test_compiled_modules.py -m image -q

differential: $(VENV)/test.stamp ## send 20,000 requests to a server with ready answers and to one without any cache
	@$(BIN)/python -m pytest -m differential tests/cache -q

proxy: $(VENV)/test.stamp ## run the service behind nginx with TLS and a prefix, and follow every link
	@$(BIN)/python -m pytest -m proxy tests/proxy -q

processes: $(VENV)/test.stamp ## start real servers: the HTTP protocol, stops, several processes, what one writes and another one reads
	@$(BIN)/python -m pytest -m processes tests -n 2 --dist worksteal -q

drawings: $(VENV)/test.stamp ## draw all illustrations of one person and a fifth of the others, and compare them with those in the repository
	@$(BIN)/python -m pytest -m drawings tests/figures -n 2 --dist worksteal -q

faults: $(VENV)/test.stamp ## take the database away under load and kill processes; FAULT_SECONDS=20 KILL_ROUNDS=100 for the long form
	@$(BIN)/python -m pytest -m faults tests/faults -q -s $(if $(K),-k "$(K)")

cluster: $(VENV)/test.stamp ## kill primary and standby of a replicated PostgreSQL under load; needs HAProxy; CLUSTER_SECONDS=20: longer
	@$(BIN)/python -m pytest -m cluster tests/cluster -q -s

load: $(VENV)/test.stamp ## measure reads beside clients that ask for the dearest builds
	@$(BIN)/python -m benchmarks.overload

soak: $(VENV)/test.stamp ## send requests of every kind for long, and watch memory, descriptors; SECONDS=3600 RATE=20 CSV=file
	@$(BIN)/python -m benchmarks.soak --seconds $(or $(SECONDS),600) --rate $(or $(RATE),20) $(if $(CSV),--csv $(CSV))

compile: $(VENV)/test.stamp ## compile the search for a session: several times as quick, never needed; needs a C compiler
	@$(BIN)/python -m app compile

coverage: $(VENV)/test.stamp ## run every test (or those of T= and K=) and list the lines of app/ that none reaches
	@$(BIN)/python -m pytest $(if $(T),$(T),-n 2 --dist worksteal) $(if $(K),-k "$(K)") -q --cov --cov-report=term-missing:skip-covered

check: $(VENV)/test.stamp ## style, types, import rules, dead code, sizes, seed files, documents of the contract
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m pytest -q -m "check or not check" tests/test_dead_code.py tests/test_code_limits.py
	@$(BIN)/python -m app seed --check
	@$(BIN)/python -m app openapi --check

fix: $(VENV)/test.stamp ## put the style right
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

openapi: $(VENV)/serve.stamp ## write openapi/: openapi.json, examples.json (answers of this service), JSON Schemas of the catalogue and of its entries
	@$(BIN)/python -m app openapi

clients: $(VENV)/test.stamp $(CLIENTS)/stamp ## generate clients in five languages and run them, and check FHIR by its definitions; needs Node.js and Java
	@$(BIN)/python -m pytest tests/clients -m clients -q $(if $(K),-k "$(K)")

pictures: $(VENV)/test.stamp $(PICTURES)/stamp ## show every picture in other renderers, converters and players; needs Node.js and Chromium
	@$(BIN)/python -m pytest tests/pictures -m pictures -q $(if $(K),-k "$(K)")

site: $(VENV)/test.stamp $(SITE)/stamp ## judge the pages with axe-core and Lighthouse, read them with libraries; needs Node.js and Chromium
	@$(BIN)/python -m pytest tests/site -m site -q $(if $(K),-k "$(K)")

lighthouse: $(VENV)/test.stamp $(SITE)/stamp ## measure pages with Lighthouse, and print the table of docs/performance.md
	@$(BIN)/python -m tests.site.lighthouse

bench: $(VENV)/test.stamp ## measure requests, start, memory, search, builder, overload; FULL=1: longer; JSON=file
	@$(BIN)/python -m benchmarks $(if $(FULL),--full) $(if $(JSON),--json $(JSON))

fuzz: $(VENV)/test.stamp ## make up 20,000 requests from the document, on SQLite and on PostgreSQL (half an hour)
	@$(BIN)/python -m tests.contract.fuzz

hostile: $(VENV)/test.stamp ## measure what clients that break the rules cost the others: memory, and time
	@$(BIN)/python -m benchmarks.hostile_clients

calendars: $(VENV)/test.stamp ## read the calendar with six libraries (needs npm, and Debian's python3-gi gir1.2-ical-3.0)
	@$(BIN)/uv venv --quiet --allow-existing build/calendar-readers
	@$(BIN)/uv pip install --quiet --python build/calendar-readers/bin/python -r tests/clients/calendar/requirements.txt
	@npm install --silent --no-audit --no-fund --no-package-lock --prefix tests/clients/calendar
	@$(BIN)/python -m tests.clients.calendar build/calendar-readers/bin/python

figures: $(VENV)/test.stamp ## draw and check every illustration of every person anew
	@$(BIN)/python -m app.figures.drawing

sheets: $(VENV)/test.stamp ## show illustrations on contact sheets in build/sheets, by position; THEME=dark PERSON=man
	@$(BIN)/python -m app.figures.drawing.contact_sheet build/sheets --theme $(or $(THEME),light) \
		--person $(or $(PERSON),woman)

lock: $(BIN)/uv ## renew requirements.lock: pins and hashes, no hosts
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --all-extras --group draw --group test --group check --group compile \
		--custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

lock-clients: $(BIN)/uv ## renew the pins of the generators of clients, converters of pictures and judges of pages; needs npm
	@cd tests/clients && npm install --package-lock-only --silent
	@cd tests/pictures && npm install --package-lock-only --silent
	@cd tests/site && npm install --package-lock-only --silent
	@$(BIN)/python -m tests.clients.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--custom-compile-command "make lock-clients" --output-file tests/clients/requirements.lock tests/clients/requirements.in

clean: ## remove what was set up and cached
	rm -rf $(VENV) $(CLIENTS) $(PICTURES) $(SITE) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*
