# Common Table. `make help` says what there is.

PORT ?= 8000
VENV := .venv/bin
MANAGE := $(VENV)/python manage.py
TESTS ?= tests

# A machine may tell Python to keep no bytecode; then each of our many processes compiles all of
# the house anew, and every worker of the tests rewrites every test: ten seconds each.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo fresh test lint format types shots bench pins

help:  ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

# --- the environment, made when it is missing and renewed when a pin changed -----------------

.venv/made:
	@sh scripts/make-environment

.venv/base-installed: .venv/made requirements/base.txt
	@echo "Installing what the app needs …"
	@$(VENV)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

.venv/dev-installed: .venv/base-installed requirements/dev.txt
	@echo "Installing what tests and checks need …"
	@$(VENV)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

.env: | .venv/made
	@$(VENV)/python scripts/write-env

# --- running ------------------------------------------------------------------------------

setup: .venv/base-installed .env  ## Environment, .env, database, static files
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) collectstatic --no-input --verbosity 0

demo: setup  ## The whole thing on PORT (8000), until Ctrl-C; what was typed is kept
	@SITE_URL=http://localhost:$(PORT) $(MANAGE) demo
	@SITE_URL=http://localhost:$(PORT) $(VENV)/python -m config.serve $(PORT)

fresh:  ## Throw the demo's data away; the next `make demo` begins anew
	@rm -rf var
	@echo "The demo’s data is gone. “make demo” begins anew."

# --- proving ------------------------------------------------------------------------------

test: .venv/dev-installed  ## Every test that needs no service and no browser
	@$(VENV)/python -m pytest $(TESTS) -m "not services and not browser" -n auto

lint: .venv/dev-installed  ## Style of Python and templates, and whether migrations are complete
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@git ls-files '*.html' | xargs $(VENV)/djade --check --target-version 6.1
	@DJANGO_SETTINGS_MODULE=tests.settings $(VENV)/python -m django makemigrations --check --dry-run --verbosity 0

format: .venv/dev-installed  ## Put Python and templates in order
	@$(VENV)/ruff check --fix .
	@$(VENV)/ruff format .
	@git ls-files '*.html' | xargs $(VENV)/djade --target-version 6.1

types: .venv/dev-installed  ## mypy --strict
	@$(VENV)/mypy .

shots: .venv/dev-installed  ## Pictures of every main page, two sizes, two themes, into var/shots
	@$(VENV)/python -m tests.shots

bench: .venv/dev-installed  ## Pages, mails a second, crews and pairs, each against something plain
	@DJANGO_SETTINGS_MODULE=tests.settings $(VENV)/python -m tests.matching_bench
	@$(VENV)/python -m tests.mail_bench
	@$(VENV)/python -m tests.bench

pins:  ## Write the pinned requirements anew (needs uv)
	@for name in base dev; do \
	  uv pip compile --quiet --universal --python-version 3.12 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --no-header \
	    requirements/$$name.in -o requirements/$$name.txt; \
	done
