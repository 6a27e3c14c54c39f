# Everything the house does from a terminal. Needs Python 3.11 and the network once; `make help` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
SHARED ?= $(or $(HEMICYCLE_SHARED),../shared)
# An affair, and where its journey is written.
AFFAIR ?= $(firstword $(wildcard $(SHARED)/corpus/affaires/*))
OUT ?= var/journeys/$(notdir $(AFFAIR))
# What speaks to the database, run again on PostgreSQL.
ON_POSTGRES := $(wildcard tests/accounts tests/dossier tests/chain tests/demonstration tests/couriers tests/web)

# No header nor notes: neither the command nor the address of a registry is written down (docs/adr/0008).
COMPILE := $(BIN)/uv pip compile --quiet pyproject.toml --python-version 3.11 --extra postgres --extra s3 --extra pkcs11 \
	--generate-hashes --no-header --no-annotate

.PHONY: help install run test check unit postgres journey bench docs lock clean

help: ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/.installed ## The site with its demonstration département and its simulators, on this machine
	$(BIN)/hemicycle serve --demonstration

test: check unit postgres ## All that must hold before a push

check: .venv/.installed-dev ## Style, types, contracts of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: .venv/.installed-dev ## The tests, on the embedded database
	.ci/needs chromium pdftotext:poppler-utils qpdf openssl soffice:libreoffice-writer-nogui java:default-jdk-headless softhsm2-util:softhsm2
	$(BIN)/pytest -q -n 2 --dist loadgroup

postgres: .venv/.installed-dev ## The tests that speak to the database, on a private PostgreSQL
	.ci/needs /usr/lib/postgresql/*/bin/initdb:postgresql
	.ci/with-postgres $(BIN)/pytest -q -n 2 -m "not browser and not journey" $(ON_POSTGRES)

journey: .venv/.installed ## One real affair, from the Word file to the archive (AFFAIR=folder OUT=folder)
	$(BIN)/hemicycle journey $(AFFAIR) --out $(OUT)

bench: .venv/.installed-dev ## The measures; lists, dossier and search at SIZE dossiers (2,000 by default; 100000 in 15 minutes)
	$(BIN)/python -m bench $(SIZE)

docs: .venv/.installed-dev ## The pages written from the code
	HEMICYCLE_SECRET_KEY=docs DJANGO_SETTINGS_MODULE=hemicycle.config.settings.base \
		$(BIN)/python -m django chain_page > docs/.chain.md
	mv docs/.chain.md docs/chain.md

lock: .venv/.tools ## Both lock files, from pyproject.toml; what they pin already stays unless it must move
	$(COMPILE) -o requirements.lock
	$(COMPILE) --group dev -o requirements-dev.lock

install: .venv/.installed ## The software and what it needs, without starting it

clean: ## Everything that can be made again; the data under var/ stay
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist *.egg-info
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +

.venv/.tools: requirements-build.lock
	.ci/python $(PYTHON) .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-build.lock
	touch $@

.venv/.installed: .venv/.tools requirements.lock pyproject.toml
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	touch $@
