"""Runs the site as its own process, with an environment of its own."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# What a test's own environment must not leak into the program: settings, and what the browser tests set for Django.
OURS = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "TLS", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DATA_DIR", "PORT")
BROWSERS = ("DJANGO_ALLOW_ASYNC_UNSAFE",)


def environment(**values: str) -> dict[str, str]:
    """Return this process's environment without the site's variables, and with `values`."""
    clean = {name: value for name, value in os.environ.items() if name not in OURS + BROWSERS}
    return {**clean, "DJANGO_SETTINGS_MODULE": "config.settings", **values}


def run(*command: str, check: bool = True, **values: str) -> "subprocess.CompletedProcess[str]":
    """Run a program in the root of the project."""
    return subprocess.run(command, cwd=ROOT, env=environment(**values), capture_output=True, text=True, check=check)


def run_python(code: str, *, check: bool = True, **values: str) -> "subprocess.CompletedProcess[str]":
    """Run `code` with the project's Python."""
    return run(sys.executable, "-c", textwrap.dedent(code), check=check, **values)


def manage(*arguments: str, check: bool = True, **values: str) -> "subprocess.CompletedProcess[str]":
    """Run a management command."""
    return run(sys.executable, "manage.py", *arguments, check=check, **values)
