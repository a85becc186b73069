"""What the shell of every page needs: the sections of the site and the same page in the other language."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url

SCHEMES = ("auto", "light", "dark")
SCHEME_COOKIE = "scheme"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the colour scheme and the other-language address; must not query."""
    chosen = request.COOKIES.get(SCHEME_COOKIE, "auto")
    here = request.build_absolute_uri()  # search engines want whole addresses of a page in other languages
    return {
        "username": request.user.get_username(),
        "scheme": chosen if chosen in SCHEMES else "auto",
        "other_languages": [
            {"code": code, "name": {"ko": "한국어", "en": "English"}[code], "url": translate_url(here, code)}
            for code, _name in settings.LANGUAGES
        ],
    }
