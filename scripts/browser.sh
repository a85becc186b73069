#!/bin/sh
# Make sure a Chromium is there for the browser tests. A missing browser is an error with its cure, never a skip.
set -eu
cd "$(dirname "$0")/.."
have() {
    for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        [ -n "$candidate" ] && "$candidate" --version >/dev/null 2>&1 && return 0
    done
    .venv/bin/python - <<'PY' 2>/dev/null
import os, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    sys.exit(not os.path.exists(p.chromium.executable_path))
PY
}
have && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && apt-cache policy chromium 2>/dev/null | grep -q 'Candidate: [0-9]' ||
   { command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && [ "$(. /etc/os-release && echo "${ID:-}")" = debian ]; }; then
    echo "Installing Chromium for the browser tests ..."
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
else
    .venv/bin/playwright install chromium || true
fi
have && exit 0
cat >&2 <<'TXT'
ERROR: no Chromium for the browser tests.
Debian:    sudo apt install chromium fonts-noto-cjk
Elsewhere: .venv/bin/playwright install --with-deps chromium
Or set CHROMIUM=/path/to/chromium.
TXT
exit 1
