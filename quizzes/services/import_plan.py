"""What taking files in would do, question by question: new, changed, as it is, or refused and why. Reads only.

A question is known again by its id (the file's own, or one made of its words) and then changed, never doubled. One of
the course's files, or of somebody else, is refused. Knows no requests.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.contrib.auth.models import User

from learning.catalogue.errors import N_, Problem
from learning.catalogue.schema import LANGUAGES
from learning.models import Course, Topic
from quizzes.marking.editing import Writing
from quizzes.marking.reader import BLOCK_ID
from quizzes.models import Origin, Question, Upload
from quizzes.services.authoring import clean_tags, read_writing, written
from quizzes.services.reading_child import Content, Row
from quizzes.services.revising import Ground
from quizzes.services.uploads import content_of

CHUNK = 500  # ids asked for at once
TWICE = N_("The id ^%(id)s stands twice: also in %(file)s, line %(line)s.")
OF_FILES = N_("The question ^%(id)s belongs to the course's files and is changed there. Give this one another id.")
TAKEN = N_("The id ^%(id)s is taken by another question. Give this one another id.")
BAD_ID = N_("“%(id)s” cannot be an id. Expected letters, digits and hyphens, at most 80.")
LANGUAGE = N_("The language “%(lang)s” is not one of this site: %(languages)s.")
FOREIGN_TOPIC = N_("The course has no topic “%(topic)s”: its questions go to the one chosen for the file.")


@dataclass(frozen=True, slots=True)
class Planned:
    """One question of one file, and what becomes of it: "new", "update", "same" or "refused"."""

    file: str
    row: Row
    language: str
    act: str
    slug: str = ""
    question: Question | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def good(self) -> bool:
        """Whether it can be taken in."""
        return self.act != "refused"


@dataclass(frozen=True, slots=True)
class Taking:
    """A question as it will be written, in all the languages that came."""

    slug: str
    writing: Writing
    tags: tuple[str, ...]
    question: Question | None  # the one that is changed
    version: int = 0  # of its draft, as planned upon
    same: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything an import would do. `files`: what is wrong with the files as a whole."""

    rows: tuple[Planned, ...]
    files: tuple[Problem, ...]
    takings: tuple[Taking, ...]

    @property
    def refused(self) -> int:
        """How many questions cannot be taken in."""
        return sum(not row.good for row in self.rows)

    @property
    def broken(self) -> int:
        """How many files have something wrong with them as a whole."""
        return len({one.path for one in self.files if one.severity == "error"})

    @property
    def whole(self) -> bool:
        """Whether all of it can be taken in."""
        return bool(self.takings) and not self.refused and not self.broken

    def count(self, act: str) -> int:
        """Return how many questions, whatever their languages, become what `act` says."""
        return sum(act == ("same" if one.same else "update" if one.question else "new") for one in self.takings)


def plan_of(uploads: Sequence[Upload], course: Course, owner: User, ground: Ground) -> Plan:
    """Return what taking `uploads` in would do, all into `course`."""
    contents = [(upload, content_of(upload)) for upload in uploads]
    rows = _named(contents, owner)
    known = _known(course, {row.slug for row in rows if row.slug})
    rows = [_checked(row, known.get(row.slug), owner) for row in rows]
    fallback = {upload.name: _slug_of_topic(upload, ground) for upload in uploads}
    takings = _takings(rows, known, fallback, ground)
    same = {one.slug for one in takings if one.same}
    rows = [replace(row, act="same") if row.slug in same and row.good else row for row in rows]
    files = (*(p for _, one in contents for p in one.problems), *_foreign(rows, ground))
    return Plan(tuple(rows), files, tuple(takings))


def with_errors(plan: Plan, ground: Ground) -> Plan:
    """Return `plan` with what stands in the way of publishing each question, said at its line of its file."""
    wrong: dict[tuple[str, str], list[Problem]] = {}
    for taking in plan.takings:
        for problem in () if taking.same else read_writing(taking.slug, taking.writing, ground).errors:
            wrong.setdefault((taking.slug, problem.path), []).append(problem)
    rows = [_with(row, wrong.get((row.slug, row.language), ())) if row.good else row for row in plan.rows]
    return replace(plan, rows=tuple(rows))


def _with(row: Planned, wrong: Sequence[Problem]) -> Planned:
    """What was read is written anew in our own layout, so that the question's line is the only one sure."""
    return replace(row, problems=(*row.problems, *(replace(p, path=row.file, line=row.row.line) for p in wrong)))


def _slug_of_topic(upload: Upload, ground: Ground) -> str:
    wanted = upload.wish["topic"]
    return next((slug for slug, topic in ground.topics.items() if topic.pk == wanted), next(iter(ground.topics), ""))


