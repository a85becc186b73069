"""An Anki deck, read: `.apkg` of any age. Writing one: `anki_out`. Pure.

Our own notes bring their question along as it was written. Of other note types those become questions whose fields say
which are options and which is right; all others are listed by the name of their note type.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape

import zstandard

from learning.catalogue.errors import N_, Problem
from quizzes.interchange import anki_db
from quizzes.interchange.anki_choice import as_choice
from quizzes.interchange.anki_db import DAMAGED, DeckError
from quizzes.interchange.anki_out import DIFFICULTY, SEPARATOR, SHOWN, TOPIC, faces, write
from quizzes.interchange.fitting import Noted
from quizzes.interchange.formats import Options
from quizzes.interchange.found import Found, Reading, Sheet
from quizzes.interchange.ids import slug_of
from quizzes.interchange.limits import MAX_PART, MAX_QUESTIONS
from quizzes.interchange.words import to_plain
from quizzes.interchange.zips import Archive, ZipError, open_archive
from quizzes.marking import bank

__all__ = ["read", "write"]

NEWEST, COLLECTIONS = "collection.anki21b", ("collection.anki21", "collection.anki2")
MAX_TYPES = 1_000
NO_QUESTION = N_("Cards of the note type “%(kind)s” are no questions with options.")


@dataclass(frozen=True, slots=True)
class _Type:
    """A note type: its name and the names of its fields."""

    name: str
    fields: tuple[str, ...]


def read(data: bytes, options: Options) -> Reading:
    """Return the questions of a deck."""
    try:
        with anki_db.opened(_collection(open_archive(data))) as database:
            types = _types(database)
            query = "select mid, guid, tags, flds from notes"
            notes = anki_db.rows(database, query, MAX_QUESTIONS + 1)
    except (ZipError, DeckError) as error:
        return Reading(problems=(error.problem,))
    questions = [_question(number, row, types, options) for number, row in enumerate(notes[:MAX_QUESTIONS], start=1)]
    problems: tuple[Problem, ...] = ()
    if len(notes) > MAX_QUESTIONS:
        message = N_("The deck has more than %(limit)s notes; the rest is not read.")
        problems = (Problem("", 0, message, {"limit": MAX_QUESTIONS}),)
    elif not notes:
        problems = (Problem("", 0, N_("There is no note in this deck.")),)
    return Reading(tuple(questions), problems)


def _collection(archive: Archive) -> bytes:
    if NEWEST in archive:
        return _unpacked(archive.read(NEWEST))
    name = next((name for name in COLLECTIONS if name in archive), "")
    if not name:
        raise ZipError(N_("There is no Anki collection in this archive."))
    return archive.read(name)


def _unpacked(data: bytes) -> bytes:
    try:
        with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(data) as stream:
            unpacked = stream.read(MAX_PART + 1)
    except zstandard.ZstdError:
        raise DeckError(DAMAGED) from None
    if len(unpacked) > MAX_PART:
        raise DeckError(N_("The collection in this deck is larger than %(limit)s MB."), limit=MAX_PART // 1024**2)
    return unpacked


# --- note types, as old collections keep them (JSON in one row) and new ones (tables)


def _types(database: sqlite3.Connection) -> dict[object, _Type]:
    if anki_db.has(database, "notetypes"):
        return _tabled(database)
    row = anki_db.rows(database, "select models from col", 1)
    models = anki_db.loaded(row[0][0]) if row else None
    if not isinstance(models, dict):
        raise DeckError(DAMAGED)
    return {int(key): _type(model) for key, model in models.items() if str(key).isdecimal() and len(key) < 20}


def _type(model: object) -> _Type:
    if not isinstance(model, dict):
        return _Type("?", ())
    fields = model.get("flds")
    named = [field.get("name") for field in fields if isinstance(field, dict)] if isinstance(fields, list) else []
    return _Type(str(model.get("name", "?"))[:80], tuple(str(name) for name in named))


def _tabled(database: sqlite3.Connection) -> dict[object, _Type]:
    fields: dict[object, dict[object, str]] = {}
    for kind, place, name in anki_db.rows(database, "select ntid, ord, name from fields", MAX_TYPES * 20):
        fields.setdefault(kind, {})[place] = str(name)
    return {
        kind: _Type(str(name)[:80], _in_order(fields.get(kind, {})))
        for kind, name in anki_db.rows(database, "select id, name from notetypes", MAX_TYPES)
    }


def _in_order(fields: Mapping[object, str]) -> tuple[str, ...]:
    places = sorted(place for place in fields if isinstance(place, int))
    return tuple(fields[place] for place in places)


# --- notes


def _question(number: int, row: Sequence[object], types: Mapping[object, _Type], options: Options) -> Found:
    kind, guid, tags, joined = row
    noted = Noted(number)
    values = joined.split(SEPARATOR) if isinstance(joined, str) else []
    known = types.get(kind, _Type("?", ()))
    fields = dict(zip(known.fields, values, strict=False))
    words = tuple(tags.split()) if isinstance(tags, str) else ()
    if {"Id", "Source"} <= set(fields):
        return _ours(fields, words, noted)
    item = as_choice(fields, slug_of(str(guid)), noted, options)
    if item is None and not noted.problems:
        noted.wrong(NO_QUESTION, kind=known.name)
    label = to_plain(item.stem) if item else noted.plain(values[0]) if values else known.name
    return noted.found(item, label or known.name, tags=words)


def _ours(fields: Mapping[str, str], tags: Sequence[str], noted: Noted) -> Found:
    """Return the question that a note of ours brings along; what was changed in Anki is not read, and said."""
    source = unescape(fields["Source"].replace("<br>", "\n"))
    reading = bank.read(source)
    items = reading.bank.items()
    if len(items) != 1 or reading.problems:
        noted.wrong(N_("The field “Source” of this note does not hold one question any more."))
        return noted.found(None, fields["Id"])
    item, case = items[0], reading.bank.cases().get(items[0].id)
    difficulty = reading.bank.difficulty_of(item)
    sheet = Sheet(item, case, reading.bank.topic_of(item), difficulty)
    if any(fields.get(name, "") != face for name, face in faces(sheet).items() if name in SHOWN):
        noted.doubtful(N_("This note was changed in Anki; the question is read as it was before."))
    own = tuple(tag for tag in tags if not tag.startswith((TOPIC, DIFFICULTY)))
    said = {"topic": sheet.topic, "difficulty": difficulty, "language": reading.bank.lang}
    return noted.found(item, to_plain(item.stem), case=case, tags=own, **said)
