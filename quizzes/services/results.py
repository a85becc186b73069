"""Reading what learners answered, for `quizzes.statistics`: first marked responses to questions. Reads only.

A learner's first marked response to a question is the one that counts, in whatever mode it was given; who goes takes
theirs along. A response to an earlier version of a question is read as one to today's where the pieces still
correspond, and marked by today's key; the others are left out, and counted. However many rows there are, the number of
queries is the same.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import fsum
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum

from quizzes.marking.mark import mark
from quizzes.marking.responses import carried, is_blank, kind_of
from quizzes.models import Answer, AttemptItem, QuestionRevision
from quizzes.services.grading import read_item
from quizzes.statistics.items import FEWEST_REST, Seen

type Row = Mapping[str, Any]
type Totals = Mapping[object, tuple[Decimal, Decimal, int]]  # by attempt: points, what there were, and of how many

FEW_NAMES = ("pk", "revision", "points", "of")  # what the mean share of points needs
NAMES = ("pk", "attempt", "number", "revision", "points", "of", "seconds", "confidence", "pilot", "checked_at")


@dataclass(slots=True)
class Responses:
    """The first responses to one question; `left_out` were to a version whose pieces are no longer these."""

    seen: list[Seen] = field(default_factory=list)
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Read:
    """A response as one to today's version of its question; `share`: points by points there were."""

    response: Sequence[int]
    share: float


def card_numbers(question_ids: Collection[int]) -> dict[int, tuple[int, float | None]]:
    """Return for each question how many learners count, and its facility (0 to 1), None when nobody does.

    The same numbers as the item card's. Two queries, three when a question was answered in an earlier version.
    """
    rows = first_rows(AttemptItem.objects.filter(revision__question__in=question_ids), answers=False)
    return _shares(question_ids, rows, Reader(rows))


def _shares(ids: Iterable[int], rows: Sequence[Row], reader: "Reader") -> dict[int, tuple[int, float | None]]:
    shares: dict[int, list[float]] = {question: [] for question in ids}
    for row in rows:
        read = reader.read(row)
        if read:
            shares[row["question"]].append(read.share)
    return {question: (len(found), fsum(found) / len(found) if found else None) for question, found in shares.items()}


def responses_to(question_ids: Collection[int]) -> dict[int, Responses]:
    """Return the first responses to each question, whatever asked it. Three or four queries."""
    asked = AttemptItem.objects.filter(revision__question__in=question_ids)
    totals = totals_of(AttemptItem.objects.filter(attempt__in=asked.values("attempt")))
    rows = first_rows(asked)
    return seen_in(question_ids, rows, totals, Reader(rows))


def first_rows(items: QuerySet[AttemptItem], *, answers: bool = True) -> list[Row]:
    """Return the marked ones of `items`, of each learner and question the first; with all that is known, if asked."""
    extra = {"response": last_response()} if answers else {}
    rows = items.exclude(checked_at=None).order_by("checked_at", "pk")
    found: dict[tuple[int, int], Row] = {}
    names = NAMES if answers else FEW_NAMES
    keys = {"question": F("revision__question"), "current": F("revision__question__current")}
    for row in rows.values(*names, learner=F("attempt__learner"), **keys, **extra).iterator():
        found.setdefault((row["learner"], row["question"]), row)
    return list(found.values())


def last_response() -> Subquery:
    """Return the current answer of an item as a column."""
    answers = Answer.objects.filter(item=OuterRef("pk"), revision__isnull=False).order_by("-revision")
    return Subquery(answers.values("response")[:1])


def totals_of(items: QuerySet[AttemptItem]) -> Totals:
    """Return what each attempt earned with the marked ones of `items` that count in a grade."""
    counted = items.exclude(checked_at=None).filter(pilot=False).order_by().values("attempt")
    rows = counted.annotate(p=Sum("points"), o=Sum("of"), n=Count("pk"))
    return {row["attempt"]: (row["p"] or Decimal(0), row["o"] or Decimal(0), row["n"]) for row in rows}


