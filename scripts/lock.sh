#!/bin/sh
# Freeze requirements/*.in into hash-locked *.txt that name no host. uv stands in a venv of its own.
set -eu
cd "$(dirname "$0")/.."
sh scripts/bootstrap.sh app
[ -x .uv/bin/uv ] || {
    .venv/bin/python -m venv .uv
    .uv/bin/python -m pip install --disable-pip-version-check -q --require-hashes --no-deps -r requirements/lock.txt
}
for name in app dev lock; do
    .uv/bin/uv pip compile --quiet --python .venv/bin/python --universal --python-version 3.12 --generate-hashes \
        --no-header --no-annotate "$@" -o "requirements/$name.txt" "requirements/$name.in"
done
