"""The real site in a data folder of its own, and learners who save: what all trials stand on."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from scripts.local import free_port, wait_for
from tests.config.programs import ROOT, environment

TOKEN = "b" * 32  # the CSRF token that bench/learners.py puts into the cookies


@dataclass(frozen=True)
class Site:
    """A prepared data folder and the environment to serve it with."""

    values: dict[str, str]
    database: Path
    port: int

    def start(self, *before: str, within: float = 60) -> "subprocess.Popen[bytes]":
        """Start the server in a process group of its own, `before` it e.g. a tracer; return when it answers."""
        command = [*before, sys.executable, "-m", "scripts.serve"]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.values,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(self.port, within)
        return process

    def copied(self, folder: Path) -> "Site":
        """Return a copy of this site, which must not be running, in `folder`."""
        shutil.copytree(self.database.parent, folder)
        port = free_port()
        return Site({**self.values, "DATA_DIR": str(folder), "PORT": str(port)}, folder / self.database.name, port)

    def under(self, settings: str) -> "Site":
        """Return the same site with other settings."""
        return replace(self, values={**self.values, "DJANGO_SETTINGS_MODULE": settings})

    def check(self) -> str:
        """Return what SQLite says of the file: "ok"."""
        with closing(sqlite3.connect(self.database)) as database:
            return str(database.execute("PRAGMA integrity_check").fetchone()[0])

    def stored(self) -> dict[str, tuple[int | None, str]]:
        """Return revision and outcome of every answer, by the name of its act."""
        with closing(sqlite3.connect(self.database)) as database:
            rows = database.execute("SELECT operation, revision, outcome FROM quizzes_answer")
            return {str(uuid.UUID(name)): (revision, outcome) for name, revision, outcome in rows}

    def learners(self, count: int) -> "list[Learner]":
        """Make learners who have begun to practise."""
        command = [sys.executable, "-m", "bench.learners", str(count)]
        done = subprocess.run(command, cwd=ROOT, env=self.values, check=True, stdout=subprocess.PIPE, text=True)
        return [Learner(**json.loads(line)) for line in done.stdout.splitlines()]


@contextmanager
def prepared() -> Iterator[Site]:
    """Yield a site that is ready to serve, on SQLite, in a folder that goes afterwards."""
    with TemporaryDirectory() as folder:
        port = free_port()
        known = environment(DATA_DIR=folder, PORT=str(port), WORKERS="2", THREADS="2")
        subprocess.run(
            [sys.executable, "-m", "scripts.prepare"], cwd=ROOT, env=known, check=True, stdout=subprocess.DEVNULL
        )
        yield Site(known, Path(folder) / "db.sqlite3", port)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill the server with all its workers at once, as the kernel would when memory runs out."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@dataclass
class Reply:
    """What came back for a save: 0 when nothing did."""

    status: int
    retry_after: str = ""
    revision: int = 0


@dataclass
class Learner:
    """A browser of somebody signed in. Remembers what the server acknowledged, and all it ever sent."""

    name: str
    cookies: str
    targets: list[tuple[str, list[str]]]
    turn: int = 0
    revisions: dict[str, int] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    acknowledged: dict[str, int] = field(default_factory=dict)  # revision by the name of the act

    def save(self, port: int, line: HTTPConnection | None = None) -> Reply:
        """Save one more answer; a server that goes away meanwhile is an answer too (status 0)."""
        self.turn += 1
        path, options = self.targets[self.turn % len(self.targets)]
        operation = str(uuid.uuid4())
        base = self.revisions.get(path, 0)
        form = {"operation": operation, "revision": base, "option": options[self.turn % len(options)]}
        self.sent.add(operation)
        reply, said = self._post(line or HTTPConnection("127.0.0.1", port, timeout=30), path, form)
        if "revision" in said:  # 409 names it as well: somebody, perhaps this learner unheard, saved meanwhile
            self.revisions[path] = reply.revision = said["revision"]
        if reply.status == 200:
            self.acknowledged[operation] = reply.revision
        return reply

    def _post(self, line: HTTPConnection, path: str, form: dict[str, object]) -> tuple[Reply, dict[str, int]]:
        headers = {"Cookie": self.cookies, "X-CSRFToken": TOKEN, "Accept": "application/json"}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request("POST", path, urlencode(form), headers)
            reply = line.getresponse()
            body = reply.read()
        except (OSError, HTTPException):
            return Reply(0), {}
        known = json.loads(body) if (reply.getheader("Content-Type") or "").startswith("application/json") else {}
        return Reply(reply.status, reply.getheader("Retry-After") or ""), known
