"""Search over lessons and statements: bigrams for Korean, prefixes for Latin, on both databases.

`SearchEntry.grams` holds the words cut by `learning.catalogue.grams`; SQLite reads them through an FTS5 table,
PostgreSQL through a text-search index (migration 0002).
"""

import re
import unicodedata
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from learning.catalogue.grams import holds, runs, terms
from learning.models import SearchEntry

LONGEST = 100  # characters of a query that are looked at
AROUND = 60  # characters shown on each side of the first hit


@dataclass(frozen=True, slots=True)
class Hit:
    """One found place, ready to show: title and excerpt are HTML with the found words in <mark>."""

    url: str
    title: SafeString
    excerpt: SafeString


def normal(text: str) -> str:
    """Return `text` as it is compared: composed Hangul, lower case, one line, bounded."""
    return " ".join(unicodedata.normalize("NFC", text.replace("\0", " ")).lower().split())[:LONGEST]


def find(query: str, language: str, limit: int = 30) -> list[SearchEntry]:
    """Return the entries in `language` that hold every term of `query`, best first."""
    wanted = terms(normal(query))
    if not wanted:
        return []
    entries = SearchEntry.objects.filter(language=language, lesson__retired_at=None).select_related("lesson__course")
    found = _sqlite(entries, wanted) if connection.vendor == "sqlite" else _postgresql(entries, wanted)
    return list(found[:limit])


def _sqlite(entries: QuerySet[SearchEntry], wanted: list[str]) -> QuerySet[SearchEntry]:
    match = " ".join(f'"{term}"*' for term in wanted)
    ids = "SELECT rowid FROM learning_search WHERE learning_search MATCH %s"
    rank = ids.replace("rowid", "bm25(learning_search)", 1) + " AND rowid = learning_searchentry.id"
    return entries.extra(  # noqa: S610 - parameters are bound; FTS5 has no ORM form
        where=[f"learning_searchentry.id IN ({ids})"],
        params=[match],
        select={"rank": f"({rank})"},
        select_params=[match],
        order_by=["rank", "id"],
    )


def _postgresql(entries: QuerySet[SearchEntry], wanted: list[str]) -> QuerySet[SearchEntry]:
    phrases = (" <-> ".join(f"'{piece}'" for piece in term.split()) for term in wanted)
    query = " & ".join(f"({phrase}:*)" for phrase in phrases)
    vector = "to_tsvector('simple', learning_searchentry.grams)"
    return entries.extra(  # noqa: S610 - parameters are bound; the index is on this expression
        where=[f"{vector} @@ to_tsquery('simple', %s)"],
        params=[query],
        select={"rank": f"-ts_rank({vector}, to_tsquery('simple', %s))"},
        select_params=[query],
        order_by=["rank", "id"],
    )


def hit(entry: SearchEntry, query: str) -> Hit:
    """Return `entry` as a result of `query`: where it leads and what it says there."""
    mark = f"?s={entry.anchor}" if entry.kind == "statement" else ""
    anchor = f"#{entry.anchor}" if entry.anchor else ""
    return _hit(f"{entry.lesson.get_absolute_url()}{mark}{anchor}", entry.title, entry.body, query)


def hit_in(title: str, text: str, url: str, query: str) -> Hit | None:
    """Return what is called `title` and says `text` as a result of `query`; None when it does not hold every term."""
    return _hit(url, title, text, query) if holds(f"{title} {text}", normal(query)) else None


def _hit(url: str, title: str, text: str, query: str) -> Hit:
    wanted = runs(normal(query))
    body = _around(unicodedata.normalize("NFC", text), wanted)
    return Hit(url, highlighted(title, wanted), highlighted(body, wanted))


def _around(text: str, wanted: list[str]) -> str:
    """Return what stands round the first hit, whole words where they are not long."""
    places = [place for term in wanted if (place := text.lower().find(term)) >= 0]
    first = min(places, default=0)
    start = max(first - AROUND, 0)
    end = start + 3 * AROUND
    if start:
        start = max(start, text.find(" ", start, first) + 1)
    if end < len(text):
        end = max(text.rfind(" ", first + AROUND, end + 1), 0) or end
    return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")


def highlighted(text: str, wanted: list[str]) -> SafeString:
    """Return `text` escaped, with each term of `wanted` in <mark>."""
    text = unicodedata.normalize("NFC", text)
    if not wanted:
        return SafeString(escape(text))
    longest_first = sorted(set(wanted), key=len, reverse=True)
    pieces = re.split("(" + "|".join(map(re.escape, longest_first)) + ")", text, flags=re.IGNORECASE)
    marked = (f"<mark>{escape(p)}</mark>" if i % 2 else escape(p) for i, p in enumerate(pieces))
    return mark_safe("".join(marked))  # noqa: S308 - every piece is escaped above
