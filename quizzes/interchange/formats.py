"""The formats questions come in and go out by: one registry for the pages of import and of export. Pure.

A format is a module of this package with two functions, loaded when it is first used:

    def read(data: bytes, options: Options) -> Reading: ...
    def write(sheets: Sequence[Sheet], options: Options) -> Written: ...

`read` never raises on bad input: what is wrong becomes a problem, of a question (`Found.problems`, `Found.item` None
when there is an error among them) or of the whole file (`Reading.problems`). Problems carry no path (""), but a line.
The id of an item is the file's own lasting id for it (`ids.slug_of`), or "" when the file has none: the site then makes
one. Words are Markdown; other words become Markdown through `words`. `write` never raises either: a sheet that cannot
be carried at all is left out and named in `Written.losses`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from quizzes.interchange.found import Reading, Sheet, Written


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may say of a file: the language of its words, the topic of questions that name none (a slug or
    ""), the encoding of a text ("" to find it out), a name for the whole where the format wants one, a lasting name
    of what the questions belong to (a course's slug), and the time of writing in seconds since 1970.
    """

    language: str = "ko"
    topic: str = ""
    encoding: str = ""
    title: str = ""
    source: str = ""
    written_at: int = 0


USUAL = Options()


class _Module(Protocol):
    def read(self, data: bytes, options: Options) -> Reading: ...

    def write(self, sheets: Sequence[Sheet], options: Options) -> Written: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format. `extensions`: with the dot, the first is that of a written file. `text`: whether a person can paste it
    (the encoding matters then, and lines have numbers).
    """

    name: str
    title: str
    extensions: tuple[str, ...]
    text: bool
    content_type: str

    def read(self, data: bytes, options: Options = USUAL) -> Reading:
        """Return the questions of a file, with every problem."""
        return self._module().read(data, options)

    def write(self, sheets: Sequence[Sheet], options: Options = USUAL) -> Written:
        """Return a file of `sheets`, with what it could not carry."""
        return self._module().write(sheets, options)

    def _module(self) -> _Module:
        return cast(_Module, import_module(f"quizzes.interchange.{MODULES[self.name]}"))


MODULES: Mapping[str, str] = {
    "quizmd": "quizmd",
    "gift": "gift",
    "aiken": "aiken",
    "csv": "csvfile",
    "moodle_xml": "moodle_xml",
    "qti": "qti",
    "anki": "anki",
}

FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        Format("quizmd", "Naru (*.quiz.md)", (".quiz.md", ".md"), True, "text/markdown; charset=utf-8"),
        Format("gift", "GIFT", (".gift", ".gift.txt"), True, "text/plain; charset=utf-8"),
        Format("aiken", "Aiken", (".aiken.txt", ".aiken"), True, "text/plain; charset=utf-8"),
        Format("csv", "CSV", (".csv", ".tsv"), True, "text/csv; charset=utf-8"),
        Format("moodle_xml", "Moodle XML", (".xml",), True, "application/xml"),
        Format("qti", "QTI 2.1", (".zip",), False, "application/zip"),
        Format("anki", "Anki", (".apkg",), False, "application/octet-stream"),
    )
}


def detect(name: str, data: bytes) -> str:
    """Return the name of the format a file called `name` is in, or "" when neither words nor name tell."""
    return cast(str, import_module("quizzes.interchange.detect").detect(name, data))
