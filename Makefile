# `make site` builds the site, `make test` checks everything; both install what they need first.
# A step is done again only when what it is made from changes. Its stamp lies inside what it makes,
# so that whoever deletes .venv or node_modules deletes the stamps too.

SHELL := /bin/bash
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet
# Hashes bind wheels only: building from source would fetch build tools that no hash covers.
PIP_LOCKED := $(PIP) --require-hashes --only-binary :all:
TEST_SITE := build/test-site

# Progress goes to stderr: the standard output of `make bench` is JSON.
say = @echo '$(1)' >&2

.PHONY: site test quick lint soak bench screenshots gallery stdlib wheel format lock clean
.DELETE_ON_ERROR:
# Two installers must not work on one .venv at a time.
.NOTPARALLEL:

# Bytecode is what makes the second start of a program fast; an environment that forbids to keep it is overruled.
export PYTHONDONTWRITEBYTECODE :=

site: .venv/.packages node_modules/.site
	@$(BIN)/mingbai build

# Tests look at a site of their own, so that running them leaves site/ alone.
export MINGBAI_TEST_SITE := $(CURDIR)/$(TEST_SITE)

test: lint $(TEST_SITE)
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --durations 25

# What needs neither a browser nor a built site, in seconds; `make quick ROOM=pages`: of the tests those of one folder
# or module of the program. Large tables and random cases are sampled; `make test` runs them all.
ROOM :=
quick: .venv/.packages .venv/.test node_modules/.test
	$(LINT)
	@files=$(if $(ROOM),"$$($(BIN)/python -m tests.room $(ROOM))",tests) && \
	    $(BIN)/python -m pytest --quick --quiet --numprocesses 2 --dist $(if $(ROOM),load,loadfile) --durations 5 $$files

lint: ready-to-test
	$(LINT)

define LINT
@$(BIN)/ruff format --check --output-format=concise
@$(BIN)/ruff check --output-format=concise
$(call say,checking types)
@$(BIN)/mypy
@$(BIN)/node node_modules/typescript/bin/tsc --build . types/worker types/service-worker
endef

soak: $(TEST_SITE)
	@$(BIN)/python -m pytest -m soak
	@$(BIN)/python -m tests.soak_mutation

bench: $(TEST_SITE)
	@$(BIN)/python -m tests.bench

screenshots: $(TEST_SITE)
	@$(BIN)/python -m tests.screenshots

# Every screen and state of the estimator and the quick answer, on one page for whoever reviews words and looks.
gallery: $(TEST_SITE)
	@$(BIN)/python -m tests.gallery

# After an update of Pyodide, or a new import in the calculator: which of the standard library goes to the phone.
stdlib: .venv/.packages node_modules/.site
	@$(BIN)/python -m mingbai.assets.trace_stdlib

format: .venv/.test
	@$(BIN)/ruff check --fix --quiet || true  # what cannot be mended is for `make lint` to report
	@$(BIN)/ruff format

clean:
	rm -rf .venv node_modules site build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The three packages, as they are given to others: `pip install dist/*.whl` needs neither node nor this repository.
wheel: .venv/.packages node_modules/.site
	@rm -rf dist
	@$(BIN)/python -m pip --disable-pip-version-check wheel --quiet --no-deps --no-build-isolation --wheel-dir dist ./calculator ./calculator/mingbai_reading .

# --- the site that is tested: always built anew, as it depends on nearly every file

.PHONY: $(TEST_SITE)
$(TEST_SITE): ready-to-test
	$(call say,building the site to be tested)
	@$(BIN)/mingbai build --output $@ >&2

# --- installing

.PHONY: ready-to-test
ready-to-test: .venv/.packages .venv/.test node_modules/.test
	@bash tests/browser/install-browser.sh >&2

# Each Python is tried, not looked up: pyenv leaves a python3.13 on the PATH that fails where another version is
# chosen, and Debian's python3 can lack ensurepip.
.venv/.created:
	@for python in python3.13 python3 "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.13.*[0-9]/bin/python; do \
	    "$$python" -c 'import ensurepip, sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null || continue; \
	    echo 'creating .venv (a few seconds)' >&2; \
	    "$$python" -m venv --clear .venv && touch $@ && exit; \
	done; \
	if command -v uv >/dev/null; then rm -rf .venv; uv venv --quiet --seed --python 3.13 .venv && touch $@ && exit; fi; \
	echo 'Mingbai needs Python 3.13 with venv: install it, or pyenv with "pyenv install 3.13", or uv; then run make again.' >&2; \
	exit 1

.venv/.site: requirements/site.txt .venv/.created
	$(call say,installing what builds the site (about 1 minute))
	@$(PIP_LOCKED) -r $<
	@touch $@

# The build tools are in site.txt already: without isolation nothing is fetched here.
.venv/.packages: pyproject.toml calculator/pyproject.toml calculator/mingbai_reading/pyproject.toml .venv/.site
	$(call say,installing Mingbai itself (a few seconds))
	@$(PIP) --no-deps --no-build-isolation --editable calculator --editable calculator/mingbai_reading --editable .
	@touch $@

.venv/.test: requirements/test.txt .venv/.site
	$(call say,installing what tests need (about half a minute))
	@$(PIP_LOCKED) -r $<
	@touch $@

# npm comes with site.txt, but a change there is no reason to install Pyodide again: hence the "|".
node_modules/.site: package.json package-lock.json .npmrc | .venv/.site
	$(call say,installing Pyodide and esbuild (a few seconds))
	@$(BIN)/npm ci --omit=dev --loglevel=error >/dev/null
	@touch $@

node_modules/.test: package.json package-lock.json .npmrc | .venv/.site
	$(call say,installing Pyodide and esbuild and what tests need beside them (a few seconds))
	@$(BIN)/npm ci --loglevel=error >/dev/null
	@touch node_modules/.site $@

# --- lock files: versions stay as they are where the inputs allow it; `make lock UPGRADE=--upgrade` takes the newest.

UPGRADE :=
# The packages of this repository are installed from it. No address is written: each machine uses its own registry.
COMPILE := build/uv/bin/uv pip compile --quiet --universal --python-version 3.13 --generate-hashes \
    --no-header --no-emit-index-url --no-emit-package mingbai --no-emit-package mingbai-calculator \
    --no-emit-package mingbai-reading $(UPGRADE)

lock: .venv/.created
	$(call say,working out versions (about 1 minute))
	@$(BIN)/python -m venv --clear build/uv
	@build/uv/bin/python -m pip --disable-pip-version-check install --quiet -r requirements/lock.in
	@$(COMPILE) pyproject.toml requirements/site.in --output-file requirements/site.txt
	@$(COMPILE) requirements/test.in --output-file requirements/test.txt
	@$(MAKE) --no-print-directory .venv/.site
	@$(BIN)/npm install --package-lock-only --loglevel=error >/dev/null
