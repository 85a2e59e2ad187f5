# What people do with this project. `make help` lists it.
#
# Everything is installed into .venv, from the lock files in requirements/.

PYTHON ?=
# What the commands are told, with what holds where nothing is said. It counts from the command line only, as a shell may
# have some of these names for its own purposes, and reaches the commands through the environment as it was typed: neither
# make nor a shell reads a dollar sign, a quotation mark or a semicolon in it.
DEFAULT_OUTPUT := _build/html
DEFAULT_FORMAT := text
# There is one policy; another one is named.
DEFAULT_POLICY := privacy
DEFAULT_KEEP := 5
DEFAULT_PORT := 8000
# Whoever reaches a scheduler can run what he likes on all of its workers.
DEFAULT_HOST := 127.0.0.1
TOLD := ANNOUNCED DATE DAY EFFECTIVE FILES FORMAT FROM HOST KEEP KEY LANGUAGE LOSE OLDER OUTPUT PARTS POLICY PORT REASON SCHEDULER SHARED SIGNERS SITE TO VERSION
# What readers are told of a correction or a withdrawal, in other languages: REASON_KO=….
REASONS := $(foreach name,$(filter REASON_%,$(.VARIABLES)),$(if $(filter command line,$(origin $(name))),$(name)))
$(foreach name,$(TOLD),$(eval override $(name) := $(if $(filter command line,$(origin $(name))),$$(value $(name)),$(DEFAULT_$(name)))))
$(foreach name,$(REASONS),$(eval override $(name) := $$(value $(name))))
export $(TOLD) $(REASONS)
REASONS_IN = $(foreach name,$(REASONS),--reason-in $(patsubst REASON_%,%,$(name)) "$$$(name)")

ONLY = $${LANGUAGE:+--language "$$LANGUAGE"}
ELSEWHERE = $${SCHEDULER:+--scheduler "$$SCHEDULER"} $${SHARED:+--shared "$$SHARED"} $${PARTS:+--parts "$$PARTS"}
VENV := .venv
BIN := $(VENV)/bin
# Nothing is fetched for it: what builds the package is in the lock files.
INSTALL_ITSELF = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
TOOLS := tests/tools/node_modules
LIGHTHOUSE := benchmarks/lighthouse/node_modules

.DEFAULT_GOAL := help
.PHONY: help html test check-style update-po check-po translation-status add-language freeze correct withdraw sign verify live demo lock benchmark weight lighthouse clean

help:  ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

html: $(VENV)/built-for-site $(if $(SCHEDULER),$(VENV)/built-for-cluster)  ## build the site in all languages into _build/html; FORMAT=json for machines
	@$(BIN)/python -m policysite build --output "$$OUTPUT" $(if $(filter json,$(FORMAT)),--json) $(ELSEWHERE)

test: $(VENV)/built-for-development $(TOOLS)/built  ## run the tests
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

check-style: $(VENV)/built-for-development  ## check format, style, types and what may import what
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache --no-logo

update-po: $(VENV)/built-for-site  ## bring the catalogs (of LANGUAGE) up to date with the texts
	@$(BIN)/python -m policysite update-po $(if $(PUBLISHED),--published) $(ONLY)

check-po: $(VENV)/built-for-site  ## check the catalogs (of LANGUAGE); FORMAT=json, github or gitlab for machines
	@$(BIN)/python -m policysite check-po --format "$$FORMAT" $(ONLY)

.PHONY: new-version check hooks
new-version: $(VENV)/built-for-site  ## begin VERSION of POLICY, EFFECTIVE on a day, as a draft of the newest text
	@$(BIN)/python -m policysite new-version --policy "$$POLICY" --version "$$VERSION" \
	  --effective "$$EFFECTIVE" --announced "$$ANNOUNCED"

check: $(VENV)/built-for-site  ## check everything before publishing, or what FILES touch; FORMAT=json, github or gitlab
	@set -f; $(BIN)/python -m policysite check --format "$$FORMAT" -- $$FILES

hooks: $(VENV)/built-for-site  ## have git check what is about to be committed
	@git config core.hooksPath .githooks
	@echo "git commit checks what is staged now. To stop that: git config --unset core.hooksPath"

