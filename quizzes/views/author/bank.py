"""The bank: every question an instructor may see, found, filtered, and changed several at a time."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from learning.http import language
from learning.models import Course, Topic, said
from quizzes.models import Origin, Question, QuestionDraft
from quizzes.services.curating import bring_back, move, retire, tag
from quizzes.services.results import card_numbers
from quizzes.services.revising import searchable
from quizzes.views.author.access import author_of, instructor_required
from quizzes.views.author.forms import BankForm, BulkForm

A_PAGE = 50
MOST_AT_ONCE = 500
SORTS: dict[str, tuple[str, ...]] = {
    "topic": ("course", "topic__position", "position"),
    "new": ("-pk",),
    "id": ("slug", "pk"),
    "difficulty": ("current__difficulty", "pk"),
    "lint": ("-errors", "-warnings", "pk"),
}
STATES = {
    "draft": Q(current=None, retired_at=None),
    "published": Q(current__isnull=False, retired_at=None, drafted=False),
    "changed": Q(current__isnull=False, retired_at=None, drafted=True),
    "retired": Q(retired_at__isnull=False),
}
LANGUAGES = {
    "both": Q(titles__has_keys=["ko", "en"]),
    "no-ko": ~Q(titles__has_key="ko"),
    "no-en": ~Q(titles__has_key="en"),
}
LINT = {
    "errors": Q(errors__gt=0),
    "warnings": Q(warnings__gt=0),
    "clean": Q(errors=0, warnings=0),
}


@require_safe
@instructor_required
def bank(request: HttpRequest) -> HttpResponse:
    """Show what is asked for, fifty at a time."""
    seen = Question.objects.seen_by(author_of(request))
    topics = topic_choices()
    form = BankForm(request.GET, topics=topics, tags=tags_of(seen))
    wanted = form.wanted()
    page = Paginator(found(seen, wanted, request), A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    numbers = card_numbers([row.pk for row in rows])
    context = {
        "form": form,
        "page": page,
        "rows": [(row, state_of(row), title_of(row), numbers.get(row.pk, (0, None))) for row in rows],
        "wanted": wanted,
        "bulk": BulkForm(topics=topics),
        "query": query_of(request),
        "me": request.user,
    }
    return render(request, "quizzes/author/bank.html", context)


def found(seen: QuerySet[Question], wanted: dict[str, str], request: HttpRequest) -> QuerySet[Question]:
    """Return the questions of `seen` that are `wanted`, in the order asked for."""
    rows = seen.annotate(drafted=Exists(QuestionDraft.objects.filter(question=OuterRef("pk"))))
    for word in searchable(wanted.get("q", "")).split():
        rows = rows.filter(words__contains=word)
    for name, meanings in (("state", STATES), ("lang", LANGUAGES), ("lint", LINT)):
        if name in wanted:
            rows = rows.filter(meanings[wanted[name]])
    if "topic" in wanted:
        rows = rows.filter(topic=int(wanted["topic"]))
    if "tag" in wanted:
        rows = rows.filter(pk__in=[pk for pk, tags in seen.values_list("pk", "tags") if wanted["tag"] in tags])
    if "whose" in wanted:
        whose = {
            "mine": Q(owner=author_of(request)),
            "shared": Q(shared=True) & ~Q(owner=author_of(request)),
            "course": Q(origin=Origin.FILE),
        }
        rows = rows.filter(whose[wanted["whose"]])
    rows = rows.select_related("topic", "owner").defer("words")
    return rows.order_by(*SORTS[wanted.get("sort") or "topic"])


def state_of(row: Question) -> str:
    """Return the state of a row of `found`, as `STATES` names it."""
    if row.retired_at:
        return "retired"
    if row.current_id is None:
        return "draft"
    return "changed" if getattr(row, "drafted", False) else "published"


def title_of(row: Question) -> tuple[str, str]:
    """Return a title of the question and the language it is in: that of the page, else the one it has."""
    titles: dict[str, str] = row.titles
    here = language()
    lang = here if titles.get(here) else next((lang for lang in titles if titles[lang]), "")
    return titles.get(lang, ""), lang


def topic_choices() -> list[tuple[str, str]]:
    """Return the topics of all courses to choose from; named with their course where there are several."""
    courses = Course.objects.filter(retired_at=None)
    rows = list(Topic.objects.filter(course__in=courses, retired_at=None).select_related("course"))
    rows.sort(key=lambda topic: (topic.course.position, topic.course.slug, topic.position))
    several = len({topic.course_id for topic in rows}) > 1
    return [(str(t.pk), f"{said(t.course.title)}: {said(t.title)}" if several else said(t.title)) for t in rows]


def tags_of(seen: QuerySet[Question]) -> list[str]:
    """Return every tag in use."""
    return sorted({word for tags in seen.exclude(tags=[]).values_list("tags", flat=True) for word in tags})


def query_of(request: HttpRequest) -> str:
    """Return the query string without the page."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()


@require_POST
@instructor_required
def bulk(request: HttpRequest) -> HttpResponse:
    """Do one thing with the questions ticked that are the instructor's to change; say how many."""
    form = BulkForm(request.POST, topics=topic_choices())
    back = redirect(f"{reverse('author:bank')}?{request.GET.urlencode()}")
    ticked = [int(pk) for pk in request.POST.getlist("question") if pk.isascii() and pk.isdigit() and len(pk) < 10]
    if not form.is_valid():
        said_wrong = " ".join(str(one) for one in form.non_field_errors())
        messages.error(request, said_wrong or _("Say what to do."))
        return back
    rows = Question.objects.written_by(author_of(request)).filter(pk__in=ticked[:MOST_AT_ONCE])
    done = [_do(request, row, form.cleaned_data) for row in rows.select_related("course")]
    if not any(done):
        messages.error(request, _("Nothing was changed: tick questions of your own first."))
        return back
    said = ngettext("%(count)s question changed.", "%(count)s questions changed.", sum(done))
    messages.success(request, said % {"count": sum(done)})
    return back


def _do(request: HttpRequest, row: Question, wish: dict[str, Any]) -> bool:
    """Do what is wished with one question; return whether it could be done."""
    actor, now = author_of(request), timezone.now()
    match wish["act"]:
        case "tag":
            tag(question=row, tags=[*row.tags, wish["tag"]])
        case "untag":
            tag(question=row, tags=[word for word in row.tags if word != wish["tag"].strip()])
        case "move":
            topic = Topic.objects.filter(pk=int(wish["topic"]), course=row.course_id).first()
            if topic is None:
                return False
            move(question=row, topic=topic, actor=actor, now=now)
        case "retire":
            retire(question=row, actor=actor, now=now)
        case "bring-back":
            bring_back(question=row, actor=actor, now=now)
    return True