def _named(contents: Sequence[tuple[Upload, Content]], owner: User) -> list[Planned]:
    """Return every question with the id it would have; one that stands twice in a language is refused."""
    rows: list[Planned] = []
    seen: dict[tuple[str, str], Planned] = {}
    alike: Counter[tuple[str, str]] = Counter()
    for upload, content in contents:
        for row in content.rows:
            language = row.language or upload.wish["language"]
            alike[language, row.digest] += 1
            slug = row.id or _slug(row, owner, alike[language, row.digest])
            one = Planned(upload.name, row, language, "new", slug, problems=row.problems)
            first = seen.setdefault((language, slug), one) if row.good else one
            rows.append(one if first is one else _twice(one, first))
    return rows


def _slug(row: Row, owner: User, turn: int) -> str:
    """Return an id made of a question's words and of whose they are: another's is never met by chance."""
    words = f"{owner.pk}:{row.digest}:{turn}"
    return f"i-{hashlib.sha256(words.encode()).hexdigest()[:12]}" if row.good else ""


def _twice(row: Planned, first: Planned) -> Planned:
    return _refused(row, TWICE, id=row.slug, file=first.file, line=first.row.line)


def _refused(row: Planned, message: str, **params: object) -> Planned:
    problem = Problem(row.file, row.row.line, message, params)
    return replace(row, act="refused", problems=(*row.problems, problem))


def _known(course: Course, slugs: set[str]) -> dict[str, Question]:
    wanted = sorted(slugs)
    known: dict[str, Question] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = course.questions.filter(slug__in=wanted[start : start + CHUNK])
        known |= {row.slug: row for row in rows.select_related("course", "topic", "current", "draft")}
    return known


def _checked(row: Planned, known: Question | None, owner: User) -> Planned:
    """Return `row` with what becomes of it, as far as its id and language say."""
    if not row.good or not row.row.good:
        return replace(row, act="refused")
    if row.language not in LANGUAGES:
        return _refused(row, LANGUAGE, lang=row.language, languages=", ".join(LANGUAGES))
    if not BLOCK_ID.fullmatch(f"^{row.slug}"):
        return _refused(row, BAD_ID, id=row.slug[:80])
    if known is None:
        return row
    if known.origin == Origin.FILE:
        return _refused(row, OF_FILES, id=row.slug)
    if known.owner_id != owner.pk and not known.shared:
        return _refused(row, TAKEN, id=row.slug)
    return replace(row, act="update", question=known)


def _foreign(rows: Sequence[Planned], ground: Ground) -> list[Problem]:
    """Say once a file which topics it names that the course has not."""
    named = dict.fromkeys((row.file, row.row.topic) for row in rows if row.good and row.row.topic)
    strange = [(file, topic) for file, topic in named if not topic_named(topic, ground.topics)]
    return [Problem(file, 0, FOREIGN_TOPIC, {"topic": topic[:80]}, "warning") for file, topic in strange]


def topic_named(words: str, topics: Mapping[str, Topic]) -> str:
    """Return the id of the topic that a file calls `words`: its id, title, or a path that ends so; "" for none."""
    for name in (words, words.rsplit("/", 1)[-1]):
        plain = " ".join(name.split()).casefold()
        for slug, topic in topics.items():
            if plain in (slug.casefold(), *(title.casefold() for title in topic.title.values())):
                return slug
    return ""


def _takings(
    rows: Sequence[Planned], known: Mapping[str, Question], fallback: Mapping[str, str], ground: Ground
) -> list[Taking]:
    """Put the languages of each question together, upon what is written already."""
    together: dict[str, list[Planned]] = {}
    for row in rows:
        if row.good:
            together.setdefault(row.slug, []).append(row)
    return [_taking(slug, parts, known.get(slug), fallback, ground) for slug, parts in together.items()]


def _taking(
    slug: str, parts: Sequence[Planned], question: Question | None, fallback: Mapping[str, str], ground: Ground
) -> Taking:
    saved = written(question) if question else None
    before = saved.writing if saved else None
    named = next((one for part in parts if (one := topic_named(part.row.topic, ground.topics))), "")
    stood = before.topic if before and before.topic in ground.topics else ""  # it may have been retired since
    writing = Writing(
        {**(before.texts if before else {}), **{part.language: part.row.text for part in parts}},
        named or stood or fallback[parts[0].file],
        next((part.row.difficulty for part in parts if part.row.difficulty), before.difficulty if before else 3),
    )
    same = before is not None and _fields(before) == _fields(writing)
    tags = tuple(dict.fromkeys([*(question.tags if question else ()), *(tag for p in parts for tag in p.row.tags)]))
    same = same and question is not None and clean_tags(tags) == question.tags
    return Taking(slug, writing, tags, question, saved.version if saved else 0, same)


def _fields(writing: Writing) -> tuple[object, ...]:
    return writing.said, writing.topic, writing.difficulty
