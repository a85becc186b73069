"""Writing notes and reading what became of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from learning.catalogue.errors import Problem
from learning.catalogue.lessons import parse_lesson
from learning.catalogue.load import load_course

type Import = Callable[..., str]
type Counts = Callable[..., dict[str, Any]]


def write(vault: Path, **notes: str) -> None:
    for name, text in notes.items():
        path = vault / f"{name.replace('__', '/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def bodies(content: Path, course: str = "trial") -> dict[str, str]:
    """Return the text below the properties of each lesson written, by id."""
    files = [
        parse_lesson(path.read_text(), path.name, "ko")[0] for path in sorted((content / course / "lessons").glob("*"))
    ]
    return {file.id: file.text.body for file in files}


def loaded(content: Path, course: str = "trial") -> list[Problem]:
    found, problems = load_course(content / course)
    assert found is not None
    return problems
