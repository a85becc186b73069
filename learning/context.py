"""What the shell of every page needs: the user's name, the colours and the same page in the other language."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject

SCHEMES = ("auto", "light", "dark")
SCHEME_COOKIE = "scheme"
OWN_NAMES = {"ko": "한국어", "en": "English"}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the colour scheme and the other-language address; must not query."""
    chosen = request.COOKIES.get(SCHEME_COOKIE, "auto")
    return {
        "username": lambda: request.user.get_username(),  # asked for by the menu; an error page may have no user yet
        "scheme": chosen if chosen in SCHEMES else "auto",
        # Lazy: a region that htmx swaps has no menu, and resolving an address twice costs a good part of it.
        "other_languages": SimpleLazyObject(lambda: languages(request)),
    }


def languages(request: HttpRequest) -> list[dict[str, str]]:
    """Return each language with its own name and this page's whole address in it, as search engines want it."""
    here = request.build_absolute_uri()
    return [{"code": code, "name": OWN_NAMES[code], "url": translate_url(here, code)} for code, _ in settings.LANGUAGES]
