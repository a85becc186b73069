"""Make everything ready to serve, in one process and only what is not ready yet: words, database, course, static files.

    python -m scripts.prepare

What `make run` does before it starts the server; a deployment runs it before each start as well.
"""

import hashlib
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.core.management import call_command

from scripts import messages

# What the libraries bring and no page asks for (DEBUG serves files where they lie): large, and slow to compress.
UNUSED = ["htmx-4*", "htmax-4*", "htmx-2.js", "ext", "jquery.js", "select2.full.js", "xregexp.js"]


def port_is_free(port: int) -> bool:
    """Say whether nothing answers at `port` of this machine: the server would share the port without a word."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) != 0


def static_sources() -> Iterator[str]:
    """Yield one line for each static file and for each module that decides how they are served."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    yield f"{settings.STORAGES['staticfiles']} {django.VERSION} {sys.version_info}"
    for finder in get_finders():
        for path, storage in finder.list(None):
            yield f"{path} {hashlib.sha256(Path(storage.path(path)).read_bytes()).hexdigest()}"


def collect_static() -> None:
    """Collect, hash and compress the static files, unless the last time was the same files."""
    from django.conf import settings

    stamp = Path(settings.STATIC_ROOT) / ".collected"
    wanted = hashlib.sha256("\n".join(static_sources()).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED)
    stamp.write_text(wanted)


def prepare() -> None:
    """Run the steps in order; each is idempotent."""
    if messages.PO.exists():
        messages.compile_catalogue()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("sync_content", verbosity=0)
    call_command("rebuild_reviews", missing=True)  # who answered before there were reviews
    collect_static()


def main() -> int:
    """Prepare for serving at PORT; return the exit code."""
    port = int(os.environ.get("PORT", "8000"))
    if not port_is_free(port):
        print(f"ERROR: something already serves at port {port}. Stop it, or choose another: make run PORT={port + 1}")
        return 1
    prepare()
    print(f"Naru: http://127.0.0.1:{port}/", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
