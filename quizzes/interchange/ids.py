"""Ids of questions that come from elsewhere. Pure."""

import hashlib
import re

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


def slug_of(foreign: str) -> str:
    """Return the id under which a question known elsewhere as `foreign` is kept here, always the same; "" for "".

    An id in our own form stays as it is, any other becomes `x-` and a digest of it.
    """
    foreign = foreign.strip()
    if not foreign or SLUG.fullmatch(foreign):
        return foreign
    return f"x-{hashlib.sha256(foreign.encode(errors='replace')).hexdigest()[:16]}"
