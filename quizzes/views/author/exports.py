"""Taking questions away: choose them, a format and a language, see what would stay behind, download."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from learning.http import render_region
from learning.models import Course, Topic, said
from quizzes.interchange.formats import FORMATS
from quizzes.models import Question, Quiz
from quizzes.services.exports import MOST, Export, Wish, choose, export, languages_of
from quizzes.views.author.access import author_of, instructor_required
from quizzes.views.author.bank import tags_of

ANY = ("", gettext_lazy("All"))
BOTH = ("both", gettext_lazy("Korean and English, a file each"))
LANGUAGES = [("ko", "한국어"), ("en", "English"), BOTH]
MOST_TICKED = 500
NAME_LENGTH = 80


class ExportForm(forms.Form):
    """Which questions, in which format."""

    course = forms.ModelChoiceField(Course.objects.filter(retired_at=None), label=gettext_lazy("Course"))
    topic = forms.ModelChoiceField(Topic.objects.none(), required=False, label=gettext_lazy("Topic"))
    tag = forms.ChoiceField(required=False, label=gettext_lazy("Tag"))
    quiz = forms.ModelChoiceField(Quiz.objects.none(), required=False, label=gettext_lazy("Quiz"))
    format = forms.ChoiceField(choices=[(name, form.title) for name, form in FORMATS.items()],
                               label=gettext_lazy("Format"))  # fmt: skip
    language = forms.ChoiceField(choices=LANGUAGES, label=gettext_lazy("Language"))

    def __init__(self, data: QueryDict, user: User) -> None:
        super().__init__(data)
        courses = Course.objects.filter(retired_at=None)
        tags = tags_of(Question.objects.seen_by(user))
        self._offer("course", courses, _name_of)
        self._offer("topic", Topic.objects.filter(course__in=courses, retired_at=None), _name_of)
        self._offer("quiz", Quiz.objects.seen_by(user).filter(course__in=courses, retired_at=None), _name_of)
        self.fields["tag"].choices = [ANY, *((tag, tag) for tag in tags)]  # type: ignore[attr-defined]  # a choice

    def _offer(self, name: str, rows: Any, label: Any) -> None:
        field: Any = self.fields[name]
        field.queryset, field.label_from_instance = rows, label
        field.empty_label = None if field.required else ANY[1]

    def clean(self) -> dict[str, Any]:
        """Refuse a topic or quiz of another course."""
        values: dict[str, Any] = super().clean() or {}
        for name in ("topic", "quiz"):
            row = values.get(name)
            if row and values.get("course") and row.course_id != values["course"].pk:
                self.add_error(name, _("This belongs to another course."))
        return values


def _name_of(row: Any) -> str:
    return said(row.title)


@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def page(request: HttpRequest) -> HttpResponse:
    """Show the form, and what the file would hold and leave behind. The bank posts the questions ticked there."""
    if request.method == "POST":
        return redirect(f"{reverse('author:export')}?{_ticked(request.POST).urlencode()}")
    asked = _with_usual(request.GET)
    form = ExportForm(asked, author_of(request))
    context: dict[str, Any] = {"form": form, "query": asked.urlencode(), "ticked": _numbers(asked), "most": MOST}
    if form.is_valid():
        found = _export(request, form, _numbers(asked))
        context |= {"export": found, "format": FORMATS[form.cleaned_data["format"]], **_told(found)}
    return render_region(request, "quizzes/author/export.html", "export-result", context)


@require_safe
@instructor_required
def download(request: HttpRequest) -> HttpResponse:
    """Send the file; who asks for nothing that can be sent is shown the form."""
    asked = _with_usual(request.GET)
    form = ExportForm(asked, author_of(request))
    found = _export(request, form, _numbers(asked)) if form.is_valid() else None
    if found is None or not found.count:
        return redirect(f"{reverse('author:export')}?{asked.urlencode()}")
    several = len(found.files) > 1
    name = f"{_file_name(form)}.zip" if several else next(iter(found.files))
    kind = "application/zip" if several else FORMATS[form.cleaned_data["format"]].content_type
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(found.data, content_type=kind, headers={"Content-Disposition": disposition})


def _export(request: HttpRequest, form: ExportForm, ticked: tuple[int, ...]) -> Export:
    values = form.cleaned_data
    wish = Wish(values["course"], values["topic"], values["tag"], values["quiz"], ticked)
    return export(
        questions=choose(user=author_of(request), wish=wish),
        course=values["course"],
        form=FORMATS[values["format"]],
        languages=languages_of(values["language"]),
        name=_file_name(form),
        now=timezone.now(),
    )


def _told(found: Export) -> dict[str, Any]:
    """Return what the page says of an export: each loss by name with its questions, as (id, pk)."""

    def rows(items: tuple[str, ...]) -> list[tuple[str, int]]:
        return [(slug, found.pks[slug]) for slug in items if slug in found.pks]

    missing = {"ko": gettext_noop("Korean is missing"), "en": gettext_noop("English is missing")}
    left = [(loss.params["what"], rows(loss.items)) for loss in found.left_out]
    left += [(gettext_noop("drafts with errors"), rows(found.unreadable))] if found.unreadable else []
    return {
        "losses": [(loss.params["what"], rows(loss.items)) for loss in found.losses],
        "left_out": left,
        "silent": [(missing[lang], rows(items)) for lang, items in found.silent.items() if items],
    }


def _file_name(form: ExportForm) -> str:
    """Return the beginning of a file's name: what is in it, in letters that every system takes."""
    values = form.cleaned_data
    of = values["quiz"] or values["topic"]
    words = [values["course"].slug, *([said(of.title)] if of else []), *([values["tag"]] if values["tag"] else [])]
    name = "".join(letter for letter in " ".join(words) if letter.isprintable())
    return get_valid_filename(name or "naru")[:NAME_LENGTH].strip(".-_") or "naru"


def _with_usual(asked: QueryDict) -> QueryDict:
    """Return the query with what is usual where it says nothing: the first course, our own format, both languages."""
    values = asked.copy()
    first = Course.objects.filter(retired_at=None).first()
    if first is None:
        raise Http404
    usual = {"course": str(first.pk), "format": "quizmd", "language": "both"}
    for name, value in usual.items():
        values[name] = values.get(name) or value
    return values


def _numbers(asked: QueryDict) -> tuple[int, ...]:
    said_of = asked.getlist("question")[:MOST_TICKED]
    return tuple(int(pk) for pk in said_of if pk.isascii() and pk.isdigit() and len(pk) < 10)


def _ticked(sent: QueryDict) -> QueryDict:
    query = QueryDict(mutable=True)
    query.setlist("question", [str(pk) for pk in _numbers(sent)])
    return query
