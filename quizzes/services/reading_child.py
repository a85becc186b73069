"""Reading a file of strangers in a process of its own, with bounded memory and time; what comes back is plain data.

Nothing a file holds can take the server down or make it wait: a process that is killed is an answer like another.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings

from learning.catalogue.errors import N_, Problem
from quizzes.interchange.formats import Options
from quizzes.interchange.limits import MAX_WALL

MODULE = "quizzes.interchange.child"
TOO_MUCH = N_("This file is too large or too complex to be read. Split it into several files.")


@dataclass(frozen=True, slots=True)
class Row:
    """One question of a file. `text` is what an instructor would type, "" when it can be no question.

    `kind`: "single", "multiple", "ordering" or "matching". `id`: the file's own, or "". `line`: 0 where it has none.
    """

    line: int
    label: str
    kind: str
    id: str
    topic: str
    difficulty: int | None
    language: str
    tags: tuple[str, ...]
    text: str
    digest: str
    problems: tuple[Problem, ...]
    losses: tuple[Problem, ...]

    @property
    def good(self) -> bool:
        """Whether it can be taken in."""
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Content:
    """A file as read: its questions, and what is wrong with it as a whole."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        """How many of its questions, and of its problems as a whole, stand in the way of taking all of it in."""
        return sum(not row.good for row in self.rows) + sum(one.severity == "error" for one in self.problems)


type Answer = Mapping[str, Any]  # what the child says, as JSON; `content` gives it a shape


def read_in_child(form: str, data: bytes, options: Options, *, seconds: float = MAX_WALL) -> Answer:
    """Return what a process of its own finds in `data`, which is in the format `form`. Never raises."""
    wish = json.dumps({"format": form, "options": asdict(options)}).encode()
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; nothing of the file is on the line
            [sys.executable, "-m", MODULE],
            input=wish + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            cwd=settings.BASE_DIR,
            env={"PYTHONPATH": str(settings.BASE_DIR), "PYTHONIOENCODING": "utf-8"},
            check=True,
        )
        answer: Answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        return refusal(TOO_MUCH)
    return answer


def refusal(message: str, **params: object) -> Answer:
    """Return the answer that a file cannot be read at all, and why."""
    return {"rows": [], "problems": [{"line": 0, "message": message, "params": params, "severity": "error"}]}


def content(answer: Answer, path: str) -> Content:
    """Return an answer of the child as a file's content; problems name the file `path`."""
    rows = tuple(_row(row, path) for row in answer["rows"])
    return Content(rows, tuple(_problem(one, path) for one in answer["problems"]))


def _row(row: Mapping[str, Any], path: str) -> Row:
    said = ("problems", "losses")
    lists = {name: tuple(_problem(one, path) for one in row[name]) for name in said}
    return Row(**{**row, **lists, "tags": tuple(row["tags"])})


def _problem(one: Mapping[str, Any], path: str) -> Problem:
    return Problem(path, one["line"], one["message"], one["params"], one["severity"])
