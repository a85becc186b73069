"""An Anki deck, written: an `.apkg` in the form that every Anki reads. Pure: SQLite in memory only.

Taking the deck in again updates its notes and doubles none: note type and deck have ids that never change, a note's
guid follows from its question, and its time is that of writing.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from html import escape

from learning.catalogue.errors import N_
from quizzes.interchange.formats import Options
from quizzes.interchange.found import Sheet, Written
from quizzes.interchange.leaving import Left, bare, fit
from quizzes.interchange.losses import unsaid
from quizzes.interchange.words import asked, to_plain
from quizzes.interchange.zips import pack
from quizzes.marking import bank
from quizzes.marking.item import Bank, Item, Section
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.kinds.matching import Matching
from quizzes.marking.kinds.ordering import Ordering

MODEL = 1_763_788_800_001  # never changes: Anki knows our notes by it
MODEL_NAME = "Naru question"
FIELDS = ("Id", "Case", "Question", "Options", "Hint", "Answer", "Explanation", "Source")
SHOWN = FIELDS[1:-1]  # what a person reads, and may change in Anki
CARRIED = frozenset(["explain", "hint", "reasons", "case", "topic", "difficulty", "tags", "heads", "shuffle"])
JUDGED = N_("marking: in Anki one judges one's own answer")
TOPIC, DIFFICULTY = "topic::", "difficulty::"
SEPARATOR = "\x1f"
NO_TIME = 1_700_000_000
QUESTION = """\
{{#Case}}<div class="case">{{Case}}</div>{{/Case}}
<div class="question">{{Question}}</div>
<div class="options">{{Options}}</div>
{{#Hint}}<details class="hint"><summary>?</summary>{{Hint}}</details>{{/Hint}}"""
ANSWER = """\
{{#Case}}<div class="case">{{Case}}</div>{{/Case}}
<div class="question">{{Question}}</div>
<hr id="answer">
<div class="answer">{{Answer}}</div>
{{#Explanation}}<div class="explanation">{{Explanation}}</div>{{/Explanation}}"""
CSS = """\
.card { font-family: system-ui, sans-serif; font-size: 18px; line-height: 1.6; text-align: left; color: #16222e;
  background: #fbfaf6; max-width: 42rem; margin: 0 auto; padding: 1rem; word-break: keep-all; overflow-wrap: anywhere; }
.nightMode.card, .night_mode .card { color: #e6ebf0; background: #10181f; }
.case { border-left: 4px solid #2f6f9f; padding-left: .8rem; margin-bottom: 1rem; }
.question { font-weight: 600; }
li { margin: .4rem 0; }
.right { font-weight: 600; }
.why { font-weight: 400; opacity: .85; }
table { border-collapse: collapse; } td, th { border: 1px solid #8aa; padding: .3rem .6rem; }
"""
_TABLES = """
create table col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
  ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
  models text not null, decks text not null, dconf text not null, tags text not null);
create table notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
  usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
  flags integer not null, data text not null);
create table cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
  mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null,
  ivl integer not null, factor integer not null, reps integer not null, lapses integer not null,
  left integer not null, odue integer not null, odid integer not null, flags integer not null, data text not null);
create table revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
  ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null,
  type integer not null);
create table graves (usn integer not null, oid integer not null, type integer not null);
create index ix_notes_usn on notes (usn);
create index ix_cards_usn on cards (usn);
create index ix_revlog_usn on revlog (usn);
create index ix_cards_nid on cards (nid);
create index ix_cards_sched on cards (did, queue, due);
create index ix_revlog_cid on revlog (cid);
create index ix_notes_csum on notes (csum);
"""


@dataclass(frozen=True, slots=True)
class Note:
    """A note as Anki keeps it."""

    guid: str
    fields: Mapping[str, str]
    tags: tuple[str, ...]


def write(sheets: Sequence[Sheet], options: Options) -> Written:
    """Return a deck of `sheets`."""
    left = Left()
    for sheet in sheets:
        left.behind(sheet, [*unsaid(sheet, CARRIED), JUDGED])
    collection = _collection([note_of(sheet, options) for sheet in sheets], options)
    return Written(pack({"collection.anki2": collection, "media": b"{}"}), tuple(left.problems))


def note_of(sheet: Sheet, options: Options) -> Note:
    """Return the note of a question."""
    key = f"naru:{options.source}:{options.language}:{sheet.item.id}"
    source = bank.write(_alone(sheet, options))
    fields = {
        "Id": f"{sheet.item.id}.{options.language}",
        **faces(sheet),
        "Source": _unread(escape(source, quote=False)).replace("\n", "<br>"),
    }
    topic = (TOPIC + sheet.topic,) if sheet.topic else ()
    tags = (*(tag.replace(" ", "_") for tag in sheet.tags), *topic, f"{DIFFICULTY}{sheet.difficulty}")
    return Note(hashlib.sha256(key.encode()).hexdigest()[:16], fields, tags)


def _alone(sheet: Sheet, options: Options) -> Bank:
    section = Section((sheet.item,), sheet.case)
    return Bank(sheet.item.id, options.language, sheet.topic, sheet.difficulty, (section,))


def faces(sheet: Sheet) -> dict[str, str]:
    """Return the fields of a note that a person reads, as HTML."""
    item, case = sheet.item, sheet.case
    return {
        "Case": f"<b>{_html(case.title)}</b> {_html(case.text)}" if case else "",
        "Question": _html(asked(item)),
        "Options": _options(item),
        "Hint": _html(item.hint),
        "Answer": _answer(item),
        "Explanation": _html(item.explain),
    }


def _options(item: Item) -> str:
    body, view = item.body, item.body.public_view(item.id)
    if isinstance(body, Choice):
        return _list("A", [_html(piece) for piece in view.pieces])
    if isinstance(body, Matching):
        rows = [_html(left) for left, _ in body.pairs if left]
        return _list("1", rows) + _list("A", [_html(piece) for piece in view.pieces])
    return _list("disc", [_html(piece) for piece in view.pieces])


def _answer(item: Item) -> str:
    body = item.body
    if isinstance(body, Choice):
        return _list("A", [_told(o.text, o.rationale, "right" if o.right else "") for o in body.options])
    if isinstance(body, Ordering):
        return _list("1", [_told(step.text, step.rationale) for step in body.steps])
    assert isinstance(body, Matching)  # noqa: S101 - for the types; a new kind is to be given its place here
    rows = (f"<tr><td>{_html(left)}</td><td>{_html(right)}</td></tr>" for left, right in body.pairs if left)
    return f"<table>{''.join(rows)}</table>"


def _told(text: str, reason: str, kind: str = "") -> str:
    """Return a piece with its reason; a right one has a tick, too, for who sees no bold."""
    head = f'<span class="{kind}">{_html(text)} ✓</span>' if kind else _html(text)
    return f'{head}<div class="why">{_html(reason)}</div>' if reason else head


def _list(kind: str, entries: Sequence[str]) -> str:
    tag = f'ul type="{kind}"' if kind == "disc" else f'ol type="{kind}"'
    return f"<{tag}>{''.join(f'<li>{entry}</li>' for entry in entries)}</{tag[:2]}>"


def _html(words: str) -> str:
    """Return Markdown as HTML in which Anki finds no sound, no formula and no field of its own."""
    return _unread(bare(words))


def _unread(markup: str) -> str:
    """Return HTML with the brackets by which Anki knows its own written as numbers."""
    return markup.replace("[", "&#91;").replace("{{", "&#123;&#123;")


# --- the collection


def _collection(notes: Sequence[Note], options: Options) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(_TABLES)
        now, deck = options.written_at or NO_TIME, _deck_id(options)
        settings: tuple[dict[str, object], ...] = (_CONF, _models(now, deck), _decks(now, deck, options), _DCONF, {})
        values = (1, now, now * 1000, now * 1000, 11, 0, 0, 0, *map(json.dumps, settings))
        _insert(database, "col", values)
        for number, note in enumerate(notes, start=1):
            for table, row in _rows(note, number, now, deck):
                _insert(database, table, row)
        database.commit()
        return database.serialize()


def _insert(database: sqlite3.Connection, table: str, values: Sequence[object]) -> None:
    marks = ", ".join("?" * len(values))
    database.execute(f"insert into {table} values ({marks})", values)  # noqa: S608 - names of ours


def _rows(note: Note, number: int, now: int, deck: int) -> Iterator[tuple[str, tuple[object, ...]]]:
    ident = now * 1000 + number
    first = note.fields["Id"]
    digest = hashlib.sha1(first.encode(), usedforsecurity=False).hexdigest()
    tags = f" {' '.join(note.tags)} "
    fields = SEPARATOR.join(fit(note.fields[name]) for name in FIELDS)
    yield "notes", (ident, note.guid, MODEL, now, -1, tags, fields, first, int(digest[:8], 16), 0, "")
    yield "cards", (ident, ident, deck, 0, now, -1, 0, 0, number, 0, 0, 0, 0, 0, 0, 0, 0, "")


def _deck_id(options: Options) -> int:
    digest = hashlib.sha256(f"naru:{options.source}:{options.language}".encode()).digest()
    return 1_400_000_000_000 + int.from_bytes(digest[:5]) % 100_000_000_000


def _decks(now: int, deck: int, options: Options) -> dict[str, object]:
    name = " ".join(fit(to_plain(options.title or "Naru")).replace("::", ":").split())[:100]
    shared: dict[str, object] = {
        "conf": 1,
        "desc": "",
        "dyn": 0,
        "collapsed": False,
        "browserCollapsed": False,
        "extendNew": 0,
        "extendRev": 0,
        "mod": now,
        "usn": -1,
        **{key: [0, 0] for key in ("lrnToday", "newToday", "revToday", "timeToday")},
    }
    return {"1": {**shared, "id": 1, "name": "Default"}, str(deck): {**shared, "id": deck, "name": name}}


def _models(now: int, deck: int) -> dict[str, object]:
    look = {"font": "Arial", "media": [], "rtl": False, "size": 18, "sticky": False}
    template = {"name": "Card 1", "ord": 0, "qfmt": QUESTION, "afmt": ANSWER, "bqfmt": "", "bafmt": "", "did": None}
    model = {
        "id": MODEL,
        "name": MODEL_NAME,
        "type": 0,
        "mod": now,
        "usn": -1,
        "sortf": 0,
        "did": deck,
        "css": CSS,
        "flds": [{"name": name, "ord": place, **look} for place, name in enumerate(FIELDS)],
        "tmpls": [template],
        "latexPre": "",
        "latexPost": "",
        "tags": [],
        "vers": [],
        "req": [[0, "any", [FIELDS.index("Question")]]],
    }
    return {str(MODEL): model}


_CONF: dict[str, object] = {
    "activeDecks": [1],
    "addToCur": True,
    "collapseTime": 1200,
    "curDeck": 1,
    "curModel": str(MODEL),
    "dueCounts": True,
    "estTimes": True,
    "newSpread": 0,
    "nextPos": 1,
    "sortBackwards": False,
    "sortType": "noteFld",
    "timeLim": 0,
}
_DCONF: dict[str, object] = {
    "1": {
        "id": 1,
        "name": "Default",
        "mod": 0,
        "usn": 0,
        "maxTaken": 60,
        "timer": 0,
        "autoplay": True,
        "replayq": True,
        "new": {"bury": True, "delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 7], "order": 1, "perDay": 20},
        "lapse": {"delays": [10], "leechAction": 0, "leechFails": 8, "minInt": 1, "mult": 0},
        "rev": {"bury": True, "ease4": 1.3, "ivlFct": 1, "maxIvl": 36500, "minSpace": 1, "perDay": 100, "fuzz": 0.05},
    }
}
