"""The search page: lessons and statements, and what the reader has met of everything else."""

from collections.abc import Iterator
from itertools import islice

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning import search
from learning.activities import activities
from learning.http import language, render_region
from learning.models import Learner, SearchEntry
from learning.outline import outline

MOST_MET = 20  # questions shown


@require_safe
@never_cache
def results(request: HttpRequest) -> HttpResponse:
    """Show what was found for `?q=`; as one types, only the list."""
    query = request.GET.get("q", "")[: search.LONGEST]
    entries = search.find(query, language())
    hits = [(above(entry), search.hit(entry, query)) for entry in entries]
    context = {"query": query, "hits": hits, "met": list(islice(met(Learner.objects.of(request), query), MOST_MET))}
    return render_region(request, "learning/search.html", "search-results", context)


def met(learner: Learner | None, query: str) -> Iterator[tuple[str, search.Hit]]:
    """Yield with its topic what `learner` has met that holds `query`, the latest first; of nobody nothing."""
    if learner is None or not search.normal(query):
        return
    for activity in activities():
        for one in activity.met(learner):
            if hit := search.hit_in(one.title, one.text, one.url, query):
                yield one.topic, hit


def above(entry: SearchEntry) -> str:
    """Return the title of the lesson `entry` stands in, for sections called alike; "" where it says that itself."""
    lines = outline(entry.lesson.course).lessons
    title = next((line.title for line in lines if line.slug == entry.lesson.slug), "")
    return "" if title == entry.title else title