translation-status: $(VENV)/built-for-site  ## how far the translations (into LANGUAGE) are, as a table and as pages
	@$(BIN)/python -m policysite translation-status $(ONLY)
	@POLICYSITE_PREVIEW=1 POLICYSITE_DRAFTS=1 $(BIN)/python -m policysite build --output _build/preview >/dev/null
	@echo "The same as pages: _build/preview/$${LANGUAGE:-*}/translations.html"

add-language: $(VENV)/built-for-site  ## add LANGUAGE (ja, de, zh_TW) and make its catalogs
	@$(BIN)/python -m policysite add-language "$$LANGUAGE"

freeze: $(VENV)/built-for-site  ## record the text of VERSION of POLICY as published, for ever
	@$(BIN)/python -m policysite freeze --policy "$$POLICY" --version "$$VERSION"

correct: $(VENV)/built-for-site  ## record a correction of a published text: POLICY, VERSION, REASON, REASON_KO
	@$(BIN)/python -m policysite correct --policy "$$POLICY" --version "$$VERSION" --reason "$$REASON" $(REASONS_IN)

withdraw: $(VENV)/built-for-site  ## record that a version is not in force from DATE on: POLICY, VERSION, DATE, REASON, REASON_KO
	@$(BIN)/python -m policysite withdraw --policy "$$POLICY" --version "$$VERSION" --date "$$DATE" --reason "$$REASON" $(REASONS_IN)

sign: $(VENV)/built-for-site  ## sign the ledger of POLICY with the SSH key in the file KEY
	@$(BIN)/python -m policysite sign --policy "$$POLICY" --key "$$KEY"

verify: $(VENV)/built-for-site  ## check a published SITE (folder, zip, address) against its ledger, and an OLDER one
	@$(BIN)/python -m policysite verify "$${SITE:-$$OUTPUT}" $${OLDER:+--older "$$OLDER"} $${SIGNERS:+--signers "$$SIGNERS"}

live: language-is-there $(VENV)/built-for-development  ## show LANGUAGE in the browser at PORT (8000) while its catalogs are edited
	@POLICYSITE_PREVIEW=1 POLICYSITE_DRAFTS=1 $(BIN)/sphinx-autobuild -q -c . -b html -D "language=$$LANGUAGE" \
	  --watch "locales/$$LANGUAGE" --ignore '*.mo' --ignore '*.new' --port "$$PORT" docs "_build/live/$$LANGUAGE"

demo: $(VENV)/built-for-site  ## build the sample policy, which has many versions, and serve it at PORT (8000)
	@$(BIN)/python tests/demo.py --port "$$PORT"

.PHONY: publish rollback releases serve test-slow target-is-there
publish: target-is-there $(VENV)/built-for-site $(if $(SCHEDULER),$(VENV)/built-for-cluster)  ## build, check and put the site into TO (/srv/policies), of which TO/current is served
	@set -f; for address in $$LOSE; do set -- "$$@" --lose "$$address"; done; \
	  $(BIN)/python -m policysite publish --to "$$TO" --keep "$$KEEP" $${DAY:+--day "$$DAY"} $(ELSEWHERE) "$$@"

rollback: target-is-there $(VENV)/built-for-site  ## have the release in TO served again that was served before
	@$(BIN)/python -m policysite rollback --to "$$TO"

releases: target-is-there $(VENV)/built-for-site  ## list the releases in TO
	@$(BIN)/python -m policysite releases --to "$$TO"

serve: $(VENV)/built-for-site  ## show the built site (or the release in TO) at PORT (8000), as a web server would
	@$(BIN)/python -m policysite serve --to "$$TO" --port "$$PORT" "$$OUTPUT"

test-slow: $(VENV)/built-for-development $(TOOLS)/built  ## run the tests that take minutes: every page in every state, kills, full disks, load
	@$(BIN)/python -m pytest tests/slow --numprocesses auto --dist loadfile

.PHONY: wheel
wheel: $(VENV)/built-for-development  ## build the engine as a package, wheel and sdist, into dist/
	@$(BIN)/python -m build --no-isolation

.PHONY: part scheduler worker
part: $(VENV)/built-for-site  ## build LANGUAGE alone into the folder TO; make html PARTS=… puts the parts together
	@test -n "$$TO" || { echo "Name the folder for the parts: make part LANGUAGE=ko TO=parts" >&2; exit 1; }
	@$(BIN)/python -m policysite build-part --language "$$LANGUAGE" --to "$$TO"

scheduler: $(VENV)/built-for-cluster  ## start a scheduler for builds on many machines at HOST (127.0.0.1), port 8786
	@$(BIN)/python -m distributed.cli.dask_scheduler --host "$$HOST" --port 8786 --no-dashboard

worker: $(VENV)/built-for-cluster  ## have each core of this machine build for the SCHEDULER tcp://host:8786
	@$(BIN)/python -m distributed.cli.dask_worker "$$SCHEDULER" --nworkers -1 --nthreads 1 --memory-limit 0 --no-dashboard

target-is-there:
	@test -n "$$TO" || { echo "Name the folder with the releases: make publish TO=/srv/policies" >&2; exit 1; }

.PHONY: language-is-there
language-is-there:
	@test -n "$$LANGUAGE" || { echo "Name the language: make live LANGUAGE=ko" >&2; exit 1; }
	@test -d "locales/$$LANGUAGE" || { echo "There are no catalogs in locales/$$LANGUAGE; the site has $(notdir $(wildcard locales/*)). make add-language adds one." >&2; exit 1; }

benchmark: $(VENV)/built-for-site  ## compare the time of a build with a bare sphinx-build
	@$(BIN)/python benchmarks/build_time.py

.PHONY: benchmark-peers
benchmark-peers: $(VENV)/built-for-site  ## measure this project beside its peers, and write benchmarks/results (hours)
	@$(BIN)/python -m benchmarks.peers

weight: $(VENV)/built-for-development  ## weigh a version page: bytes, requests, hosts
	@$(BIN)/python benchmarks/page_weight.py

lighthouse: $(VENV)/built-for-development $(LIGHTHOUSE)/built  ## the scores that Lighthouse gives the site
	@$(BIN)/python benchmarks/page_scores.py

COMPILE = cd requirements && ../$(BIN)/uv pip compile ../pyproject.toml --group ../pyproject.toml:install --quiet --universal \
  --python-version 3.11 --generate-hashes --no-header --no-annotate
lock: | $(BIN)/python  ## write the lock files anew from pyproject.toml
	@$(BIN)/python -m pip install --quiet uv
	@$(COMPILE) --output-file build.txt
	@$(COMPILE) --group ../pyproject.toml:dev --output-file development.txt
	@$(COMPILE) --extra import --output-file import.txt
	@$(COMPILE) --extra cluster --output-file cluster.txt

.PHONY: import
import: $(VENV)/built-for-import  ## make a version of POLICY from a published text: VERSION=1.5 EFFECTIVE=2024-01-18 FROM=old.html
	@$(BIN)/python -m policysite import --policy "$$POLICY" --version "$$VERSION" \
	  --effective "$$EFFECTIVE" --announced "$$ANNOUNCED" "$$FROM"

clean:  ## remove what was built, but for the virtual environment
	@rm -rf _build

# The first Python that is new enough and can make a virtual environment.
$(BIN)/python:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Making $(VENV) with $$($$python --version)"; $$python -m venv $(VENV) && exit 0; fi; \
	done; \
	echo "No Python 3.11 or newer with the modules venv and ensurepip was found." >&2; \
	echo "Install one (on Debian: apt-get install python3-venv), or name it: make html PYTHON=/path/to/python3" >&2; \
	exit 1

$(VENV)/built-for-site: requirements/build.txt pyproject.toml | $(BIN)/python
	@echo "Installing what the site needs"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@$(INSTALL_ITSELF)
	@touch $@

$(VENV)/built-for-development: requirements/development.txt pyproject.toml | $(BIN)/python
	@echo "Installing what the tests need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@$(INSTALL_ITSELF)
	@touch $@
	@touch $(VENV)/built-for-site $(VENV)/built-for-import $(VENV)/built-for-cluster

$(VENV)/built-for-import: requirements/import.txt $(VENV)/built-for-site | $(BIN)/python
	@echo "Installing what reading published texts needs"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@$(INSTALL_ITSELF)
	@touch $@

$(VENV)/built-for-cluster: requirements/cluster.txt $(VENV)/built-for-site | $(BIN)/python
	@echo "Installing what building on many machines needs"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@$(INSTALL_ITSELF)
	@touch $@

# Tools that come from npm. Without npm nothing is installed, and the tests that need them are skipped.
$(TOOLS)/built $(LIGHTHOUSE)/built: %/node_modules/built: %/package-lock.json
	@if command -v npm >/dev/null; then \
	  echo "Installing the packages of $*"; (cd $* && npm ci) && touch $@; fi
