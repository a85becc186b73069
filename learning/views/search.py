"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from learning import search
from learning.http import render_region


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show what was found for `?q=`; as one types, only the list."""
    query = request.GET.get("q", "")[: search.LONGEST]
    hits = [search.hit(entry, query) for entry in search.find(query, (get_language() or "ko")[:2])]
    return render_region(request, "learning/search.html", "search-results", {"query": query, "hits": hits})
