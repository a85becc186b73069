"""The site on a free port with a data folder of its own, prepared and served as `make run` does it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.local import free_port, wait_for

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def data_folder() -> Iterator[dict[str, str]]:
    """Yield an environment with a data folder that is ready to serve: migrated, synced, collected."""
    with TemporaryDirectory() as folder:
        values = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings", "DATA_DIR": folder}
        values.pop("DATABASE_URL", None)
        values["PORT"] = str(free_port())
        command = [sys.executable, "-m", "scripts.prepare"]
        subprocess.run(command, cwd=ROOT, env=values, check=True, stdout=subprocess.DEVNULL)
        yield values


@contextmanager
def serving(values: dict[str, str], workers: int = 2, threads: int = 2) -> Iterator[int]:
    """Yield the port of the running server."""
    values = {**values, "WORKERS": str(workers), "THREADS": str(threads)}
    port = int(values["PORT"])
    process = subprocess.Popen([sys.executable, "-m", "scripts.serve"], cwd=ROOT, env=values)
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=15)
