# make demo    install, index the bundled reports, search them
# make test    the tests, against the installed package
# make check   lint, types (those of the public names by two checkers), format
# make texts   after a change of what commands say: catalogs and manual pages anew
# make docs    the documentation as a site: site/index.html
# make bench   compare with other engines on the laws: build, size, memory, latencies
# make eval    the order of hits on sets of questions, beside plain BM25; EVAL=--fit fits it
# make test-slow   crash matrix, damage sweep, large data, many more generated examples
# make test-all   the tests under every Python from 3.10 to 3.14 that is present

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := $(shell find corpus indexer search -type f -not -name '*.pyc') setup.cfg pyproject.toml

.PHONY: texts docs demo test test-slow test-all check bench eval clean

demo: $(VENV)/installed
	$(BIN)/baogao demo

test: $(VENV)/installed-for-tests
	$(BIN)/pytest -n 2 --dist loadfile -m "not slow"

test-slow: $(VENV)/installed-for-tests
	$(BIN)/pytest -n 2 --dist loadfile -m slow
	$(BIN)/pytest -n 2 --dist loadfile -m "hypothesis and not slow" --hypothesis-profile=explore

test-all: $(VENV)/installed-for-checks
	$(BIN)/tox

check: $(VENV)/installed-for-checks
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest -q tests/search/test_typing.py

texts: $(VENV)/installed-for-tests
	$(BIN)/python -m tests.catalogs
	LANGUAGE=en $(BIN)/python -m search.terminal.manual > search/data/man/man1/baogao.1
	LANGUAGE=zh $(BIN)/python -m search.terminal.manual > search/data/man/zh_CN/man1/baogao.1

docs: $(VENV)/installed-for-docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

bench: $(VENV)/installed-for-bench
	$(BIN)/python -m tests.benchmark $(BENCH)

eval: $(VENV)/installed
	$(BIN)/python -m tests.evaluation $(EVAL)

# What an earlier build left would be packed again: a module that was removed would live on.
define install
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	rm -rf build *.egg-info
	$(BIN)/pip install --quiet --disable-pip-version-check $(1)
	rm -rf build *.egg-info
	touch $@
endef

$(VENV)/installed: $(SOURCES)
	$(call install,.)

$(VENV)/installed-for-tests: $(SOURCES)
	$(call install,'.[test]')

$(VENV)/installed-for-bench: $(SOURCES)
	$(call install,'.[bench]')

$(VENV)/installed-for-docs: $(SOURCES)
	$(call install,'.[docs]')

$(VENV)/installed-for-checks: $(SOURCES)
	$(call install,'.[check]')

clean:
	rm -rf $(VENV) build *.egg-info .tox .mypy_cache .ruff_cache .pytest_cache .hypothesis site
