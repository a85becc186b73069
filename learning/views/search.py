"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from learning import search
from learning.http import language, render_region
from learning.models import SearchEntry
from learning.outline import outline


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show what was found for `?q=`; as one types, only the list."""
    query = request.GET.get("q", "")[: search.LONGEST]
    entries = search.find(query, language())
    hits = [(above(entry), search.hit(entry, query)) for entry in entries]
    return render_region(request, "learning/search.html", "search-results", {"query": query, "hits": hits})


def above(entry: SearchEntry) -> str:
    """Return the title of the lesson `entry` stands in, for sections called alike; "" where it says that itself."""
    lines = outline(entry.lesson.course).lessons
    title = next((line.title for line in lines if line.slug == entry.lesson.slug), "")
    return "" if title == entry.title else title
