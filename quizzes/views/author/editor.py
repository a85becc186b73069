"""Writing a question: the editor, its preview as one types, and statements to cite. Publishes nothing."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learning.http import language, render_region
from learning.models import Course, Statement, Topic, said
from learning.once import once
from quizzes.marking.editing import MAX_TEXT, Writing, unnamed
from quizzes.models import Origin, Question
from quizzes.services.authoring import Saved, StaleDraftError, create_question, read_draft, save_draft, written
from quizzes.services.curating import tag
from quizzes.views.author.access import author_of, find_question, instructor_required
from quizzes.views.author.bank import topic_choices
from quizzes.views.author.forms import NewForm, WritingForm
from quizzes.views.author.mending import report_in_hand
from quizzes.views.author.seen import content_of_draft, marked_one, open_one, told
from quizzes.views.author.skeletons import SKELETONS

TYPED = "typed"  # session key: what was sent when nobody was signed in any more
A_LIST = 30  # statements found at once
WAYS = ("publish", "try")


def keep_typed(view: Callable[[HttpRequest, int], HttpResponse]) -> Callable[[HttpRequest, int], HttpResponse]:
    """Keep what is sent by who is signed in no more, so that it is there after signing in again."""

    @wraps(view)
    def kept(request: HttpRequest, pk: int) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            names = ("ko", "en", "topic", "difficulty", "tags", "base")
            request.session[TYPED] = {"pk": pk, **{name: request.POST.get(name, "")[:MAX_TEXT] for name in names}}
        return view(request, pk)

    return kept


@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
@once
def new(request: HttpRequest) -> HttpResponse:
    """Ask for kind and topic; POST makes the draft and opens it."""
    sent = request.method == "POST"
    initial = {"kind": "single", **request.GET.dict()}
    form = NewForm(request.POST if sent else None, initial=initial, topics=topic_choices())
    if not sent or not form.is_valid():
        return render(request, "quizzes/author/new.html", {"form": form}, status=422 if sent else 200)
    topic = get_object_or_404(Topic.objects.select_related("course"), pk=int(form.cleaned_data["topic"]))
    shape = SKELETONS[form.cleaned_data["kind"]]
    writing = Writing({language(): shape[language()]}, topic.slug)  # the other language may follow, or not
    made = create_question(course=topic.course, owner=author_of(request), writing=writing, now=timezone.now())
    return redirect(f"{reverse('author:question', args=[made.pk])}#text-{language()}")  # to be written at once


@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
@instructor_required
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the editor; POST saves what was typed. A question of a file is shown to be read."""
    if request.method == "POST":
        return _save(request, find_question(request, pk, to_change=True))
    row = find_question(request, pk)
    saved, form = written(row), None
    typed = request.session.get(TYPED, {})
    if typed.get("pk") == pk:
        form = WritingForm(typed, topics=_topics(row))
    return render(request, "quizzes/author/question.html", _page(request, row, saved, form, kept=bool(form)))


def _save(request: HttpRequest, row: Question) -> HttpResponse:
    form = WritingForm(request.POST, topics=_topics(row))
    if not form.is_valid():
        return _face(request, _page(request, row, written(row), form), 422)
    by_itself = bool(request.htmx)  # type: ignore[attr-defined]  # set by the middleware
    # htmx names the button pressed last in every request that follows: a save by itself is told to do nothing else.
    if request.POST.get("go") == "copy" and not by_itself:
        return _save_copy(request, row, form)
    writing, now = form.writing(), timezone.now()
    base, over = form.cleaned_data["base"], "over" in request.POST and not by_itself
    try:
        saved = save_draft(question=row, writing=writing, base=base, actor=author_of(request), now=now, over=over)
    except StaleDraftError as stale:
        context = _page(request, stale.question, written(stale.question), form)
        return _face(request, {**context, "theirs": written(stale.question).writing.said, "base": base}, 409)
    if form.tag_list() != row.tags:
        tag(question=row, tags=form.tag_list())
    if request.session.get(TYPED, {}).get("pk") == row.pk:
        del request.session[TYPED]
    row = find_question(request, row.pk)
    return _face(request, _page(request, row, saved, form), 200) if by_itself else _onwards(request, row)


