"""What quizzes keep of one learner, as plain data for themselves: all of it but what may not be shown yet.

Must not know pages. Answers are told in positions, as stored, and in words, as shown; of what is sealed, in words only.
"""

import html
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext

from learning.models import Learner
from learning.models.plainly import own, told
from quizzes.marking.responses import kind_of
from quizzes.models import (
    Accommodation,
    Answer,
    Attempt,
    AttemptItem,
    ExtraTime,
    Grade,
    Plan,
    Prediction,
    ProblemReport,
    QuestionRevision,
    Quiz,
    ReviewCard,
)
from quizzes.services.draws import sealed_questions
from quizzes.services.opening import withheld_attempts

TAGS = re.compile(r"<[^>]*>")

type Row = dict[str, Any]
type Grouped = Mapping[Any, Sequence[Row]]


def own_data(*, learner: Learner, now: datetime, language: str) -> Mapping[str, Any]:
    """Return every attempt with its answers and grades, reviews, plans, extra time and problem reports of `learner`.

    What a sealed question earned is told nowhere, and neither is what review made of it.
    """
    sealed = sealed_questions(learner=learner, now=now)
    kept = frozenset(map(str, withheld_attempts(learner=learner, now=now)))
    reports = ProblemReport.objects.filter(learner=learner)
    return {
        "attempts": _attempts(learner, kept, sealed, language),
        "reviews": _reviews(learner, sealed),
        "plans": told(Plan.objects.filter(learner=learner), course="course__slug", **own("exam_on", "daily")),
        "more_time": told(Accommodation.objects.filter(learner=learner), **own("percent", "granted_at")),
        "problem_reports": told(
            reports, attempt="item__attempt", number="item__number", **own("text", "created_at", "reply", "replied_at")
        ),
    }


def kept_words(*, learner: Learner) -> list[str]:
    """Return in words how much quizzes keep of `learner`; nothing of which there is none."""
    modes = Counter(Attempt.objects.of(learner).order_by().values_list("mode", flat=True))
    exams, checks = modes.pop(Quiz.Mode.EXAM, 0), modes.pop(Quiz.Mode.CHECK, 0)
    others, cards = modes.total(), ReviewCard.objects.of(learner).count()
    lines = [
        (exams, ngettext("%(n)s exam", "%(n)s exams", exams)),
        (others, ngettext("%(n)s round of practice or review", "%(n)s rounds of practice and review", others)),
        (checks, ngettext("%(n)s quick check", "%(n)s quick checks", checks)),
        (cards, ngettext("%(n)s question in review", "%(n)s questions in review", cards)),
    ]
    return [words % {"n": count} for count, words in lines if count]


def _reviews(learner: Learner, sealed: frozenset[int]) -> list[Row]:
    """Return the cards; how one moved, or its place among those due, would say how a sealed question went."""
    names = own("state", "due_at", "reviewed_at", "lapses")
    cards = ReviewCard.objects.of(learner).order_by("question__slug", "pk")
    of = {"course": "question__course__slug", "topic": "question__topic__slug"}
    rows = told(cards, asked="question_id", question="question__slug", **of, **names)
    hidden = {"state": None, "due_at": None, "lapses": None}
    return [row | hidden if row.pop("asked") in sealed else row for row in rows]


def _attempts(learner: Learner, withheld: frozenset[str], sealed: frozenset[int], language: str) -> list[Row]:
    times = ("started_at", "finished_at", "deadline_at")
    attempts = told(
        Attempt.objects.of(learner).order_by("started_at"),
        **{"course": "course__slug", "quiz": "quiz__slug", "class": "assignment__classroom__name"},
        **own("id", "mode", "state", *times, "pass_mark", "wish"),
    )
    items = _items(learner, withheld, sealed, language)
    marked = Grade.objects.filter(attempt__learner=learner)
    grades = _grouped(marked, "number", "scaled", "low", "high", "pass_mark", "marks", "reason", "made_at")
    more = _grouped(ExtraTime.objects.filter(attempt__learner=learner), "minutes", "granted_at")
    expected = Prediction.objects.filter(attempt__learner=learner)
    predictions = _grouped(expected, "probability", "low", "high", "method", "detail", "made_at")
    for attempt in attempts:
        key = attempt["id"]
        attempt["answers_withheld"] = key in withheld
        attempt["items"] = items.get(key, [])
        attempt["grades"] = [_sealed(one, attempt) for one in grades.get(key, ())]
        attempt["extra_time"] = more.get(key, [])
        # What was expected of an exam is shown after it.
        attempt["prediction"] = next(iter(predictions.get(key, ())), None) if attempt["finished_at"] else None
    return attempts


