#!/bin/sh
# Every check that is not a test, cheapest first; stops at the first that fails.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python
step() { printf '%s\n' "- $1"; shift; "$@"; }

step "ruff" $python -m ruff check --quiet .
step "ruff format" $python -m ruff format --quiet --check .
step "djlint" $python -m djlint --lint --quiet templates
step "import-linter" .venv/bin/lint-imports --no-cache --no-logo
step "mypy" $python -m mypy
step "migrations" $python manage.py makemigrations --check --dry-run
step "messages" $python scripts/messages.py check
step "content" $python manage.py check_content
# As deployed: behind TLS, with a key and a host of its own. A warning fails.
step "deploy" env TLS=1 ALLOWED_HOSTS=naru.example SECRET_KEY="$($python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    $python manage.py check --deploy --fail-level WARNING
