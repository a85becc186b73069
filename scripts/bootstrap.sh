#!/bin/sh
# Make or refresh .venv from the hash-locked requirements.   usage: bootstrap.sh app|dev
set -eu
cd "$(dirname "$0")/.."
name=${1:-app}
lock=requirements/$name.txt

die() { printf '\nERROR: %s\n' "$*" >&2; exit 1; }

# A pyenv shim can be on PATH and still not run, so every candidate is executed, never just looked up.
good() { "$1" -c 'import sys; raise SystemExit(sys.version_info < (3, 12))' >/dev/null 2>&1; }

candidates() {
    printf '%s\n' "${PYTHON:-}" python3 python3.14 python3.13 python3.12
    ls -d "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python3 2>/dev/null | sort -rV
}

find_python() {
    candidates | while read -r candidate; do
        if [ -n "$candidate" ] && good "$candidate"; then printf '%s\n' "$candidate"; break; fi
    done
}

# No Python >= 3.12 on this machine: let uv bring one.
fetch_python() {
    echo "No Python 3.12 or newer found; asking uv for one ..." >&2
    if command -v uv >/dev/null 2>&1; then uv=uv; else
        python3 -m venv .uv >&2 || return 1
        .uv/bin/python -m pip install -q --require-hashes --no-deps -r requirements/lock.txt >&2 || return 1
        uv=.uv/bin/uv
    fi
    "$uv" python install -q 3.13 >&2 && "$uv" python find --managed-python 3.13
}

make_venv() {
    rm -rf .venv
    "$1" -m venv .venv >.venv.log 2>&1 && { rm -f .venv.log; return 0; }
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv; } >.venv.log 2>&1
        rm -rf .venv
        "$1" -m venv .venv >>.venv.log 2>&1 && { rm -f .venv.log; return 0; }
    fi
    rm -rf .venv
    cat .venv.log >&2
    die "Python's venv module is missing. Debian or Ubuntu: sudo apt install python3-venv"
}

# The dev set holds the app set: a venv stamped for dev also serves `app`.
sum=$(cat requirements/app.txt "$lock" | cksum)
stamp=.venv/.lock-$name
good .venv/bin/python && [ "$(cat "$stamp" 2>/dev/null || true)" = "$sum" ] && exit 0

# Without pip it is a venv whose making was cut short.
if ! good .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    [ -n "$python" ] || python=$(fetch_python) || die "Naru needs Python 3.12 or newer and none was found ($(python3 -V 2>&1 || echo 'no python3')).
Install one (Debian 13, Ubuntu 24.04: sudo apt install python3 python3-venv; elsewhere pyenv or uv), or set PYTHON=/path/to/python3."
    make_venv "$python"
fi

# pip warns of things that are none of the reader's business: shown only when it fails.
echo "Installing requirements/$name.txt ..."
.venv/bin/python -m pip install --disable-pip-version-check -q --require-hashes --no-deps --only-binary=:all: -r "$lock" \
    >.venv/pip.log 2>&1 || { cat .venv/pip.log >&2; die "Installing $lock failed; the lines above say why."; }
printf '%s' "$sum" > "$stamp"
[ "$name" = app ] || cat requirements/app.txt requirements/app.txt | cksum > .venv/.lock-app
