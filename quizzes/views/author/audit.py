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
from django.utils.translation import gettext_lazy
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
}


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
    told = tuple((name, _written(value)) for name, value in detail.items() if value not in (None, "", [], {}))
    return Line(entry, str(ACTIONS.get(entry.action, entry.action)), told)


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
