# make run   the whole market at http://localhost:8000 (PORT=9000 make run for another port)
# make test  every test, on PostgreSQL and Valkey of their own (ARGS="tests/orders -k hold")
.DEFAULT_GOAL := help
.PHONY: help run test check bench ux faults lock clean venv dev
unexport PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE VIRTUAL_ENV DJANGO_SETTINGS_MODULE

PY := .venv/bin/python
ARGS ?=

help:
	@grep -h '^# make' Makefile | cut -c3-
	@echo "others: check, bench, ux, faults, lock, clean"

venv:
	@sh scripts/bootstrap.sh requirements.txt

dev:
	@sh scripts/bootstrap.sh requirements-dev.txt

run: venv
	@exec $(PY) manage.py demo

test: dev
	@exec $(PY) -m scripts.test --browser -- -n 2 $(ARGS)

# Race, load and fault figures want the machine for themselves: no second process beside them.
bench: dev
	@exec $(PY) -m bench $(ARGS)

# Lighthouse, axe and a slow network over the buyers' pages; ARGS=--quick for one run of each.
ux: dev
	@exec $(PY) -m bench.ux $(ARGS)

faults: dev
	@exec $(PY) -m bench.faults $(ARGS)

check: dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy .
	$(PY) -c "from importlinter.cli import lint_imports_command as go; go()"
	MODE=demo $(PY) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(PY) scripts/messages.py check
	$(PY) scripts/lengths.py

lock: dev
	@$(PY) -m scripts.lock

clean:
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache static_root
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete
