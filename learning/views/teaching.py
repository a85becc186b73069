"""Classes as their instructor sees them: making, giving, watching, telling. Only one's own; 404 for all others."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.activities import activities
from learning.http import instructor_required, language, render_region
from learning.models import Assignment, ClassMessage, Classroom, Course, Membership
from learning.once import once
from learning.services import classes
from learning.views.class_forms import ClassForm, GiveForm, MessageForm, MinutesForm, PercentForm, TimesForm
from learning.views.standing import class_table, gifts_of, member_lines

PAGE, REGION = "learning/classes/teach.html", "class-standing"


def owner_of(request: HttpRequest) -> User:
    """Return the instructor behind the request."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def find_room(request: HttpRequest, pk: int) -> Classroom:
    """Return a class of the instructor; 404 for others' as for missing ones."""
    return get_object_or_404(Classroom.objects.of(owner_of(request)).select_related("course"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
@once
def mine(request: HttpRequest) -> HttpResponse:
    """List the instructor's classes; POST makes one by its name."""
    form = ClassForm(request.POST if request.method == "POST" else None)
    course = Course.objects.filter(retired_at=None).order_by("position", "slug").first()
    if request.method == "POST" and form.is_valid() and course:
        name = form.cleaned_data["name"]
        made = classes.make_class(owner=owner_of(request), course=course, name=name, now=timezone.now())
        messages.success(request, _("The class is made. Share its code, then give it something to do."))
        return redirect("classes:teach", made.pk)
    active = Count("memberships", filter=Q(memberships__left_at=None), distinct=True)
    given = Count("assignments", filter=Q(assignments__withdrawn_at=None), distinct=True)
    rooms = Classroom.objects.of(owner_of(request)).annotate(members=active, given=given)
    context = {"rooms": rooms.order_by("archived_at", "-created_at"), "form": form, "course": course}
    return render(request, "learning/classes/mine.html", context, status=422 if form.errors else 200)


@require_safe
@never_cache
@instructor_required
def teach(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a class to its instructor; the table of how members stand refreshes itself for a while."""
    return _page(request, find_room(request, pk))


def _page(request: HttpRequest, room: Classroom, status: int = 200, **forms: Any) -> HttpResponse:
    turn = str(request.GET.get("turn", ""))
    table = {
        "room": room,
        **class_table(room, timezone.now(), int(turn) if turn.isascii() and turn.isdigit() and len(turn) < 4 else 0),
    }
    if request.htmx and not forms:  # type: ignore[attr-defined]  # set by the middleware
        return render_region(request, PAGE, REGION, table)
    context = {
        **table,
        "link": request.build_absolute_uri(reverse("classes:join-code", args=[room.code])),
        "give": GiveForm(gifts=gifts_of(room, owner_of(request))),
        "message": MessageForm(),
        "sent": room.messages.all()[:50],
        **forms,
    }
    return render(request, PAGE, context, status=status)


@require_POST
@instructor_required
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a quiz or a scenario to the class."""
    room = find_room(request, pk)
    form = GiveForm(request.POST, gifts=gifts_of(room, owner_of(request)))
    if not form.is_valid():
        return _page(request, room, 422, give=form)
    classes.give(classroom=room, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Given. Members see it on their page and on their home."))
    return redirect("classes:teach", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def assignment(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Change when something given opens and closes, or take it back."""
    room = find_room(request, pk)
    row = get_object_or_404(room.assignments, pk=number, withdrawn_at=None)
    form = TimesForm(request.POST if request.method == "POST" else None, initial=_times(row))
    if request.method == "POST" and request.POST.get("act") == "withdraw":
        classes.withdraw(assignment=row, now=timezone.now())
        messages.success(request, _("Taken back. What has begun can be ended."))
        return redirect("classes:teach", pk)
    if request.method == "POST" and form.is_valid():
        classes.retime(assignment=row, **form.cleaned_data)
        messages.success(request, _("Saved. Attempts that have begun keep their deadline."))
        return redirect("classes:teach", pk)
    context = {"room": room, "row": row, "form": form, **class_table(room, timezone.now())}
    return render(request, "learning/classes/assignment.html", context, status=422 if form.errors else 200)


def _times(row: Assignment) -> dict[str, Any]:
    return {"opens_at": row.opens_at, "closes_at": row.closes_at}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@instructor_required
@once
def member(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show one member: how they stand, more time for them, and taking them out."""
    room = find_room(request, pk)
    one = get_object_or_404(room.memberships.select_related("learner"), pk=number)
    lines = member_lines(room, one, timezone.now())
    act = request.POST.get("act") if request.method == "POST" else ""
    if act in ("minutes", "percent") and one.left_at:  # who has left has their time from somebody else
        raise Http404
    given = [(str(line.assignment.pk), line.label) for line in lines]
    minutes = MinutesForm(request.POST if act == "minutes" else None, given=given)
    percent = PercentForm(request.POST if act == "percent" else None)
    if act == "remove":
        classes.end_membership(membership=one, now=timezone.now())
        messages.success(request, _("%(name)s is out of the class.") % {"name": one.name})
        return redirect("classes:teach", pk)
    if (act == "minutes" and minutes.is_valid()) or (act == "percent" and percent.is_valid()):
        _more_time(request, room, one, minutes if act == "minutes" else percent)
        return redirect("classes:member", pk, number)
    context = {"room": room, "one": one, "lines": lines, "minutes": minutes, "percent": percent}
    bad = minutes.errors or percent.errors
    allowed = {"allowed": max((a.allowed([one.learner_id]).get(one.learner_id, 0) for a in activities()), default=0)}
    return render(request, "learning/classes/member.html", {**context, **allowed}, status=422 if bad else 200)


def _more_time(request: HttpRequest, room: Classroom, one: Membership, form: MinutesForm | PercentForm) -> None:
    """Give it, whatever the form is of; the learner sees it at their next save."""
    data, now, actor = form.cleaned_data, timezone.now(), owner_of(request)
    if isinstance(form, MinutesForm):
        row = get_object_or_404(room.assignments, pk=int(data["assignment"]))
        also = [activity.extend for activity in activities()]
        minutes = data["minutes"]
        classes.extend(assignment=row, learner=one.learner, minutes=minutes, actor=actor, now=now, also=also)
    else:
        with transaction.atomic():
            for activity in activities():
                activity.allow(one.learner, data["percent"], actor, now)
    messages.success(request, _("Given. %(name)s sees it at the next save.") % {"name": one.name})


@require_POST
@instructor_required
@once
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a message on the page of the class."""
    room, form = find_room(request, pk), MessageForm(request.POST)
    if not form.is_valid():
        return _page(request, room, 422, message=form)
    classes.send_message(
        classroom=room,
        author=owner_of(request),
        text=form.cleaned_data["text"],
        language=language(),
        now=timezone.now(),
    )
    messages.success(request, _("The message is on the page of the class."))
    return redirect("classes:teach", pk)


@require_POST
@instructor_required
def untell(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take a message back."""
    get_object_or_404(ClassMessage, classroom=find_room(request, pk), pk=number).delete()
    messages.success(request, _("The message is gone."))
    return redirect("classes:teach", pk)


@require_POST
@instructor_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename the class, give it another code, archive it or let it go on, as the button says."""
    room, act = find_room(request, pk), request.POST.get("act")
    form = ClassForm(request.POST)
    if act == "code":
        classes.renew_code(classroom=room)
        messages.success(request, _("This is the new code. The old one leads nowhere now."))
    elif act == "archive":
        classes.archive_class(classroom=room, now=timezone.now())
        messages.success(request, _("Archived. Nobody can join or begin anything; results stay."))
    elif act == "reopen":
        classes.reopen_class(classroom=room)
        messages.success(request, _("The class goes on."))
    elif act == "rename" and form.is_valid():
        classes.rename_class(classroom=room, name=form.cleaned_data["name"])
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Enter a name that can be read."))
    return redirect("classes:teach", pk)
