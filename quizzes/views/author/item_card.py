"""The item card: what answers say of one question. Whoever may see the question may see it; it names nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.charts import percent
from learning.http import language
from quizzes.marking.cards import LETTERS
from quizzes.marking.responses import kind_of
from quizzes.models import Question, QuestionRevision
from quizzes.services.item_card import ItemCard, item_card
from quizzes.services.regrades import affected_count
from quizzes.services.reports import reports_for
from quizzes.statistics.items import FEWEST, FEWEST_RELATED, FEWEST_REST, Piece
from quizzes.views.author.access import author_of, find_question, instructor_required
from quizzes.views.author.inbox import told
from quizzes.views.author.telling import face, percentage, rate_line, relation_line, said_flag, wanted

MOST_REPORTS = 20  # on the card


@dataclass(frozen=True, slots=True)
class PieceLine:
    """How often a piece was hit, for the table: counts, and shares in percent to draw (None: no thirds yet)."""

    letter: str
    text: str
    right: bool
    count: int
    share: int
    top: int | None
    bottom: int | None


@require_safe
@never_cache
@instructor_required
def item_results(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the answers to a question say."""
    question = find_question(request, pk)
    card = item_card(question)
    reports = list(reports_for(author_of(request)).filter(item__revision__question=question)[:MOST_REPORTS])
    context: dict[str, Any] = {
        "question": question,
        "title": title_of(question),
        "reports": told(reports),
        "affected": affected_count(author_of(request), question),
        "fewest": {"item": FEWEST, "related": FEWEST_RELATED, "rest": FEWEST_REST},
    }
    if card and question.current:
        context |= {"card": card, **_lines(card), "pieces": _pieces(card, question.current)}
        context |= {"kind": kind_of(question.current.any_public)}
    return render(request, "quizzes/author/item_card.html", context)


def title_of(question: Question) -> str:
    """Return what a question is called: its stem in plain words, else its id."""
    return question.current.public_in(language())["title"] if question.current else question.slug


def _lines(card: ItemCard) -> dict[str, Any]:
    """Return the numbers ready to be drawn, grey where there are not enough."""
    found = card.numbers
    return {
        "flags": [said_flag(flag) for flag in card.flags],
        "facility": rate_line(_("Facility"), found.facility, missing=wanted(found.n, FEWEST)),
        "discrimination": relation_line(_("Discrimination"), found.discrimination, missing=_no_relation(card)),
        "sure_wrong": rate_line(_("Sure and wrong"), found.sure_wrong, missing=wanted(found.told, FEWEST)),
        "time": face(found.seconds) if found.seconds is not None else "",
        "no_time": wanted(found.timed, FEWEST),
        "blank": percentage(found.blank / found.n) if found.n else "",
    }


def _no_relation(card: ItemCard) -> str:
    """Return why there is no discrimination."""
    if card.numbers.related < FEWEST_RELATED:
        return wanted(card.numbers.related, FEWEST_RELATED)
    return _("cannot be told: all answered alike")


def _pieces(card: ItemCard, revision: QuestionRevision) -> Sequence[PieceLine]:
    body, found = revision.public_in(language())["body"], card.numbers
    texts = body["rows"] if "rows" in body else body["pieces"]
    return [_line(piece, texts[piece.position], card) for piece in found.pieces]


def _line(piece: Piece, text: str, card: ItemCard) -> PieceLine:
    found, thirds = card.numbers, card.numbers.thirds
    return PieceLine(
        letter=LETTERS[piece.position],
        text=text,
        right=piece.right,
        count=piece.all,
        share=percent(piece.all / found.n) if found.n else 0,
        top=percent(piece.top / thirds.top) if thirds else None,
        bottom=percent(piece.bottom / thirds.bottom) if thirds else None,
    )
