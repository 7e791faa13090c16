# Pantau: `make help` lists what can be made. Everything is installed into .venv in this folder.

PYTHON ?= python3
# Checks side by side, and test processes.
JOBS ?= 2
# Processes of all tests: one works while two wait for servers, of which each starts a pair of its own.
TESTERS ?= 3
VENV := .venv
BIN := $(VENV)/bin
# Where the model is trained: torch and a teacher, some gigabytes, that nothing else needs.
TRAINING := .venv-training
# What asks the network for known vulnerabilities.
AUDIT := .venv-audit
# Where fuzzing is done: atheris is compiled for some platforms alone.
FUZZ := .venv-fuzz
# What checks the REST interface: Schemathesis, and a generator of clients.
API := .venv-api
# What renders the Helm chart: Helm's own library.
HELM := .venv-helm
# A second Python, that of the image, for the unit tests.
OTHER := .venv-313
OTHER_PYTHON ?= python3.13
# Seconds that `make fuzz` takes for each target, and the targets; all of them by default.
SECONDS ?= 600
TARGETS ?=
# Requests that `make api-check` makes of each operation, and of each rule of its schema.
EXAMPLES ?= 30
DATA ?= .pantau
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# pip would compile bytecode file by file; compileall takes every processor for it. What cannot be
# compiled (templates, code of other Pythons) is left out by both.
INSTALL := $(PIP) install --no-compile
# The pip that comes with Python 3.11 takes three times as long to choose among the files of an index.
# Where a newer one cannot be had, it installs the same, later.
NEWER_PIP := $(INSTALL) --require-hashes -r requirements/pip.txt || true
BYTECODE := $(BIN)/python -W ignore -m compileall -qq -j 0 $(VENV)/lib || true

.DEFAULT_GOAL := help
.PHONY: help run demo test check fmt lint language house types imports licences sbom audit unit unit-313 growth fuzz api-check schemas docs docs-reference pictures picture-sheets man manifests rules lock bench differential bench-enrich bench-match bench-pipeline bench-poll bench-latency bench-console bench-instances bench-state bench-reindex bench-spikes model faults faults-notifier faults-notifier-service clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{printf "  \033[1m%-14s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/run.done: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Pantau needs Python 3.11 or newer; choose one: make PYTHON=python3.12 ...") if sys.version_info < (3, 11) else None'
	@PYTHONPATH=services $(PYTHON) -m pantau.common.python_level
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Pantau into $(VENV) ..."
	@$(NEWER_PIP)
	@$(INSTALL) --require-hashes -r requirements/run.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@$(BYTECODE)
	@touch $@

$(VENV)/dev.done: requirements/dev.txt $(VENV)/run.done
	@echo "Installing what the tests need into $(VENV) ..."
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@$(BYTECODE)
	@touch $@

$(TRAINING)/done: requirements/training.txt pyproject.toml
	@test -x $(TRAINING)/bin/python || $(PYTHON) -m venv $(TRAINING)
	@echo "Installing what training needs into $(TRAINING) (some gigabytes) ..."
	@$(TRAINING)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/training.txt
	@$(TRAINING)/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --no-build-isolation -e .
	@touch $@

$(AUDIT)/done: requirements/audit.txt
	@test -x $(AUDIT)/bin/python || $(PYTHON) -m venv $(AUDIT)
	@$(AUDIT)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/audit.txt
	@touch $@

$(FUZZ)/done: requirements/fuzz.txt pyproject.toml
	@test -x $(FUZZ)/bin/python || $(PYTHON) -m venv $(FUZZ)
	@echo "Installing what fuzzing needs into $(FUZZ) ..."
	@$(FUZZ)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/fuzz.txt
	@$(FUZZ)/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --no-build-isolation -e .
	@touch $@

$(API)/done: requirements/api.txt
	@test -x $(API)/bin/python || $(PYTHON) -m venv $(API)
	@echo "Installing what checks the API into $(API) ..."
	@$(API)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/api.txt
	@touch $@

$(HELM)/done: requirements/helm.txt
	@test -x $(HELM)/bin/python || $(PYTHON) -m venv $(HELM)
	@echo "Installing Helm's library into $(HELM) ..."
	@$(HELM)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/helm.txt
	@touch $@

run: $(VENV)/run.done ## Watch the starter feeds (data in .pantau; DATA=DIR for another folder)
	@$(BIN)/pantau run --data $(DATA) --starter

demo: $(VENV)/run.done ## See it all work on made-up news, without internet
	@$(BIN)/pantau demo

test: $(VENV)/dev.done ## Pass every check and test
	@$(MAKE) --no-print-directory --jobs $(JOBS) check
	@$(MAKE) --no-print-directory unit

