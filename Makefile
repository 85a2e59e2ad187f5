# What people do with this project every day; `make help` lists it. `.venv/bin/policysite --help` has all commands, with
# all of their options. How .venv is set up is in requirements/install.mk.

# What is typed at make counts, and nothing that the shell has under these names. It reaches the commands through the
# environment, where no shell reads it; make itself reads a dollar sign, so that one is written twice.
export POLICY := privacy
export VERSION :=
export EFFECTIVE :=
export ANNOUNCED :=
export DAY :=
export LANGUAGE :=
export PUBLISHED :=
export FORMAT := text
export FILES :=
export WRITE_IDS :=
export FROM :=
export TO :=
export UNDER :=
export SITE :=
export PORT := 8000

.DEFAULT_GOAL := help
.PHONY: help html check serve new-version update-po check-po translation-status live add-language freeze publish verify \
  import demo guide hooks test test-rest test-core test-slow words check-style lock wheel benchmark benchmark-peers weight lighthouse clean

include requirements/install.mk
POLICYSITE := $(BIN)/policysite
# Compiled tests are kept for the next time, whatever the environment says of bytecode: compiling them takes as long as many of them.
PYTEST := env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest --numprocesses auto --dist loadfile

help:  ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

html: $(FOR_SITE)  ## build the site in all languages into _build/html
	@$(POLICYSITE) build
check: $(FOR_SITE)  ## check everything before publishing, or what FILES touch; WRITE_IDS=1; FORMAT=json, github or gitlab
	@set -f; $(POLICYSITE) check --format "$$FORMAT" $${WRITE_IDS:+--write-ids} -- $$FILES
serve: $(FOR_SITE)  ## show the built site (or the release in TO) at PORT (8000), UNDER a path, as a web server would
	@$(POLICYSITE) serve --to "$$TO" --under "$$UNDER" --port "$$PORT"
new-version: $(FOR_SITE)  ## begin VERSION of POLICY, EFFECTIVE on a day, as a draft of the newest text
	@$(POLICYSITE) new-version --policy "$$POLICY" --version "$$VERSION" --effective "$$EFFECTIVE" --announced "$$ANNOUNCED"

update-po: $(FOR_SITE)  ## bring the catalogs (of LANGUAGE) up to date with the texts
	@$(POLICYSITE) update-po $${PUBLISHED:+--published} $${LANGUAGE:+--language "$$LANGUAGE"}
check-po: $(FOR_SITE)  ## check the catalogs (of LANGUAGE); FORMAT=json, github or gitlab for machines
	@$(POLICYSITE) check-po --format "$$FORMAT" $${LANGUAGE:+--language "$$LANGUAGE"}
translation-status: $(FOR_SITE)  ## how far the translations (into LANGUAGE) are, as a table and as pages
	@$(POLICYSITE) translation-status --pages $${LANGUAGE:+--language "$$LANGUAGE"}
live: $(FOR_DEVELOPMENT)  ## show LANGUAGE in the browser at PORT (8000) while its catalogs are edited
	@$(POLICYSITE) live --port "$$PORT" $${LANGUAGE:+--language "$$LANGUAGE"}
add-language: $(FOR_SITE)  ## add LANGUAGE (ja, de, zh_TW) and make its catalogs
	@$(POLICYSITE) add-language $${LANGUAGE:+"$$LANGUAGE"}

freeze: $(FOR_SITE)  ## record the text of VERSION of POLICY as published, for ever, today or on DAY
	@$(POLICYSITE) freeze --policy "$$POLICY" $${VERSION:+--version "$$VERSION"} $${DAY:+--day "$$DAY"}
publish: $(FOR_SITE)  ## build, check and put the site into TO (/srv/policies), of which TO/current is served; as of DAY
	@$(POLICYSITE) publish $${TO:+--to "$$TO"} $${DAY:+--day "$$DAY"}
verify: $(FOR_SITE)  ## check the built site, or a published SITE (folder, zip, address), against its ledger
	@$(POLICYSITE) verify $${SITE:+"$$SITE"}
import: $(FOR_IMPORT)  ## make a version of POLICY from a published text: VERSION=1.5 EFFECTIVE=2024-01-18 FROM=old.html
	@$(POLICYSITE) import --policy "$$POLICY" $${VERSION:+--version "$$VERSION"} \
	  --effective "$$EFFECTIVE" --announced "$$ANNOUNCED" $${FROM:+"$$FROM"}

demo: $(FOR_SITE)  ## build the sample policy, which has many versions, and serve it at PORT (8000)
	@$(BIN)/python tests/demo.py --port "$$PORT"
guide: $(FOR_SITE)  ## build the guides into _build/guide
	@cd guide && ../$(BIN)/python -m reference_pages
	@$(BIN)/sphinx-build -q -W --keep-going -b html -c guide -d _build/guide-work . _build/guide
	@echo "Open _build/guide/index.html"
hooks: $(FOR_SITE)  ## have git check what is about to be committed
	@git config core.hooksPath .githooks
	@echo "git commit checks what is staged now. To stop that: git config --unset core.hooksPath"

test: $(FOR_DEVELOPMENT) $(TOOLS)/built  ## run the tests
	@$(PYTEST) --no-loadscope-reorder
test-rest: $(FOR_DEVELOPMENT) $(TOOLS)/built  ## run what make test leaves out, and more examples of the same kinds
	@$(PYTEST) --no-loadscope-reorder --examples rest
test-core: $(FOR_DEVELOPMENT)  ## run the tests that build nothing: seconds
	@$(PYTEST) tests/core
test-slow: $(FOR_DEVELOPMENT) $(TOOLS)/built  ## run the tests that take minutes: all other examples, every page in every state, kills, full disks, load
	@$(PYTEST) --examples slow tests
	@$(PYTEST) tests/slow
words: $(FOR_DEVELOPMENT)  ## list the words of the templates anew, in the template and the catalogs of the interface
	@$(BIN)/python -m policysite.locale.interface_template
check-style: $(FOR_DEVELOPMENT)  ## check format, style, types and what may import what
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports --no-cache --no-logo
wheel: $(FOR_DEVELOPMENT)  ## build the engine as a package, wheel and sdist, into dist/
	@$(BIN)/python -m build --no-isolation
benchmark: $(FOR_SITE)  ## compare the time of a build with a bare sphinx-build
	@$(BIN)/python benchmarks/build_time.py
benchmark-peers: $(FOR_SITE)  ## measure this project beside its peers and what it is to reach (half an hour)
	@$(BIN)/python -m benchmarks.peers
weight: $(FOR_DEVELOPMENT)  ## weigh version pages, of the site and of the sample: bytes, requests, hosts
	@$(BIN)/python benchmarks/page_weight.py
lighthouse: $(FOR_DEVELOPMENT) $(LIGHTHOUSE)/built  ## the scores that Lighthouse gives the site
	@$(BIN)/python benchmarks/page_scores.py
clean:  ## remove what was built, except the virtual environment
	@rm -rf _build
