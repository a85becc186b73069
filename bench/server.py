"""The site on a free port with a data folder of its own, prepared and served as `make run` does it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    """Return a port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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


def wait_for(port: int, within: float = 30) -> None:
    """Return when the server answers; raise TimeoutError after `within` seconds."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            line.request("GET", "/healthz")
            if line.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            line.close()
    raise TimeoutError("the server did not come up")
