"""The audit trail: who published, graded again, gave more time, retired or deleted what, and when. For instructors."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.models import AuditEntry
from quizzes.services.trail import actions, trail
from quizzes.views.author.access import author_of, instructor_required

A_PAGE = 50

ACTIONS: Mapping[str, Any] = {
    "publish": gettext_lazy("published"),
    "regrade": gettext_lazy("graded again"),
    "extra-time": gettext_lazy("gave more time"),
    "retire": gettext_lazy("retired"),
    "bring-back": gettext_lazy("took back into use"),
    "delete": gettext_lazy("deleted"),
    "answer-report": gettext_lazy("answered a report"),
    "import": gettext_lazy("imported"),
    "share": gettext_lazy("shared"),
    "unshare": gettext_lazy("no longer shared"),
    "make": gettext_lazy("made"),
    "change": gettext_lazy("changed"),
    "copy": gettext_lazy("copied"),
    "unpublish": gettext_lazy("made a draft again"),
    "restore": gettext_lazy("took back into use"),
}
NAMES: Mapping[str, Any] = {  # of what is kept beside an act
    "revision": pgettext_lazy("of an act", "revision"),
    "corrects": pgettext_lazy("of an act", "corrects a mistake"),
    "topic": pgettext_lazy("of an act", "to the topic"),
    "minutes": pgettext_lazy("of an act", "minutes"),
    "percent": pgettext_lazy("of an act", "percent"),
    "reason": pgettext_lazy("of an act", "reason"),
    "before": pgettext_lazy("of an act", "score before"),
    "after": pgettext_lazy("of an act", "score after"),
    "draft": pgettext_lazy("of an act", "draft only"),
    "of": pgettext_lazy("of an act", "copy of"),
    "files": pgettext_lazy("of an act", "files"),
    "new": pgettext_lazy("of an act", "new"),
    "updated": pgettext_lazy("of an act", "changed"),
    "same": pgettext_lazy("of an act", "there already"),
    "left": pgettext_lazy("of an act", "left out"),
    "published": pgettext_lazy("of an act", "published"),
    "questions": pgettext_lazy("of an act", "questions"),
}
EMPTY: tuple[object, ...] = (None, "", [], {}, 0)  # 0 is also False


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in words; `detail`: name and value of what else is kept of it."""

    entry: AuditEntry
    action: str
    detail: tuple[tuple[str, str], ...]


class TrailForm(forms.Form):
    """What to look for in the trail; what is not understood is not looked for."""

    action = forms.ChoiceField(required=False, label=gettext_lazy("What was done"))
    subject = forms.CharField(required=False, max_length=200, label=gettext_lazy("To what"))
    actor = forms.CharField(required=False, max_length=150, label=gettext_lazy("By whom"))

    def __init__(self, *args: Any, known: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("everything")), *((name, str(ACTIONS.get(name, name))) for name in known)]
        self.fields["action"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def wanted(self) -> dict[str, str]:
        """Return the fields that are filled in and can be."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


@require_safe
@never_cache
@instructor_required
def audit(request: HttpRequest) -> HttpResponse:
    """Show the trail, filtered."""
    user = author_of(request)
    form = TrailForm(request.GET, known=actions(user))
    wanted = form.wanted()
    page = Paginator(trail(user, **wanted), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": [line_of(entry) for entry in page.object_list],
        "query": f"&{urlencode(wanted)}" if wanted else "",
        "filtered": bool(wanted),
    }
    return render(request, "quizzes/author/audit.html", context)


def line_of(entry: AuditEntry) -> Line:
    """Return an entry in words."""
    detail = entry.detail if isinstance(entry.detail, dict) else {"": entry.detail}
    worth = {name: value for name, value in detail.items() if name != "batch" and value not in EMPTY}
    told = tuple((str(NAMES.get(name, name)), _written(value)) for name, value in worth.items())
    return Line(entry, str(ACTIONS.get(entry.action, entry.action)), told)


def _written(value: object) -> str:
    if value is True:
        return _("yes")
    if isinstance(value, list):
        return ", ".join(_written(one) for one in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
