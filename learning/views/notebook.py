"""The notebook of mistakes over all attempts as a Markdown note. Must not know where mistakes come from."""

import re
from collections.abc import Callable, Iterable, Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.activities import Mistake
from learning.http import language
from learning.models import Statement, said

SPECIAL = re.compile(r"([\\`*\[\]<>#|~])")  # what Markdown would read as more than a letter
AT_START = re.compile(r"^([-+=]|\d+[.)])(?=\s|$)")

type Cite = Callable[[str, str], str]  # course and statement to a line; "" for a statement that is gone


def notebook(mistakes: Iterable[Mistake], cite: Cite) -> str:
    """Return the note. What was missed or guessed comes with what was answered, what is right, why, and its source."""
    day = timezone.localdate().isoformat()
    blocks = [f'---\ntitle: "{_("Notebook of mistakes")}"\ndate: {day}\n---']
    blocks += ["\n\n".join(_entry(one, cite)) for one in mistakes]
    return "\n\n".join([*blocks, *([] if blocks[1:] else [_("Nothing was missed, nothing was guessed.")])]) + "\n"


def _entry(one: Mistake, cite: Cite) -> Iterator[str]:
    yield f"## {escaped(one.title)}"
    yield f"*{escaped(_how(one))}*"
    if one.text:
        yield escaped(one.text)
    yield f"{_('Your answer')}: {_joined(one.own) or '–'}"
    yield f"{_('Right answer')}: **{_joined(one.right)}**"
    if one.corrected:
        yield _("This question was wrong then and has been corrected since.")
    yield from (f"> {escaped(reason)}" for reason in dict.fromkeys(one.reasons))
    if lines := [f"- {line}" for slug in one.statements if (line := cite(one.course, slug))]:
        yield "\n".join(lines)


def _how(one: Mistake) -> str:
    """Return when it was and how it went: "22 Nov 2026 · missed twice · sure"."""
    day = date_format(timezone.localtime(one.seen_at), "SHORT_DATE_FORMAT")
    went = _("Right, but guessed") if one.correct else ngettext("missed once", "missed %(n)s times", one.times)
    sure = [_("you were sure")] if one.confidence == "sure" and not one.correct else []
    return " · ".join([day, went % {"n": one.times} if not one.correct else went, *sure])


def _joined(lines: Iterable[str]) -> str:
    return " / ".join(map(escaped, lines))


def escaped(text: str) -> str:
    """Return `text`, one line, so that Markdown shows it as it is."""
    return AT_START.sub(r"\\\1", SPECIAL.sub(r"\\\1", text))


def cited() -> Cite:
    """Return what cites the statements of all courses, read once: its words, and a link as a vault has them."""
    rows = Statement.objects.filter(retired_at=None).values_list("course__slug", "slug", "words", "lesson__slug")
    lines = {
        (course, slug): f"{escaped(said(words, language()))} [[{lesson}#^{slug}]]"
        for course, slug, words, lesson in rows
    }
    return lambda course, slug: lines.get((course, slug), "")
