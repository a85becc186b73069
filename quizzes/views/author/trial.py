"""Taking one's own question as a learner would: answered and marked for real, and nothing of it is kept anywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learning.http import language
from quizzes.forms import AnswerForm
from quizzes.marking.cards import spoken
from quizzes.marking.editing import pair_of
from quizzes.marking.item import Item
from quizzes.marking.mark import mark
from quizzes.marking.responses import is_complete, response_of
from quizzes.models import Question
from quizzes.services import quick_order
from quizzes.services.authoring import draft_of, read_draft, written
from quizzes.services.revising import content_of
from quizzes.views.author.access import find_question, instructor_required
from quizzes.views.author.seen import marked_one, open_one, told


@dataclass(frozen=True, slots=True)
class Tried:
    """What the marked partial asks of an item, for an answer that is stored nowhere."""

    checked_at: datetime
    response: Sequence[int]
    points: Decimal
    of: Decimal

    @property
    def right(self) -> bool:
        """Whether it earned everything."""
        return self.points == self.of


@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the question as it is written now, or (`?of=published`) as it is published; POST marks the answer."""
    row = find_question(request, pk)
    of, items, problems = _asked(row, request.GET.get("of", ""))
    context: dict[str, Any] = {"question": row, "of": of, "drafted": draft_of(row) is not None, "errors": problems}
    if not items:
        return render(request, "quizzes/author/trial.html", context)
    lang = request.GET.get("in", "")
    lang = lang if lang in items else language()
    content = content_of(items)
    context |= {"shown": lang, "languages": sorted(items), "bilingual": len(items) > 1}
    if request.method == "POST":
        return _marked(request, context, content, next(iter(items.values())).item, lang)
    return render(request, "quizzes/author/trial.html", {**context, "card": open_one(content, lang)})


def _asked(row: Question, of: str) -> tuple[str, Mapping[str, Any], list[Any]]:
    """Return which text is asked, the question by language, and what keeps it from being asked."""
    if of == "published" or draft_of(row) is None:
        if row.current is None:
            raise Http404
        return "published", pair_of(row.current.secret["source"]), []
    draft = read_draft(row, written(row).writing)
    return "draft", draft.pair, told(draft.errors)


def _marked(
    request: HttpRequest, context: dict[str, Any], content: dict[str, Any], item: Item, lang: str
) -> HttpResponse:
    public = content["public"][spoken(content["public"], lang)]
    _order, tokens = quick_order(public)
    form = AnswerForm(request.POST)
    chosen = form.tokens() if form.is_valid() else []
    response = response_of(public, tokens, chosen)
    if response is None or not is_complete(public, response):
        context |= {"card": open_one(content, lang, chosen), "error": _("Answer as much as the question asks for.")}
        return render(request, "quizzes/author/trial.html", context, status=422)
    earned = mark(item, response)
    tried = Tried(timezone.now(), response, earned.points, earned.of)
    card = marked_one(context["question"], content, lang, response)
    return render(request, "quizzes/author/trial.html", {**context, "card": card, "closed": True, "item": tried})