def seen_in(ids: Iterable[int], rows: Sequence[Row], totals: Totals, reader: "Reader") -> dict[int, Responses]:
    """Return `rows`, first responses, as the statistics want them, by question."""
    found = {question: Responses() for question in ids}
    for row in rows:
        read = reader.read(row)
        if read is None:
            found[row["question"]].left_out += 1
        else:
            found[row["question"]].seen.append(_seen(row, read, totals, reader))
    return found


def _seen(row: Row, read: Read, totals: Totals, reader: "Reader") -> Seen:
    revision = reader.revisions.get(row["current"])
    return Seen(
        share=read.share,
        hits=hits(revision, read.response) if revision else frozenset(),
        blank=is_blank(read.response),
        rest=_rest(row, totals),
        seconds=row["seconds"],
        confidence=row["confidence"],
    )


def _rest(row: Row, totals: Totals) -> float | None:
    """Return the share of the other marked items of the same attempt; None when there are too few."""
    points, of, count = totals.get(row["attempt"], (Decimal(0), Decimal(0), 0))
    if not row["pilot"]:
        points, of, count = points - row["points"], of - row["of"], count - 1
    return float(points / of) if count >= FEWEST_REST and of else None


def hits(revision: QuestionRevision, response: Sequence[int]) -> frozenset[int]:
    """Return what a response says of the pieces, see `quizzes.statistics.items.Seen`."""
    kind, key = kind_of(revision.any_public), revision.secret["key"]
    if kind == "choice":
        return frozenset(response)
    agreed = [(place, given) for place, (given, right) in enumerate(zip(response, key, strict=False)) if given == right]
    return frozenset(place if kind == "matching" else given for place, given in agreed)


def pieces(revision: QuestionRevision) -> dict[int, bool]:
    """Return the pieces that `hits` speaks of, each with whether the key has it."""
    body, key = revision.any_public["body"], revision.secret["key"]
    kind = kind_of(revision.any_public)
    if kind == "choice":
        return {place: place in key for place in range(len(body["pieces"]))}
    return dict.fromkeys(range(len(body["rows" if kind == "matching" else "pieces"])), True)


class Reader:
    """Reads responses as ones to today's versions. Reads the versions it needs once, all together."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """Read the versions of `rows`; without responses among them, also those of rows of earlier versions."""
        self.revisions: dict[int, QuestionRevision] = {}
        self._responses: dict[int, Sequence[int]] = {}
        old = [row for row in rows if row["revision"] != row["current"]]
        if old or any("response" in row for row in rows):
            self._read_revisions(rows)
        if old and "response" not in old[0]:
            self._read_responses(old)

    def read(self, row: Row) -> Read | None:
        """Return the response of `row`; None when it cannot be read as one to today's version."""
        response = row["response"] if "response" in row else self._responses.get(row["pk"])
        if row["revision"] == row["current"]:
            return Read(response or (), share_of(row["points"], row["of"]))
        before, now = self.revisions.get(row["revision"]), self.revisions.get(row["current"])
        moved = carried(*_both(before, now), tuple(response or ())) if before and now else None
        if moved is None or now is None:
            return None
        earned = mark(read_item(now), moved)
        return Read(moved, share_of(earned.points, earned.of))

    def _read_revisions(self, rows: Sequence[Row]) -> None:
        seen = {row["revision"] for row in rows} | {row["current"] for row in rows}
        self.revisions = QuestionRevision.objects.in_bulk(seen)

    def _read_responses(self, old: Sequence[Row]) -> None:
        versions = {row["revision"] for row in old}
        items = AttemptItem.objects.filter(revision__in=versions).order_by()
        self._responses = dict(items.annotate(said=last_response()).values_list("pk", "said"))


def _both(before: QuestionRevision, now: QuestionRevision) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return both in a language both speak, if they have one: pieces are compared by their words."""
    shared = next((language for language in before.public if language in now.public), None)
    return (before.public[shared], now.public[shared]) if shared else (before.any_public, now.any_public)


def share_of(points: Decimal | None, of: Decimal | None) -> float:
    """Return points by points there were."""
    return float((points or Decimal(0)) / of) if of else 0.0
