"""A stranger's SQLite file, read in memory: real tables only, bounded work, nothing it defines is run. Pure."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import cast

from learning.catalogue.errors import N_, Problem

MAGIC = b"SQLite format 3\x00"
TABLES = ("col", "notes", "notetypes", "fields")
MAX_VALUE = 8 * 1024 * 1024  # bytes of one value
_STEPS = 100_000  # of SQLite's machine, between two looks
_LOOKS = 500
_ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
_WAL = (18, 19)  # bytes of the header that ask for a log file, which a file alone has not

DAMAGED = N_("The collection in this deck is damaged or is no Anki collection.")


class DeckError(Exception):
    """The collection cannot be read; `problem` says why."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.problem = Problem("", 0, message, params)


@contextmanager
def opened(data: bytes) -> "Iterator[sqlite3.Connection]":
    """Give the database in `data`, from which only TABLES can be selected. Raises DeckError for all that goes wrong."""
    if not data.startswith(MAGIC):
        raise DeckError(DAMAGED)
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        database.deserialize(_without_log(data))
        _bound(database)
        yield database
    except (sqlite3.Error, OverflowError, MemoryError, UnicodeError):  # even its messages may be damaged
        raise DeckError(DAMAGED) from None
    finally:
        database.close()


def _without_log(data: bytes) -> bytes:
    changed = bytearray(data)
    for place in _WAL:
        changed[place] = 1
    return bytes(changed)


def _bound(database: sqlite3.Connection) -> None:
    """Let nobody's views, triggers or functions run, and nothing run for long."""
    database.text_factory = lambda value: value.decode("utf-8", "replace")
    database.create_collation("unicase", lambda one, other: (one > other) - (one < other))
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
    database.execute("pragma trusted_schema = off")
    database.execute("pragma query_only = on")
    looks = iter(range(_LOOKS))
    database.set_progress_handler(lambda: next(looks, None) is None, _STEPS)
    master = "select name, type, sql from sqlite_master where name in (?, ?, ?, ?)"
    for name, kind, sql in database.execute(master, TABLES).fetchall():
        if kind != "table" or not str(sql).lower().lstrip().startswith("create table"):
            raise DeckError(N_("“%(name)s” in this deck is no table."), name=str(name)[:40])
    database.set_authorizer(_allow)


def _allow(action: int, table: str | None, column: str | None, schema: str | None, inner: str | None) -> int:
    fine = action in _ALLOWED and (action != sqlite3.SQLITE_READ or table in TABLES) and inner is None
    return sqlite3.SQLITE_OK if fine else sqlite3.SQLITE_DENY


def has(database: sqlite3.Connection, table: str) -> bool:
    """Return whether there is a table of this name."""
    try:
        database.execute(f"select 1 from {table} limit 1")  # noqa: S608 - one of TABLES
    except sqlite3.OperationalError:
        return False
    return True


def rows(database: sqlite3.Connection, query: str, limit: int) -> list[Sequence[object]]:
    """Return at most `limit` rows."""
    return cast(list[Sequence[object]], database.execute(f"{query} limit {limit:d}").fetchall())


def loaded(text: object) -> object:
    """Return JSON of the collection, or None when it is none."""
    try:
        return cast(object, json.loads(text)) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None
