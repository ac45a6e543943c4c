# make demo: a cited brief from the bundled documents.  make test: every check and test.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: help install demo test docs clean

help:
	@echo "make demo     code the bundled documents and write a brief (installs what is needed)"
	@echo "make test     run every check and every test"
	@echo "make docs     build the documentation into build/site"
	@echo "make install  make the virtual environment $(VENV) with detente in it"
	@echo "make clean    remove the demo's output; the virtual environment stays"

install: $(VENV)/.installed

$(VENV)/.installed: requirements.lock pyproject.toml
	@scripts/install $(PYTHON) $(VENV) requirements.lock
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock pyproject.toml
	@scripts/install $(PYTHON) $(VENV) requirements-dev.lock
	@touch $@ $(VENV)/.installed

demo: install
	@$(BIN)/detente demo

test: $(VENV)/.installed-dev
	@PATH="$(abspath $(BIN)):$$PATH" scripts/check

docs: $(VENV)/.installed-dev
	@$(BIN)/python -m mkdocs build
	@echo "The documentation stands in build/site/index.html"

clean:
	rm -rf demo
