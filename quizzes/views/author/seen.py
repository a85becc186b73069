"""A question as its writer sees it: the learner's card, the marked one, and what is wrong. Stores nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from learning.catalogue.errors import Problem
from quizzes.marking.cards import MarkedCard, OpenCard, marked_card, spoken
from quizzes.marking.editing import Draft
from quizzes.models import Question
from quizzes.services import quick_card, quick_order
from quizzes.services.revising import content_of
from quizzes.views.author.importforms import LANGUAGE_NAMES
from quizzes.views.shown import in_its_language, sources_of

MOST_TOLD = 50
NAMED = ("what", "kind")  # parameters that are words themselves: a part of a question, a kind


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that is wrong, in the reader's language: in which text, at which line, how bad."""

    lang: str
    line: int
    words: str
    error: bool


def told(problems: Sequence[Problem]) -> list[Told]:
    """Return problems in the reader's language, the first of them: nobody mends more at a time."""
    return [Told(one.path, one.line, in_words(one), one.severity == "error") for one in problems[:MOST_TOLD]]


def in_words(problem: Problem) -> str:
    """Return a problem in the reader's language, with what stands in it where that is words itself."""
    params = dict(problem.params)
    params |= {name: _(word) for name in NAMED if isinstance(word := params.get(name), str) and word}
    if isinstance(codes := params.get("languages"), str):
        params["languages"] = ", ".join(str(LANGUAGE_NAMES.get(code, code)) for code in codes.split(", "))
    return _(problem.message) % params if params else _(problem.message)


def content_of_draft(draft: Draft) -> Mapping[str, Any]:
    """Return what a revision of `draft` would hold; {} while nothing can be read."""
    return content_of(draft.pair) if draft.pair else {}


def open_one(content: Mapping[str, Any], language: str, chosen: Sequence[str] = ()) -> OpenCard:
    """Return the card a learner would answer."""
    public = content["public"]
    lang = spoken(public, language)
    return in_its_language(quick_card(public[lang], chosen), lang)


def marked_one(question: Question, content: Mapping[str, Any], language: str, response: Sequence[int]) -> MarkedCard:
    """Return the card with key and reasons, `response` given."""
    public, secret = content["public"], content["secret"]
    lang = spoken(public, language)
    order, _tokens = quick_order(public[lang])
    cited = {slug for slugs in secret["cites"] for slug in slugs} | set(secret.get("explain_cites", ()))
    card = marked_card(public[lang], secret, lang, order, response, sources_of(question.course, cited))
    return in_its_language(card, lang)
