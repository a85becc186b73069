"""Classes as their members see them: joining one, what is given, what the instructor sees, leaving."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.activities import activities
from learning.models import Classroom, Extension, Learner, Membership
from learning.services.classes import end_membership, find_class, join_class
from learning.views.class_forms import CodeForm, NameForm
from learning.views.given import given_in, given_to
from learning.views.guessing import is_barred, note_miss


@require_safe
@never_cache
def joined(request: HttpRequest) -> HttpResponse:
    """Show the classes one is in and what they have given."""
    learner = Learner.objects.of(request)
    rooms = Classroom.objects.joined_by(learner).select_related("owner").order_by("archived_at", "-created_at")
    context = {"rooms": rooms, "given": given_to(learner, timezone.now()), "form": CodeForm()}
    return render(request, "learning/classes/joined.html", context)


def find_membership(request: HttpRequest, pk: int) -> Membership:
    """Return the learner's own membership of a class they are in; 404 for others' classes as for missing ones."""
    learner = Learner.objects.of(request)
    rows = Membership.objects.select_related("classroom__owner", "classroom__course", "learner")
    found = rows.filter(classroom__pk=pk, learner=learner, left_at=None).first() if learner else None
    if found is None:
        raise Http404
    return found


@require_safe
@never_cache
def classroom(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one class to a member: what is given, what is said, and all that the instructor sees of them."""
    me = find_membership(request, pk)
    percents = [activity.allowed([me.learner_id]).get(me.learner_id, 0) for activity in activities()]
    context = {
        "room": me.classroom,
        "me": me,
        "given": given_in(me.classroom, me.learner, timezone.now()),
        "percent": max(percents, default=0),
        "extensions": Extension.objects.filter(assignment__classroom=pk, learner=me.learner).count(),
        "sent": me.classroom.messages.all()[:50],
        "form": NameForm(initial={"name": me.name}),
    }
    return render(request, "learning/classes/classroom.html", context)


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the name one has in a class."""
    me, form = find_membership(request, pk), NameForm(request.POST)
    if form.is_valid():
        join_class(classroom=me.classroom, learner=me.learner, name=form.cleaned_data["name"], now=timezone.now())
        messages.success(request, _("Your name is changed."))
    else:
        messages.error(request, _("Enter a name that can be read."))
    return redirect("classes:classroom", pk)


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a class; everything done stays one's own."""
    me = find_membership(request, pk)
    end_membership(membership=me, now=timezone.now())
    messages.success(request, _("You have left %(name)s. What you did stays yours.") % {"name": me.classroom.name})
    return redirect("classes:joined")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """Ask for a code and go where it leads."""
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "learning/classes/join.html", {"form": form}, status=status)
    return _at_code(request, form.cleaned_data["code"], asked=True)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join_code(request: HttpRequest, code: str) -> HttpResponse:
    """Show the class of a code or a link and ask for a name; POST joins it."""
    return _at_code(request, code)


def _at_code(request: HttpRequest, code: str, *, asked: bool = False) -> HttpResponse:
    """Answer for `code`: a wrong one like a missing one, and guessing is counted."""
    if is_barred(request):
        return render(request, "learning/classes/too_many.html", status=429)
    room = find_class(code=code)
    if room is None:
        note_miss(request)
        form = CodeForm({"code": code})
        form.is_valid()
        form.add_error("code", _("There is no class with this code. Ask your instructor to show it again."))
        return render(request, "learning/classes/join.html", {"form": form}, status=404)
    return redirect("classes:join-code", room.code) if asked else _enter(request, room)


def _enter(request: HttpRequest, room: Classroom) -> HttpResponse:
    learner = Learner.objects.of(request)
    if learner and learner.memberships.filter(classroom=room, left_at=None).exists():
        return redirect(room)
    known = request.user.get_username() if isinstance(request.user, User) else ""
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": known})
    if request.method == "POST" and form.is_valid():
        name, now = form.cleaned_data["name"], timezone.now()
        join_class(classroom=room, learner=Learner.objects.ensure(request), name=name, now=now)
        messages.success(request, _("You are in %(name)s.") % {"name": room.name})
        return redirect(room)
    status = 422 if request.method == "POST" else 200
    return render(request, "learning/classes/enter.html", {"room": room, "form": form}, status=status)
