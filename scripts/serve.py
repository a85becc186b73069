"""Serve the site.

    python -m scripts.serve     HOST, PORT, WORKERS (as many as cores) and THREADS (a worker) come from the environment

The one place where the server's settings stand: `make run`, a deployment, the trials, the screenshots and bench/ all
start it here, and so do the tests of the server itself; the browser tests run on Django's own.
"""

import os
import signal
from collections.abc import Callable
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

APP = "config.wsgi:application"


def load_application(_target: str) -> Callable[..., Any]:
    """Return the site, in a worker.

    Ctrl-C reaches every process of a terminal; a worker that hears it as well as its parent's word to stop hangs. So
    workers are deaf to it and wait for the parent, which lets running requests end.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    from config.wsgi import application

    return application


def main() -> None:
    """Serve until told to stop."""
    server = Server(
        APP,
        address=os.environ.get("HOST", "127.0.0.1"),
        port=int(os.environ.get("PORT", "8000")),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=int(os.environ.get("WORKERS", "2")),
        blocking_threads=int(os.environ.get("THREADS", "2")),
        blocking_threads_idle_timeout=600,  # the longest there is: a thread that ends drops its database connection
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=load_application)


if __name__ == "__main__":
    main()
