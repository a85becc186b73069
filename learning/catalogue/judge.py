"""What must be true of a whole course, and is not: pairs of languages, ids, topics, and dated sources. Pure."""

import re
from collections.abc import Iterator, Sequence

from learning.catalogue.blocks import Block, blocks
from learning.catalogue.errors import N_, Problem
from learning.catalogue.lessons import LessonFile, LessonPair
from learning.catalogue.manifest import Manifest
from learning.catalogue.schema import LessonTextSource

_AWS = re.compile(r"https://(?:docs\.aws\.amazon\.com|aws\.amazon\.com)/\S")
_DATE = re.compile(r"(?<!\d)20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)")


def judge_text(text: LessonTextSource) -> Iterator[Problem]:
    """Yield what is wrong inside one lesson text, its statements apart."""
    callouts: dict[int, list[Block]] = {}
    for block in blocks(text.body, text.body_line):
        if block.callout == "beyond":
            callouts.setdefault(block.callout_line, []).append(block)
    for line, inside in callouts.items():
        words = " ".join(block.text for block in inside)
        if not _AWS.search(words):
            message = N_("A `beyond` callout needs a link to docs.aws.amazon.com or aws.amazon.com.")
            yield Problem(text.path, line, message)
        if not _DATE.search(words):
            yield Problem(text.path, line, N_("A `beyond` callout needs the day it was checked, like 2026-11-22."))


def judge_pairs(pairs: Sequence[LessonPair], manifest: Manifest) -> Iterator[Problem]:
    """Yield where the languages of a lesson differ, or one is missing."""
    for pair in pairs:
        files = list(pair.files.values())
        first = files[0]
        missing = [language for language in manifest.languages if language not in pair.files]
        for language in missing:
            params = {"language": language, "name": f"{pair.number:03}-{pair.name}.{language}.md"}
            message = N_("The lesson has no text in `%(language)s`: %(name)s is missing.")
            yield Problem(first.text.path, first.lines.get("id", 1), message, params)
        for file in files:
            if file.text.language not in manifest.languages:
                params = {"language": file.text.language}
                yield Problem(file.text.path, 1, N_("`%(language)s` is not a language of this course."), params)
        for other in files[1:]:
            yield from _differences(first, other)


def _differences(first: LessonFile, other: LessonFile) -> Iterator[Problem]:
    for key, one, two in (("id", first.id, other.id), ("topic", first.topic, other.topic)):
        if one != two:
            params = {"key": key, "one": one, "two": two, "language": first.text.language}
            message = N_("`%(key)s` is `%(two)s`, but `%(one)s` in the text in `%(language)s`.")
            yield Problem(other.text.path, other.lines.get(key, 1), message, params)
    yield from _missing(first, other)
    yield from _missing(other, first)
    one_ids, two_ids = ([s.id for s in file.text.statements] for file in (first, other))
    if set(one_ids) == set(two_ids) and one_ids != two_ids:
        at = next(i for i, (one, two) in enumerate(zip(one_ids, two_ids, strict=True)) if one != two)
        params = {"other": one_ids[at], "language": first.text.language}
        message = N_("In `%(language)s` the statements stand in another order: there `%(other)s` stands in this place.")
        yield Problem(other.text.path, other.text.statements[at].line, message, params)
    if first.text.checks != other.text.checks:
        params = {"language": first.text.language}
        yield Problem(other.text.path, 1, N_("The quick checks are not those of the text in `%(language)s`."), params)


def _missing(having: LessonFile, lacking: LessonFile) -> Iterator[Problem]:
    known = {statement.id for statement in lacking.text.statements}
    for statement in having.text.statements:
        if statement.id not in known:
            params = {"id": statement.id, "language": lacking.text.language}
            message = N_("The statement `%(id)s` is missing in `%(language)s`.")
            yield Problem(having.text.path, statement.line, message, params)


def judge_course(pairs: Sequence[LessonPair], manifest: Manifest, path: str) -> Iterator[Problem]:
    """Yield what is wrong between the lessons and with the topics; `path` is that of `course.toml`."""
    yield from _judge_ids(pairs)
    topics = {topic.id for topic in manifest.topics}
    for pair in pairs:
        for file in pair.files.values():
            if file.topic and file.topic not in topics:
                params = {"topic": file.topic}
                yield Problem(file.text.path, file.lines.get("topic", 1), N_("Unknown topic `%(topic)s`."), params)
    used = {file.topic for pair in pairs for file in pair.files.values()}
    for topic in manifest.topics:
        if topic.id not in used:
            yield Problem(
                path, manifest.lines.get(topic.id, 0), N_("The topic `%(topic)s` has no lesson."), {"topic": topic.id}
            )


def _judge_ids(pairs: Sequence[LessonPair]) -> Iterator[Problem]:
    lessons: dict[tuple[str, str], LessonFile] = {}
    homes: dict[tuple[str, str], LessonFile] = {}
    for pair in pairs:
        for language, file in pair.files.items():
            first = lessons.setdefault((file.id, language), file)
            if first is not file:
                params = {"id": file.id, "path": first.text.path}
                message = N_("The lesson `%(id)s` stands in %(path)s too.")
                yield Problem(file.text.path, file.lines.get("id", 1), message, params)
            for statement in file.text.statements:
                home = homes.setdefault((statement.id, language), file)
                if home is not file:
                    params = {"id": statement.id, "path": home.text.path}
                    message = N_("The statement `%(id)s` stands in %(path)s too.")
                    yield Problem(file.text.path, statement.line, message, params)
