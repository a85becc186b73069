"""What programs that try the site need of this machine: a free port, a site that answers, a browser. No Django."""

import http.client
import os
import shutil
import socket
import time

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def free_port() -> int:
    """Return a port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, within: float = 30) -> None:
    """Return when the site answers at `port`; raise TimeoutError after `within` seconds."""
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
    raise TimeoutError(f"no site at port {port} within {within} s")


def chromium() -> str | None:
    """Return the machine's own Chromium; None leaves the choice to Playwright."""
    candidates = (os.environ.get("CHROMIUM"), *BROWSERS)
    return next((path for name in candidates if name and (path := shutil.which(name))), None)
