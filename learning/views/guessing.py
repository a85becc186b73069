"""Guessing codes is counted: so many wrong ones of a browser and of an address, then none is taken for a while.

Right codes cost nothing: a whole school may come from one address. Knows no classes.
"""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from learning.models import GUEST_KEY

WINDOW = 15 * 60  # seconds, from the last wrong one
OF_ONE = 10
OF_ADDRESS = 60


def is_barred(request: HttpRequest) -> bool:
    """Whether too many wrong codes came from here."""
    return any(cache.get(key, 0) >= most for key, most in _keys(request))


def note_miss(request: HttpRequest) -> None:
    """Count a wrong code."""
    for key, _most in _keys(request):
        cache.set(key, cache.get(key, 0) + 1, WINDOW)


def _keys(request: HttpRequest) -> list[tuple[str, int]]:
    """Return what is counted, with the most of it: the address, and who is known by a sign-in or a session."""
    keys = [(f"join:address:{get_adapter(request).get_client_ip(request)}", OF_ADDRESS)]
    who = (request.user.pk, request.session.get(GUEST_KEY))
    return [*keys, (f"join:who:{who[0]}:{who[1]}", OF_ONE)] if any(who) else keys
