"""Reads `course.toml`, strictly: unknown keys, missing words and weights that are not a hundred are problems. Pure."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from learning.catalogue.errors import N_, Problem
from learning.catalogue.schema import LANGUAGES, TopicSource, Words

MAX_BYTES = 65_536
MAX_TITLE = 200

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Manifest:
    """A `course.toml`, read."""

    id: str
    title: Words
    summary: Words
    pass_mark: int
    topics: tuple[TopicSource, ...]
    exam: Mapping[str, int]
    languages: tuple[str, ...] = LANGUAGES
    lines: Mapping[str, int] = field(default_factory=dict)  # where each topic stands


def read_manifest(text: str, path: str) -> tuple[Manifest | None, list[Problem]]:
    """Return the manifest, or None when there is any problem in it, and the problems."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = _AT.search(str(error))
        line = int(place[1] or text.count("\n") + 1) if place else 0
        reason = {"reason": _AT.sub("", str(error))}
        return None, [Problem(path, line, N_("Not readable TOML: %(reason)s."), reason)]
    reader = _Reader(text, path)
    manifest = reader.manifest(table)
    return (None if reader.problems else manifest), reader.problems


@dataclass
class _Reader:
    """Collects the problems of one file on the way. tomllib tells no lines, so they are looked up in the text."""

    text: str
    path: str
    problems: list[Problem] = field(default_factory=list)
    languages: tuple[str, ...] = LANGUAGES
    lines: dict[str, int] = field(default_factory=dict)

    def manifest(self, table: dict[str, Any]) -> Manifest:
        self.known(table, "", "id", "pass_mark", "title", "summary", "topics", "exam", "languages")
        self.languages = self.read_languages(table)
        exam = self.table(table, "exam")
        self.known(exam, "exam", "minutes", "items")
        return Manifest(
            id=self.slug(table, "", 0),
            title=self.words(table, "title", "", 0),
            summary=self.words(table, "summary", "", 0),
            pass_mark=self.number(table, "pass_mark", 100, 1000),
            topics=self.topics(table),
            exam={name: self.number(exam, name, 1, 1000, "exam") for name in ("minutes", "items")},
            languages=self.languages,
            lines=self.lines,
        )

    def say(self, line: int, message: str, **params: object) -> None:
        self.problems.append(Problem(self.path, line, message, params))

    def line(self, name: str, after: int = 0) -> int:
        """Return the first line after line `after` that sets `name` or opens the table of that name, or 0."""
        wanted = re.compile(rf"\s*(?:\[+\s*)?{re.escape(name)}\b")
        lines = enumerate(self.text.split("\n"), start=1)
        return next((n for n, line in lines if n > after and wanted.match(line)), after)

    def known(self, table: Mapping[str, Any], where: str, *names: str, after: int = 0) -> None:
        for name in sorted(table.keys() - set(names)):
            full = f"{where}.{name}" if where else name
            self.say(self.line(name, after), N_("Unknown key `%(key)s`."), key=full)

    def table(self, table: Mapping[str, Any], name: str) -> dict[str, Any]:
        value = table.get(name)
        if isinstance(value, dict):
            return value
        self.say(self.line(name), N_("`%(key)s` must be a table."), key=name)
        return {}

    def read_languages(self, table: Mapping[str, Any]) -> tuple[str, ...]:
        value = table.get("languages", list(LANGUAGES))
        if isinstance(value, list) and value and all(language in LANGUAGES for language in value):
            return tuple(language for language in LANGUAGES if language in value)
        message = N_("`languages` must list one or more of %(known)s.")
        self.say(self.line("languages"), message, known=", ".join(LANGUAGES))
        return LANGUAGES

    def slug(self, table: Mapping[str, Any], where: str, after: int) -> str:
        value = table.get("id")
        if isinstance(value, str) and _SLUG.fullmatch(value):
            return value
        key = f"{where}.id" if where else "id"
        self.say(self.line("id", after), N_("`%(key)s` must be lower-case letters, digits and hyphens."), key=key)
        return ""

    def number(self, table: Mapping[str, Any], name: str, low: int, high: int, where: str = "", after: int = 0) -> int:
        value = table.get(name)
        if type(value) is int and low <= value <= high:
            return value
        params = {"key": f"{where}.{name}" if where else name, "low": low, "high": high}
        message = N_("`%(key)s` must be a whole number from %(low)s to %(high)s.")
        self.say(self.line(name, after), message, **params)
        return 0

    def words(self, table: Mapping[str, Any], name: str, where: str, after: int) -> Words:
        value = table.get(name)
        key = f"{where}.{name}" if where else name
        words = value if isinstance(value, dict) else {}
        self.known(words, key, *LANGUAGES, after=after)
        for language in self.languages:
            text = words.get(language)
            if not isinstance(text, str) or not text.strip() or "\0" in text:
                self.say(self.line(name, after), N_("`%(key)s` is empty."), key=f"{key}.{language}")
        return {language: str(words.get(language, "")).strip() for language in self.languages}

    def topics(self, table: Mapping[str, Any]) -> tuple[TopicSource, ...]:
        value = table.get("topics")
        if not isinstance(value, list) or not value or not all(isinstance(topic, dict) for topic in value):
            self.say(self.line("topics"), N_("There must be at least one `[[topics]]`."))
            return ()
        topics, line = [], 0
        for topic in value:
            line = self.line("topics", line)
            topics.append(self.topic(topic, line))
            self.lines[topics[-1].id] = line
        self.judge_topics(topics)
        return tuple(topics)

    def topic(self, topic: Mapping[str, Any], line: int) -> TopicSource:
        self.known(topic, "topics", "id", "weight", "title", after=line)
        return TopicSource(
            id=self.slug(topic, "topics", line),
            title=self.words(topic, "title", "topics", line),
            weight=self.number(topic, "weight", 1, 100, "topics", line),
        )

    def judge_topics(self, topics: list[TopicSource]) -> None:
        line = self.line("topics")
        ids = [topic.id for topic in topics]
        for twice in sorted({i for i in ids if i and ids.count(i) > 1}):
            self.say(line, N_("The topic `%(id)s` stands twice."), id=twice)
        total = sum(topic.weight for topic in topics)
        if total != 100 and all(topic.weight for topic in topics):
            self.say(line, N_("The weights of the topics add up to %(total)s, not to 100."), total=total)
