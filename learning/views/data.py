"""One's own data in one place: take it along, delete it, delete the account. For guests as well."""

import json
from collections.abc import Mapping
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.activities import activities, kept_of, withheld_from
from learning.forms import DeleteAccountForm, ForgetForm
from learning.models import GUEST_KEY, Learner
from learning.services.data import delete_account, forget_learner, own_data, owned_classes
from learning.services.syllabus import syllabus
from learning.views.notebook import cited, notebook

VERSION = 1  # of the layout of the JSON, see docs/own-data.md


@require_safe
@never_cache
def data(request: HttpRequest) -> HttpResponse:
    """Show what is kept of this learner, and what they can do with it."""
    learner = Learner.objects.of(request)
    return render(request, "learning/data.html", {"kept": kept_of(learner) if learner else []})


@require_safe
@never_cache
def download(request: HttpRequest) -> HttpResponse:
    """Give everything kept of this learner as one JSON file."""
    learner = Learner.objects.of(request)
    everything = whole(learner) if learner else {"format": "naru-own-data", "version": VERSION}
    text = json.dumps(everything, ensure_ascii=False, indent=1)
    return _file(text, "application/json", f"naru-{timezone.localdate():%Y-%m-%d}.json")


@require_safe
@never_cache
def mistakes(request: HttpRequest) -> HttpResponse:
    """Give the notebook of mistakes over all attempts as one Markdown note."""
    learner = Learner.objects.of(request)
    found = [one for activity in activities() for one in activity.mistakes(learner)] if learner else []
    text = notebook(sorted(found, key=lambda one: one.seen_at, reverse=True), cited())
    return _file(text, "text/markdown", f"naru-mistakes-{timezone.localdate():%Y-%m-%d}.md")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def forget(request: HttpRequest) -> HttpResponse:
    """Ask once more, then delete all that was learnt; the account stays."""
    learner = Learner.objects.of(request)
    form = ForgetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if learner:
            forget_learner(learner=learner)
        request.session.pop(GUEST_KEY, None)
        messages.success(request, _("Everything you did here is deleted."))
        return redirect("learning:data")
    context = {"form": form, "kept": kept_of(learner) if learner else []}
    return render(request, "learning/data_forget.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def delete(request: HttpRequest) -> HttpResponse:
    """Ask for the password, then delete the account and everything of it. Guests have none: they forget."""
    user = request.user
    if not isinstance(user, User):
        return redirect("learning:forget")
    if request.method == "POST" and (answer := ratelimit.consume_or_429(request, action="reauthenticate", user=user)):
        refused: HttpResponse = answer
        return refused
    form = DeleteAccountForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        delete_account(user=user)
        logout(request)
        messages.success(request, _("Your account is deleted, and everything you did with it."))
        return redirect("learning:home")
    learner = Learner.objects.of(request)
    context = {"form": form, "kept": kept_of(learner) if learner else [], "classes": owned_classes(user=user)}
    return render(request, "learning/data_delete.html", context, status=422 if form.is_bound else 200)


def whole(learner: Learner) -> Mapping[str, Any]:
    """Return everything kept of `learner`, a part an activity. Theirs come first: what ran out of time ends then."""
    parts = {activity.name: activity.export(learner) for activity in activities()}
    return {
        "format": "naru-own-data",
        "version": VERSION,
        "made_at": timezone.now().isoformat(),
        **own_data(learner=learner, withheld=withheld_from(learner)),
        "courses": syllabus(),
        **parts,
    }


def _file(text: str, kind: str, name: str) -> HttpResponse:
    """Return `text` as a file to save; `name` is ours, plain ASCII."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8", headers=headers)
