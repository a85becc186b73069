#!/bin/sh
# Serve the site: HOST, PORT, WORKERS and THREADS (blocking threads a worker). bench/ and the tests start it this way too.
set -eu
cd "$(dirname "$0")/.."
exec .venv/bin/python -m granian config.wsgi:application --interface wsgi --no-ws --http 1 \
    --host "${HOST:-127.0.0.1}" --port "${PORT:-8000}" \
    --workers "${WORKERS:-2}" --blocking-threads "${THREADS:-4}" \
    --blocking-threads-idle-timeout 600 --respawn-failed-workers --workers-kill-timeout 10 --no-access-log --log-level warning