@once
def _save_copy(request: HttpRequest, row: Question, form: WritingForm) -> HttpResponse:
    """Keep what was typed as a question of its own, beside what another window saved."""
    typed = form.writing()
    texts = {lang: unnamed(text) for lang, text in typed.said.items()}
    made = create_question(
        course=row.course,
        owner=author_of(request),
        writing=replace(typed, texts=texts),
        now=timezone.now(),
        tags=form.tag_list(),
    )
    return redirect("author:question", made.pk)


def _onwards(request: HttpRequest, row: Question) -> HttpResponse:
    """Go where the button pressed leads."""
    go = request.POST.get("go", "")
    if go in WAYS:
        return redirect(f"author:{go}", row.pk)
    if go == "another":
        return redirect(f"{reverse('author:new')}?topic={row.topic_id}&kind=single")
    look = "&".join(f"{name}={request.POST[name]}" for name in ("view", "in") if request.POST.get(name) in LOOKS)
    return redirect(f"{reverse('author:question', args=[row.pk])}{'?' if look else ''}{look}")


LOOKS = ("open", "marked", "ko", "en")


def _face(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    return render_region(request, "quizzes/author/question.html", "side", context, status)


def _page(
    request: HttpRequest, row: Question, saved: Saved, form: WritingForm | None = None, *, kept: bool = False
) -> dict[str, Any]:
    """Return what the page of a question needs: the form, what is wrong with what it holds, and the preview of that."""
    form = form or WritingForm(initial=_initial(row, saved), topics=_topics(row))
    writing = form.writing() if form.is_bound and form.is_valid() else saved.writing
    draft = read_draft(row, writing)
    asked = request.POST if request.method == "POST" else request.GET
    context = {
        "question": row,
        "form": form,
        "mine": row.origin == Origin.SITE,  # who may see one of the site may change it
        "oob": bool(request.htmx),  # type: ignore[attr-defined]  # set by the middleware
        "view_choices": [("open", _("As asked")), ("marked", _("Marked"))],
        "in_choices": [("ko", _("Korean")), ("en", _("English"))],
        "saved": saved,
        "base": saved.base,
        "kept": kept,
        "errors": told(draft.errors),
        "warnings": told(draft.warnings),
        "texts": saved.writing.said,
        "most": MAX_TEXT,
        "reported": report_in_hand(request, row),
    }
    return context | _preview(row, content_of_draft(draft), asked.get("view", ""), asked.get("in", ""))


def _preview(row: Question, content: Any, view: str, lang: str) -> dict[str, Any]:
    """Return what the preview shows: the card to answer, or the marked one."""
    lang = lang if lang in ("ko", "en") else language()
    look = {"view": "marked" if view == "marked" else "open", "in": lang}
    if not content:
        return {"look": look, "card": None}
    bilingual = len(content["public"]) > 1  # then the preview shows the language chosen, not the only one there is
    if view == "marked":
        return {"look": look, "bilingual": bilingual, "card": marked_one(row, content, lang, ())}
    return {"look": look, "bilingual": bilingual, "card": open_one(content, lang)}


def _initial(row: Question, saved: Saved) -> dict[str, Any]:
    writing = saved.writing
    fields = {"topic": writing.topic, "difficulty": writing.difficulty, "tags": ", ".join(row.tags)}
    return {**writing.texts, **fields, "base": saved.base}


def _topics(row: Question) -> list[tuple[str, str]]:
    """Return the topics of the question's course to choose from."""
    return [(topic.slug, said(topic.title)) for topic in row.course.topics.filter(retired_at=None)]


@require_safe
@instructor_required
def statements(request: HttpRequest, course: str) -> HttpResponse:
    """Show the statements that hold all words of `?q=`, each with what to insert to cite it."""
    row = get_object_or_404(Course, slug=course, retired_at=None)
    query = request.GET.get("q", "")[:100].replace("\x00", "")
    rows = Statement.objects.filter(course=row, retired_at=None, lesson__retired_at=None).select_related("lesson")
    for word in query.split():
        rows = rows.filter(Q(words__ko__icontains=word) | Q(words__en__icontains=word) | Q(slug__icontains=word))
    found = [(one, f"[[{one.lesson.slug}#^{one.slug}]]") for one in rows[:A_LIST]]
    context = {"course": row, "query": query, "found": found, "most": A_LIST}
    return render_region(request, "quizzes/author/statements.html", "statements", context)