# The longest comes first: the others are done beside it.
check: types lint language imports licences docs ## Style, language, types, import rules, licences and documents

lint: $(VENV)/dev.done
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .

language: $(VENV)/dev.done ## Check names, docstrings and comments: verbs first, one word one meaning
	@$(BIN)/python -m scripts.language

house: $(VENV)/dev.done ## Measure how easily the house can be read: folders, names, comments, complexity
	@$(BIN)/python -m scripts.house

types: $(VENV)/dev.done
	@$(BIN)/mypy --no-error-summary

imports: $(VENV)/dev.done
	@$(BIN)/lint-imports --no-cache > $(VENV)/imports.log || { cat $(VENV)/imports.log; exit 1; }

licences: $(VENV)/dev.done ## Check the licences of everything that Pantau runs with
	@$(BIN)/python -m scripts.licences > $(VENV)/licences.log

sbom: $(VENV)/dev.done ## Write the bill of materials of the image to build/pantau.cdx.json (CycloneDX)
	@$(BIN)/python -m scripts.sbom build/pantau.cdx.json

audit: $(AUDIT)/done ## Look for known vulnerabilities of the dependencies; needs the network
	@$(AUDIT)/bin/python -m scripts.audit

# Bytecode is kept, whatever the variable says: programs that the tests start read it.
unit: $(VENV)/dev.done
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q --numprocesses $(TESTERS) --dist loadfile --no-loadscope-reorder

$(OTHER)/done: requirements/dev.txt pyproject.toml
	@test -x $(OTHER)/bin/python || $(OTHER_PYTHON) -m venv $(OTHER)
	@echo "Installing Pantau and what its tests need into $(OTHER) ..."
	@$(OTHER)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/dev.txt
	@$(OTHER)/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --no-build-isolation -e .
	@touch $@

unit-313: $(OTHER)/done ## Run the unit tests on Python 3.13 (OTHER_PYTHON=python3.13)
	@$(OTHER)/bin/python -m pytest -q --numprocesses $(JOBS) --dist loadfile tests/unit

growth: $(VENV)/dev.done ## The long proof: no function takes more than linear time or memory in outside text (half an hour)
	@PANTAU_GROWTH=long $(BIN)/python -m pytest -q --numprocesses $(JOBS) -o faulthandler_timeout=3600 tests/growth tests/unit/feeds/test_growth.py

fuzz: $(FUZZ)/done ## Fuzz what reads outside text, guided by coverage (SECONDS=600 for each; TARGETS="feed query" for some)
	@$(FUZZ)/bin/python -m fuzz --seconds $(SECONDS) $(TARGETS)

api-check: $(VENV)/dev.done $(API)/done ## Check the REST interface against its OpenAPI document (EXAMPLES=30 requests of each operation)
	@$(BIN)/python -m scripts.api_check $(API)/bin/schemathesis --examples $(EXAMPLES)

fmt: $(VENV)/dev.done ## Format the code and mend what can be mended
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

schemas: $(VENV)/run.done ## Write JSON Schemas, AsyncAPI, index templates, Kibana objects anew
	@$(BIN)/python -m pantau_schemas.generate

man: $(VENV)/run.done ## Write a manual page for each command into build/man/man1
	@$(BIN)/python -m scripts.man_pages build/man/man1

docs: $(VENV)/dev.done ## Build the documents into build/docs; a warning is an error
	@$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going --jobs auto --builder html --conf-dir docs . build/docs

manifests: $(HELM)/done ## Render the Helm chart into deploy/kubernetes, which the tests read
	@$(HELM)/bin/python -m scripts.manifests

rules: $(VENV)/dev.done ## Check and test the alert rules and the routes with promtool and amtool (Debian's packages prometheus, prometheus-alertmanager)
	@$(BIN)/python -m scripts.rules

pictures: $(VENV)/dev.done ## Draw every page of the console, to be looked at (build/pictures), and those of the documents (docs/pictures)
	@$(BIN)/python -m scripts.pictures build/pictures
	@$(BIN)/python -m scripts.pictures docs/pictures --kept

picture-sheets: $(VENV)/dev.done ## Draw every page of the console for the documents, one sheet a page (docs/pictures/pages)
	@$(BIN)/python -m scripts.pictures docs/pictures/pages --sheets

docs-reference: $(VENV)/dev.done ## Write the reference pages of docs/ anew, from the settings, commands, fields, topics and metrics
	@$(BIN)/python -m scripts.reference