def _sealed(grade: Row, attempt: Row) -> Row:
    """Return the grade without the marks that its items do not tell."""
    if attempt["answers_withheld"]:
        return {name: value for name, value in grade.items() if name != "marks"}
    told_of = {item["number"] for item in attempt["items"] if item["points"] is not None}
    return {**grade, "marks": [mark for mark in grade["marks"] if mark["number"] in told_of]}


def _items(learner: Learner, withheld: frozenset[str], sealed: frozenset[int], language: str) -> Grouped:
    """Return the items of all attempts by attempt, each with the log of its answers."""
    rows = AttemptItem.objects.of(learner).order_by("attempt", "number")
    pieces = _pieces(rows, language)
    answers = _answers(learner)
    noted = ("order", "checked_at", "points", "of", "flagged", "struck", "confidence", "seconds", "pilot", "undone_at")
    found: dict[str, list[Row]] = defaultdict(list)
    for item in told(
        rows, question="revision__question__slug", revision="revision__number", shown="revision_id",
        asked="revision__question_id", topic="revision__question__topic__slug",
        **own("id", "attempt_id", "number", *noted),
    ):  # fmt: skip
        attempt, (kind, words) = item.pop("attempt_id"), pieces[item.pop("shown")]
        item["answers"] = [{**one, "words": _words(one["response"], words)} for one in answers.get(item.pop("id"), ())]
        if item.pop("asked") in sealed or attempt in withheld:
            _hide(item, kind)
        found[attempt].append(item)
    return found


def _hide(item: Row, kind: str) -> None:
    """Take from a sealed item its mark, and every position: a file lists the steps of an ordering as they are right.

    Answers stay in words; those of a choice by the alphabet, for they are stored in the order of the file.
    """
    item.update(points=None, of=None, order=None, struck=None, pilot=None)
    for one in item["answers"]:
        one.update(response=None, words=sorted(one["words"]) if kind == "choice" else one["words"])


def _answers(learner: Learner) -> Grouped:
    found: dict[int, list[Row]] = defaultdict(list)
    log = Answer.objects.filter(item__attempt__learner=learner).order_by("pk")
    for answer in told(log, **own("item_id", "base", "revision", "response", "outcome", "saved_at", "claimed_at")):
        found[answer.pop("item_id")].append(answer)
    return found


def _pieces(items: "QuerySet[AttemptItem]", language: str) -> dict[int, tuple[str, list[str]]]:
    """Return the kind of each revision that `items` show, and what can be chosen in it, as plain text by position."""
    shown = QuestionRevision.objects.filter(pk__in=items.order_by().values("revision")).defer("secret")
    public = {one.pk: one.public_in(language) for one in shown}
    return {key: (kind_of(one), [plain(text) for text in one["body"]["pieces"]]) for key, one in public.items()}


def _words(response: Sequence[int], pieces: list[str]) -> list[str]:
    return [pieces[position] if 0 <= position < len(pieces) else "" for position in response]


def plain(text: str) -> str:
    """Return HTML as plain text on one line."""
    return " ".join(html.unescape(TAGS.sub(" ", text)).split())


def _grouped(rows: "QuerySet[Any]", *names: str) -> Grouped:
    """Return the columns `names` of `rows` by the attempt they belong to."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in told(rows, **own("attempt_id", *names)):
        found[row.pop("attempt_id")].append(row)
    return found
