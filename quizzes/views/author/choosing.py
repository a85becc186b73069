"""What the quiz editor shows while a quiz is put together: found and chosen questions, quotas, coverage."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from learning.http import language
from learning.models import Course, said
from learning.moments import zone_name
from quizzes.marking.quotas import held
from quizzes.models import Question, Quiz
from quizzes.services.coverage import coverage
from quizzes.services.made import pilots_held, published, stocked
from quizzes.services.revising import searchable
from quizzes.views.author.quizforms import Chosen, Row

A_PAGE = 20
MOST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A question, found or chosen. Without words: it is not published any more."""

    slug: str
    title: str
    topic: str
    difficulty: int
    case: str
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class QuizLine:
    """A quiz in the list."""

    quiz: Quiz
    title: str
    mine: bool
    may_change: bool
    state: str  # "draft", "published", "retired"


def quiz_lines(rows: Iterable[Quiz], user: object) -> list[QuizLine]:
    """Return quizzes as the list shows them."""
    return [
        QuizLine(
            quiz=row,
            title=title_of(row),
            mine=row.owner == user,
            may_change=row.origin == "site",
            state="retired" if row.retired_at else "draft" if row.draft else "published",
        )
        for row in rows
    ]


def title_of(quiz: Quiz) -> str:
    """Return the title in the page's language, or the one it has."""
    return quiz.title.get(language()) or next(filter(None, quiz.title.values()), quiz.slug)


def topics_of(course: Course) -> list[tuple[str, str]]:
    """Return the topics to choose from."""
    return [(topic.slug, said(topic.title)) for topic in course.topics.filter(retired_at=None)]


def choosing(request: HttpRequest, quiz: Quiz, chosen: Chosen, pressed: str = "") -> Mapping[str, Any]:
    """Return what the region shows for what is chosen so far, and for the search as typed.

    `focus` is where to stand after `pressed`: on the button of what now stands where a question or row was taken from,
    on the row added.
    """
    asked = published(quiz).filter(pilot=False)
    topics = topics_of(quiz.course)
    search = _search(request)
    found = _found(asked.exclude(slug__in=chosen.items), search)
    lines = [_line(one) for one in found[:A_PAGE]]
    by_quotas = (request.POST.get("what") or ("quotas" if quiz.blueprint else "items")) == "quotas"
    rows = _rows(chosen.rows, asked, topics)
    pool = _pool(asked, chosen.rows) if by_quotas else list(chosen.items)
    cover = coverage(course=quiz.course, slugs=pool, language=language())
    return {
        "topics": topics,
        "search": search,
        "found": lines,
        "focus": _focus(request, pressed, chosen, lines, _found(asked, search)),
        "found_more": max(0, found.count() - A_PAGE),
        "chosen": _chosen_lines(published(quiz), chosen.items),
        "rows": rows,
        "bad_rows": [row for row in rows if row["bad"]],
        "total": sum(row["quota"].count for row in rows if row["quota"]),
        "by_quotas": by_quotas,
        "cover": cover,
        "covered": sum(one.covered for one in cover),
        "statements": sum(len(one.statements) for one in cover),
        "pilots_held": pilots_held(quiz) if quiz.pk else None,
        "zone": zone_name(),
    }


def _search(request: HttpRequest) -> dict[str, str]:
    return {name: str(request.POST.get(name, ""))[:MOST_SEARCH].replace("\0", "") for name in ("q", "topic", "level")}


def _found(asked: "QuerySet[Question]", search: Mapping[str, str]) -> "QuerySet[Question]":
    for word in searchable(search["q"]).split():
        asked = asked.filter(words__contains=word)
    if search["topic"]:
        asked = asked.filter(topic__slug=search["topic"])
    if search["level"] in ("1", "2", "3", "4", "5"):
        asked = asked.filter(current__difficulty=int(search["level"]))
    return asked.order_by("topic__position", "position", "pk")


def _focus(
    request: HttpRequest, pressed: str, chosen: Chosen, lines: Sequence[Line], asked: "QuerySet[Question]"
) -> str:
    verb, _colon, slug = pressed.partition(":")
    if verb == "row":
        return f"row:{len(chosen.rows) - 1}"
    if verb == "drop":
        return f"drop:{min(int(slug), len(chosen.rows) - 1) if slug.isdecimal() and len(slug) < 4 else 0}"
    if verb == "add" and lines:
        others = set(chosen.items) - {slug}
        before = [one for one in asked.values_list("slug", flat=True) if one not in others]
        place = before.index(slug) if slug in before else 0
        return f"add:{lines[min(place, len(lines) - 1)].slug}"
    if verb == "add":
        return f"up:{slug}"  # nothing else is found: stand on what was added
    was = request.POST.getlist("item")
    if verb == "remove" and chosen.items and slug in was:
        return f"remove:{chosen.items[min(was.index(slug), len(chosen.items) - 1)]}"
    return pressed if verb in ("up", "down") else ""


def _line(question: Question) -> Line:
    public = question.current.public_in(language()) if question.current else {"title": ""}
    difficulty = question.current.difficulty if question.current else 0
    return Line(question.slug, public["title"], said(question.topic.title), difficulty, question.case, question.pk)


def _chosen_lines(asked: "QuerySet[Question]", slugs: Sequence[str]) -> list[Line]:
    found = {one.slug: _line(one) for one in asked.filter(slug__in=slugs)}
    return [found.get(slug) or Line(slug, "", "", 0, "") for slug in slugs]


def _rows(rows: Sequence[Row], asked: "QuerySet[Question]", topics: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return the rows of the blueprint, each with how many questions there are for it."""
    slugs = [slug for slug, _ in topics]
    stock = (
        stocked(list(asked.filter(topic__slug__in={row.topic for row in rows}))) if any(r.topic for r in rows) else []
    )
    lines = []
    for n, row in enumerate(rows):
        quota = row.quota(slugs)
        typed = Row(row.topic, row.difficulty, row.count or "1").quota(slugs)
        there = held(stock, typed) if typed and row.topic else None
        bad = quota is None and bool(row.topic or row.count)
        short = bool(quota and there is not None and there < quota.count)
        places = {"here": f"row:{n}", "gone": f"drop:{n}"}
        lines.append({"row": row, "quota": quota, "there": there, "bad": bad, "short": short, **places})
    return lines


def _pool(asked: "QuerySet[Question]", rows: Sequence[Row]) -> list[str]:
    """Return the questions that may come up by these rows."""
    found: set[str] = set()
    for row in rows:
        fitting = asked.filter(topic__slug=row.topic)
        if row.difficulty in ("1", "2", "3", "4", "5"):
            fitting = fitting.filter(current__difficulty=int(row.difficulty))
        found.update(fitting.values_list("slug", flat=True) if row.topic else ())
    return sorted(found)