lock: $(VENV)/run.done ## Lock the newest allowed dependencies, with hashes and without addresses
	@$(PIP) install uv
	@$(COMPILE) --upgrade pyproject.toml --extra distributed --extra mcp --extra oidc --extra pictures --extra reports --group build -o requirements/service.txt
	@$(COMPILE) --upgrade pyproject.toml --group build -c requirements/service.txt -o requirements/run.txt
	@$(COMPILE) --upgrade pyproject.toml --all-extras --group dev -c requirements/service.txt -o requirements/dev.txt
	@$(COMPILE) --upgrade pyproject.toml --group fuzz -c requirements/service.txt -o requirements/fuzz.txt
	@$(COMPILE) --upgrade --group pyproject.toml:api -o requirements/api.txt
	@$(COMPILE) --upgrade --group pyproject.toml:audit -o requirements/audit.txt
	@$(COMPILE) --upgrade --group pyproject.toml:pip -o requirements/pip.txt
	@$(COMPILE) --upgrade --group pyproject.toml:helm -o requirements/helm.txt
	@$(COMPILE) --upgrade pyproject.toml --group training -c requirements/dev.txt -o requirements/training.txt

bench: $(VENV)/dev.done ## Measure matching, search, pipeline and enrichment (PANTAU_SHARED=DIR: a folder of news and labelled data)
	@$(BIN)/python -m benchmarks.match && $(BIN)/python benchmarks/search.py && $(BIN)/python benchmarks/pipeline.py && $(MAKE) --no-print-directory bench-enrich

bench-enrich: $(VENV)/dev.done ## Measure names, near-duplicates and stories (PANTAU_SHARED=DIR: a folder of news and labelled data)
	@$(BIN)/python benchmarks/ner_f1.py && $(BIN)/python benchmarks/near_duplicates.py && $(BIN)/python benchmarks/stories.py

differential: $(VENV)/dev.done ## The long proof: 27,000 queries mean the same here and in a real Elasticsearch (PANTAU_SHARED=DIR: a folder of news)
	@$(BIN)/python -m benchmarks.differential

bench-match: $(VENV)/dev.done ## Measure matching beside Apache Lucene Monitor (PANTAU_SHARED=DIR: a folder of news)
	@$(BIN)/python -m benchmarks.match_lucene

bench-pipeline: $(VENV)/dev.done ## Measure articles a second in both runtimes, stage by stage
	@$(BIN)/python benchmarks/pipeline.py --processes 1 2 && $(BIN)/python benchmarks/pipeline_distributed.py

bench-poll: $(VENV)/dev.done ## Measure feeds a second of the poller (PANTAU_BENCH_READER=PYTHON: one with the library reader, PANTAU_BENCH_MINIFLUX=PROGRAM: Miniflux, measured beside it)
	@$(BIN)/python -m benchmarks.poll

bench-latency: $(VENV)/dev.done ## Measure the time from poll to webhook in both runtimes
	@$(BIN)/python benchmarks/latency.py

bench-console: $(VENV)/dev.done ## Measure every page of the console, embedded and over Elasticsearch with a million articles (PANTAU_SHARED=DIR: a folder of news)
	@$(BIN)/python -m benchmarks.console && $(BIN)/python -m benchmarks.console_elastic

bench-instances: $(VENV)/dev.done ## Measure disk, memory and restore time of alerters and notifiers, one and three of each
	@$(BIN)/python benchmarks/instance_state.py

bench-state: $(VENV)/dev.done ## Measure disk and memory of every service after 20,000 articles (PANTAU_SHARED=DIR: a folder of news)
	@$(BIN)/python benchmarks/state_after.py

bench-reindex: $(VENV)/dev.done ## Rebuild an index of 200,000 articles while writes go on, and take a source down
	@$(BIN)/python benchmarks/reindex.py

bench-spikes: $(VENV)/dev.done ## Measure false alarms, bursts caught and cost of spikes (PANTAU_SHARED=DIR: a folder of news)
	@$(BIN)/python -m benchmarks.spikes

model: $(TRAINING)/done ## Train the entity models anew (PANTAU_SHARED=DIR: a folder of news and labelled data); about two hours on one core
	@OMP_NUM_THREADS=1 $(TRAINING)/bin/python -m training.train
	@OMP_NUM_THREADS=1 $(TRAINING)/bin/python -m training.train --recipe english

faults: $(VENV)/dev.done ## The long proof: services killed, servers away, while articles flow; nothing lost (needs promtool, as `make rules`)
	@$(BIN)/python -m tests.faults.run

faults-notifier: $(VENV)/dev.done ## The notifier killed at fifty random statements: no message lost, none changed
	@$(BIN)/python -m tests.faults.notifier_kills

faults-notifier-service: $(VENV)/dev.done ## The same for the notifier's service over a real Kafka, killed fifty times
	@$(BIN)/python -m tests.faults.service_kills

clean: ## Remove what was installed and generated (not .pantau, the data)
	@rm -rf $(VENV) $(OTHER) $(TRAINING) $(AUDIT) $(FUZZ) $(API) $(HELM) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
