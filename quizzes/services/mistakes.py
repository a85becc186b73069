"""What a learner got wrong, or guessed, over all attempts: only what may be shown to them. Must not know pages."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db.models import F, Q

from learning.activities import Mistake
from learning.models import Learner
from quizzes.marking.cards import MarkedCard, marked_card
from quizzes.models import AttemptItem, Confidence, Erratum
from quizzes.services.met import tellable
from quizzes.services.own import plain


def mistakes_of(*, learner: Learner, now: datetime, language: str) -> Iterator[Mistake]:
    """Yield a mistake for each question that was missed or guessed, as it last went so, the latest first."""
    missed = ~Q(points=F("of")) | Q(confidence=Confidence.GUESS)
    rows = tellable(learner=learner, now=now).filter(missed)
    met = list(rows.values_list("revision__question", "pk"))
    times = Counter(question for question, _ in met)
    last = dict(reversed(met))
    shown = AttemptItem.objects.with_answers().select_related("revision__question__course")
    items = shown.in_bulk(list(last.values()))
    mended = _mended(times)
    for question in times:  # in the order they were met
        item = items[last[question]]
        yield _mistake(item, language, times[question], mended.get(question, 0) > item.revision.number)


def _mended(questions: Mapping[int, int]) -> dict[int, int]:
    """Return for each question that had an erratum the number of the revision that put it right."""
    rows = Erratum.objects.filter(revision__question__in=list(questions)).order_by("revision__number")
    return dict(rows.values_list("revision__question", "revision__number"))


def _mistake(item: AttemptItem, language: str, times: int, corrected: bool) -> Mistake:
    revision = item.revision
    spoken = revision.spoken(language)
    card = marked_card(revision.public[spoken], revision.secret, spoken, item.order, item.response, {})
    own, right = _own_and_right(card)
    return Mistake(
        subject=f"item:{revision.question.slug}",
        course=revision.question.course.slug,
        title=plain(card.words.title),
        text=plain(f"{card.words.case_text} {card.words.text}"),
        seen_at=item.checked_at or item.attempt.started_at,
        correct=bool(item.right),
        confidence=item.confidence,
        own=own,
        right=right,
        reasons=_reasons(card),
        statements=_statements(item),
        times=times,
        corrected=corrected,
    )


def _own_and_right(card: MarkedCard) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what the learner answered and what was right, in the words of the question's kind."""
    if card.rows:
        own = tuple(f"{plain(row.text)} → {plain(row.given) or '–'}" for row in card.rows)
        return own, tuple(f"{plain(row.text)} → {plain(row.wanted)}" for row in card.rows)
    if card.words.kind == "ordering":
        placed = sorted((one for one in card.options if one.place), key=lambda one: one.place or 0)
        wanted = sorted(card.options, key=lambda one: one.right_place or 0)
        return tuple(plain(one.text) for one in placed), tuple(plain(one.text) for one in wanted)
    own = tuple(plain(one.text) for one in card.options if one.chosen)
    return own, tuple(plain(one.text) for one in card.options if one.right)


def _reasons(card: MarkedCard) -> tuple[str, ...]:
    """Return why what was chosen wrongly is wrong, why the right is right, and what the question explains."""
    told = [one.reason for one in card.options if one.chosen and not one.right]
    told += [one.reason for one in card.options if one.right]
    return tuple(filter(None, (plain(reason) for reason in (*told, card.explain))))


def _statements(item: AttemptItem) -> tuple[str, ...]:
    """Return the statements the right answer rests on first, then all others the question cites."""
    secret = item.revision.secret
    cited = [slug for slugs in secret["cites"] for slug in slugs]
    return tuple(dict.fromkeys([*secret.get("proves", ()), *secret.get("explain_cites", ()), *cited]))
