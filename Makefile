# `make run` and `make test` are all it takes; everything they need is made below this folder, in .venv and .tools.
PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 4
VENV := .venv
UV := PYTHON=$(PYTHON) tools/uv
# Modules are compiled at once: whoever serves may not be allowed to write here, and would read the sources at each start.
INSTALL := VIRTUAL_ENV=$(CURDIR)/$(VENV) $(UV) pip install --quiet --compile-bytecode
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-build \
	--no-header --annotation-style line $(if $(UPGRADE),--upgrade)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard quizapp/translations/zh_CN/LC_MESSAGES/messages.po))

.PHONY: setup compiled translations run test soak lint lock clean
.DELETE_ON_ERROR:

setup: $(VENV)/run-is-installed compiled translations  ## build .venv with everything the product runs on

run: setup  ## load the demo into an empty instance and serve it on $(PORT)
	$(VENV)/bin/quizapp demo --if-empty
	exec $(VENV)/bin/quizapp serve --port $(PORT)

test: setup $(VENV)/tests-are-installed  ## every test but the long ones; ARGS="tests/rules -x" narrows it
	tools/test-needs
	tools/in-memory $(VENV)/bin/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

soak: setup $(VENV)/tests-are-installed  ## the long tests; ONE=A1 only the one that proves A1
	tools/test-needs
	$(VENV)/bin/python -m pytest -m soak $(if $(ONE),--one $(ONE)) $(ARGS)

lint: $(VENV)/tests-are-installed
	$(VENV)/bin/ruff check --quiet .

compiled: | $(VENV)/run-is-installed
	@$(VENV)/bin/python -m compileall -q quizapp migrations

translations: $(CATALOGUES)  ## compile the message catalogues that changed

%.mo: %.po | $(VENV)/run-is-installed
	$(VENV)/bin/pybabel -q compile --use-fuzzy -i $< -o $@

.tools/bin/uv: requirements-tools.lock
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "quizapp needs Python 3.11 or newer")'
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --upgrade --target .tools \
		--require-hashes --only-binary :all: --requirement requirements-tools.lock
	@touch $@

$(VENV)/bin/python: | .tools/bin/uv
	$(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)

$(VENV)/run-is-installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(INSTALL) --no-build --require-hashes --requirement requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/tests-are-installed: requirements-test.lock $(VENV)/run-is-installed
	$(INSTALL) --no-build --require-hashes --requirement requirements-test.lock
	@touch $@

lock: | .tools/bin/uv  ## resolve again what pyproject.toml asks for; UPGRADE=1 takes newer releases too
	echo uv | $(COMPILE) - --output-file requirements-tools.lock
	$(COMPILE) pyproject.toml --group build --output-file requirements.lock
	$(COMPILE) pyproject.toml --group build --group test --constraint requirements.lock \
		--output-file requirements-test.lock

clean:  ## remove what the other targets made, but no instance
	rm -rf $(VENV) .tools .pytest_cache .ruff_cache .hypothesis test-results
