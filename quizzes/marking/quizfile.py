"""Reading `quizzes/*.yaml`: what a quiz is made of. Pure.

```
id: practice
mode: practice
title: {ko: 연습 문제, en: Practice}
summary: {ko: …, en: …}
topics: [launch-types, iam-roles]
count: 12
```

An exam (`mode: exam`) says its `minutes`, too; what each topic weighs stands in course.toml.
"""

from dataclasses import dataclass, field

from learning.catalogue import frontmatter
from learning.catalogue.errors import N_, Problem
from learning.catalogue.schema import LANGUAGES, Words
from quizzes.marking.lines import Report, normal
from quizzes.marking.settings import read_number, read_slug

KEYS = ("id", "mode", "title", "summary", "topics", "count", "minutes")
MODES = ("practice", "exam")
MAX_COUNT = 65
MAX_MINUTES = 300


@dataclass(frozen=True, slots=True)
class QuizSource:
    """A quiz: `count` items, spread over `topics`; an exam takes `minutes`."""

    id: str
    mode: str
    title: Words
    summary: Words
    topics: tuple[str, ...]
    count: int
    minutes: int | None = None
    path: str = field(default="", compare=False)


def read(text: str, path: str) -> tuple[QuizSource | None, list[Problem]]:
    """Read a quiz; None when anything is wrong with it. Unknown keys are errors."""
    report = Report(path)
    # The strict YAML reader of notes' properties reads this file too; it counts lines from its own opening `---`.
    front, problems = frontmatter.read(f"---\n{normal(text)}\n---", path)
    report.problems += [Problem(p.path, max(p.line - 1, 1), p.message, p.params) for p in problems]
    if report.problems:
        return None, report.problems
    for key in front.values:
        if key not in KEYS:
            message = N_("Unknown property `%(key)s`. Expected: %(keys)s.")
            report(_line(front, key), message, key=key, keys=", ".join(KEYS))
    quiz = QuizSource(
        id=read_slug("id", front.text("id"), _line(front, "id"), report) or "",
        mode=_mode(front, report),
        title=_words(front, "title", report),
        summary=_words(front, "summary", report),
        topics=_topics(front, report),
        count=read_number(1, MAX_COUNT)("count", front.text("count"), _line(front, "count"), report) or 0,
        minutes=_minutes(front, report),
        path=path,
    )
    return (None if report.problems else quiz), report.problems


def _line(front: frontmatter.FrontMatter, key: str) -> int:
    return max(front.lines.get(key, 2) - 1, 1)


def _mode(front: frontmatter.FrontMatter, report: Report) -> str:
    mode = front.text("mode")
    if mode not in MODES:
        report(_line(front, "mode"), N_("Expected `mode` to be one of: %(modes)s."), modes=", ".join(MODES))
    return mode


def _minutes(front: frontmatter.FrontMatter, report: Report) -> int | None:
    if front.text("mode") == "exam":
        return read_number(1, MAX_MINUTES)("minutes", front.text("minutes"), _line(front, "minutes"), report)
    if "minutes" in front.values:
        report(_line(front, "minutes"), N_("`minutes` goes with `mode: exam` only."))
    return None


def _words(front: frontmatter.FrontMatter, key: str, report: Report) -> Words:
    value = front.values.get(key)
    said = value if isinstance(value, dict) else {}
    words = {lang: text.strip() for lang, text in said.items() if isinstance(text, str)}
    if set(words) != set(LANGUAGES) or not all(words.values()):
        report(_line(front, key), N_("Expected `%(key)s` in Korean and English: `{ko: …, en: …}`."), key=key)
    return words


def _topics(front: frontmatter.FrontMatter, report: Report) -> tuple[str, ...]:
    value = front.values.get("topics")
    topics = tuple(str(topic) for topic in value) if isinstance(value, list) else ()
    if not topics or len(set(topics)) != len(topics):
        report(_line(front, "topics"), N_("Expected `topics` as a list of topic ids, each once: `[efs, iam-roles]`."))
    return topics
