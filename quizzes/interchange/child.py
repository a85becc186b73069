"""A process of its own that reads one file of strangers: `python -m quizzes.interchange.child`. Pure, no Django.

Gets the file on its standard input after a line of JSON with the format and the options, and answers in JSON: rows as
`quizzes.services.reading_child` describes them. It bounds its own memory and time before it looks at a byte; when they
do not suffice the system ends it, and nobody else.
"""

import hashlib
import json
import resource
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from learning.catalogue.errors import N_, Problem
from quizzes.interchange.formats import FORMATS, Options
from quizzes.interchange.found import Found, Sheet
from quizzes.interchange.limits import MAX_ANSWER, MAX_CPU, MAX_MEMORY, MAX_PROBLEMS, MAX_QUESTIONS, MAX_WORDS
from quizzes.interchange.losses import kind_of
from quizzes.marking import bank
from quizzes.marking.editing import block, unnamed
from quizzes.marking.item import Bank, Item, Section

STAND_IN = "x-placeholder"  # for the id of a question that brings none
LONG = N_("This question is longer than %(limit)s characters.")
MANY = N_("The file holds more than %(limit)s questions; split it.")


def main() -> int:
    """Read the file on standard input, write what was found to standard output."""
    bound(MAX_MEMORY, MAX_CPU)
    wish = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    answer = json.dumps(found(wish["format"], data, Options(**wish["options"]))).encode()
    if len(answer) > MAX_ANSWER:
        return 1
    sys.stdout.buffer.write(answer)
    return 0


def bound(memory: int, seconds: int) -> None:
    """Let this process have so much memory and time and no more, and write no file."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def found(form: str, data: bytes, options: Options) -> dict[str, Any]:
    """Return what `data` holds, ready for JSON."""
    reading = FORMATS[form].read(data, options)
    problems = list(reading.problems)
    if len(reading.questions) > MAX_QUESTIONS:
        problems.append(Problem("", 0, MANY, {"limit": MAX_QUESTIONS}))
    rows = [_row(question, options) for question in reading.questions[:MAX_QUESTIONS]]
    return {"problems": _problems(problems[:MAX_PROBLEMS]), "rows": rows}


def _row(question: Found, options: Options) -> dict[str, Any]:
    text = _text(question, options) if question.item else ""
    problems = list(question.problems)
    if len(text) > MAX_WORDS:
        problems.append(Problem("", question.line, LONG, {"limit": MAX_WORDS}))
        text = ""
    settings = question.item.settings if question.item else None
    return {
        "line": question.line,
        "label": _plain(question.label),
        "kind": kind_of(Sheet(question.item)) if question.item and text else "",
        "id": _plain(question.item.id) if question.item else "",
        "topic": _plain((settings.topic if settings else None) or question.topic),
        "difficulty": (settings.difficulty if settings else None) or question.difficulty,
        "language": _plain(question.language),
        "tags": [_plain(tag) for tag in question.tags[:20]],
        "text": text,
        "digest": _digest(question),
        "problems": _problems(problems),
        "losses": _problems(question.losses),
    }


def _text(question: Found, options: Options) -> str:
    """Return the question as an instructor types it: topic and difficulty stand in fields beside it."""
    item = question.item
    if item is None:
        return ""
    bare = replace(item.settings, topic=None, difficulty=None)
    whole: Item = replace(item, id=item.id or STAND_IN, settings=bare)
    text = block(bank.write(Bank("x", options.language, sections=(Section((whole,), question.case),))))
    return text if item.id else unnamed(text)


def _plain(text: str) -> str:
    """Return words that every database can store: no NUL, no lone surrogates, not too many."""
    return text[:200].replace("\0", "\ufffd").encode(errors="replace").decode()


def _digest(question: Found) -> str:
    """Return what tells a question that brings no id from others: a digest of the words it asks with."""
    item, case = question.item, question.case
    words = [item.stem, item.text, case.text if case else ""] if item else [question.label]
    return hashlib.sha256("\n".join(words).encode(errors="replace")).hexdigest()[:16]


def _problems(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [
        {
            "line": problem.line,
            "message": problem.message,
            "params": {
                name: value if isinstance(value, int) else _plain(str(value)) for name, value in problem.params.items()
            },
            "severity": problem.severity,
        }
        for problem in problems[:MAX_PROBLEMS]
    ]


if __name__ == "__main__":
    sys.exit(main())
