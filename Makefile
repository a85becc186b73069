# Everything one does here, a target each. Needs git, make and a Python; the rest is brought by scripts/bootstrap.sh.
PORT ?= 8000
PY := .venv/bin/python
export PORT

.DEFAULT_GOAL := help
.PHONY: help run test test-postgres lint fix check-content messages lock shots bench instructor words app dev

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: app ## serve the site at http://127.0.0.1:8000/ (PORT= changes it, DATA_DIR= moves the database)
	@$(PY) -m scripts.prepare
	@exec $(PY) -m scripts.serve

test: dev words ## the whole test suite, browser tests included (ARGS= goes to pytest)
	@sh scripts/browser.sh
	@$(PY) -m pytest $(ARGS)

test-postgres: dev words ## the same suite on PostgreSQL: DATABASE_URL's, the machine's own, or a wheel's
	@sh scripts/browser.sh
	@sh scripts/postgres.sh $(PY) -m pytest $(ARGS)

lint: dev ## style, types, templates, arrows, migrations, words, content, deploy check
	@sh scripts/lint.sh

fix: dev ## mend what ruff can mend
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

check-content: app ## every problem of the course files, with file and line
	@$(PY) manage.py check_content

messages: app ## gather the interface's words for translation
	@$(PY) scripts/messages.py extract

lock: ## freeze requirements/*.in into *.txt, hashes and no address
	@sh scripts/lock.sh

shots: dev ## screenshots of every page kind into var/shots
	@sh scripts/browser.sh
	@$(PY) -m scripts.shots

bench: dev ## speed as ratios, a class that saves at once, writers queued or not, and whether the measures' ranges hold
	@$(PY) -m bench

instructor: app ## make NAME= an instructor, with a new account when there is none
	@$(PY) manage.py migrate --no-input --verbosity 0
	@$(PY) manage.py make_instructor "$(NAME)"

# Before Django starts: a catalogue that is read before it is compiled stays as it was for the whole run.
words:
	@$(PY) scripts/messages.py compile

app:
	@sh scripts/bootstrap.sh app

dev:
	@sh scripts/bootstrap.sh dev
