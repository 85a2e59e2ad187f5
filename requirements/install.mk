# How .venv is set up, from the lock files of this folder: the Makefile includes it.

PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
FOR_SITE := $(VENV)/built-for-site
FOR_DEVELOPMENT := $(VENV)/built-for-development
FOR_IMPORT := $(VENV)/built-for-import
FOR_PDF := $(VENV)/built-for-pdf
FOR_CLUSTER := $(VENV)/built-for-cluster
FOR_TIMESTAMP := $(VENV)/built-for-timestamp
TOOLS := tests/tools/node_modules
LIGHTHOUSE := benchmarks/lighthouse/node_modules
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: install install-pdf install-cluster install-timestamp
install: $(FOR_SITE)  ## set up .venv with the command policysite, and build nothing
install-pdf: $(FOR_PDF)  ## the same, with what PDF files need
install-cluster: $(FOR_CLUSTER)  ## the same, with what building on many machines needs
install-timestamp: $(FOR_TIMESTAMP)  ## the same, with what time stamps of the ledger need

# The package itself is built with what the lock file has: nothing else is fetched for it. What pip leaves to the first run it
# compiles here, as where PYTHONDONTWRITEBYTECODE is set every run would do it again.
define install_from_lock_file
	@echo "Installing what $(basename $(notdir $<)) needs, from $<"
	@$(PIP) --require-hashes -r $<
	@$(PIP) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src
	@$(BIN)/python -m policysite.sphinx_ext.shared.compile_templates
	@touch $@
endef

$(FOR_SITE): requirements/build.txt pyproject.toml | $(BIN)/python
	$(install_from_lock_file)

$(FOR_DEVELOPMENT): requirements/development.txt pyproject.toml | $(BIN)/python
	$(install_from_lock_file)
	@touch $(FOR_SITE) $(FOR_IMPORT) $(FOR_PDF) $(FOR_CLUSTER) $(FOR_TIMESTAMP)

$(FOR_IMPORT): requirements/import.txt $(FOR_SITE) | $(BIN)/python
	$(install_from_lock_file)

$(FOR_PDF): requirements/pdf.txt $(FOR_SITE) | $(BIN)/python
	$(install_from_lock_file)

$(FOR_CLUSTER): requirements/cluster.txt $(FOR_SITE) | $(BIN)/python
	$(install_from_lock_file)

$(FOR_TIMESTAMP): requirements/timestamp.txt $(FOR_SITE) | $(BIN)/python
	$(install_from_lock_file)

# The first Python that is new enough and can make a virtual environment.
$(BIN)/python:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Making $(VENV) with $$($$python --version)"; $$python -m venv $(VENV) && exit 0; fi; \
	done; \
	echo "No Python 3.11 or newer with the modules venv and ensurepip was found." >&2; \
	echo "Install one (on Debian: apt-get install python3-venv), or name it: make html PYTHON=/path/to/python3" >&2; \
	exit 1

# Tools that come from npm. Without npm nothing is installed, and the tests that need them are skipped.
$(TOOLS)/built $(LIGHTHOUSE)/built: %/node_modules/built: %/package-lock.json
	@if command -v npm >/dev/null; then \
	  echo "Installing the packages of $*"; (cd $* && npm ci) && touch $@; fi

COMPILE := cd requirements && ../$(BIN)/uv pip compile ../pyproject.toml --group ../pyproject.toml:install --quiet \
  --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
lock: | $(BIN)/python  ## write the lock files anew from pyproject.toml
	@$(PIP) uv
	@$(COMPILE) --output-file build.txt
	@$(COMPILE) --group ../pyproject.toml:dev --output-file development.txt
	@$(COMPILE) --extra import --output-file import.txt
	@$(COMPILE) --extra pdf --output-file pdf.txt
	@$(COMPILE) --extra cluster --output-file cluster.txt
	@$(COMPILE) --extra timestamp --output-file timestamp.txt
