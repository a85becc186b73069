"""Anki decks both ways; the real program was tried by hand (docs/exporting-questions.md)."""

import io
import json
import sqlite3
import zipfile
from collections.abc import Sequence
from dataclasses import replace

import pytest
import zstandard
from hypothesis import given, settings

from quizzes.interchange.anki_out import FIELDS, MODEL, note_of
from quizzes.interchange.formats import FORMATS
from quizzes.interchange.found import Sheet
from quizzes.interchange.limits import MAX_QUESTIONS
from quizzes.marking.item import Item, Option
from quizzes.marking.kinds.choice import Choice
from tests.quizzes.interchange import foreign
from tests.quizzes.interchange.foreign import EN, losses, read, read_back, refused, said, zipped

ITEM = Item("x-1", "Which <one>?", Choice((Option("a & b", "Yes [1]", right=True), Option("c"))), explain="Because.")
ALL_IN_ONE = ("Question", "QType (0=kprim,1=mc,2=sc)", "Q_1", "Q_2", "Q_3", "Answers", "Extra 1")

FOUR = ("Question", "Choice1", "Choice2", "Choice3", "Choice4", "Answer")


def collection(deck: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(deck)) as archive:
        return archive.read("collection.anki2")


def opened(deck: bytes) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.deserialize(collection(deck))
    return database


def deck(fields: Sequence[str], *notes: Sequence[object], models: object = None, sql: str = "") -> bytes:
    """Return a deck of one note type with these fields and notes, as old Ankis write it."""
    database = sqlite3.connect(":memory:")
    database.executescript("create table col (models); create table notes (mid, guid, tags, flds);")
    kind = {"7": {"name": "Their type", "flds": [{"name": name, "ord": n} for n, name in enumerate(fields)]}}
    said = models if isinstance(models, str | bytes | int) else json.dumps(kind)
    database.execute("insert into col values (?)", (said,))
    for note in notes:
        joined = "\x1f".join(str(value) for value in note)
        database.execute("insert into notes values (7, 'g', ' tag ', ?)", (joined,))
    database.executescript(sql)
    database.commit()
    data = database.serialize()
    database.close()
    return zipped({"collection.anki2": data, "media": '{"0": "../../x"}', "0": b"\x00" * 9})


def test_it_works() -> None:
    found = read_back("anki", Sheet(ITEM, topic="efs", difficulty=4, tags=("two words", "b")))
    assert (found.item, found.topic, found.difficulty, found.language) == (ITEM, "efs", 4, "en")
    assert found.tags == ("two_words", "b")
    assert said(found) == []


@settings(max_examples=60)
@given(foreign.sheets)
def test_what_goes_out_comes_back(sheet: Sheet) -> None:
    found = read_back("anki", sheet)
    assert found.item == foreign.carried(sheet)
    assert found.case == sheet.case
    assert (found.topic, found.difficulty, set(found.tags)) == (sheet.topic, sheet.difficulty, set(sheet.tags))
    assert found.problems == ()


def test_ids_stay_so_that_a_deck_is_updated_and_not_doubled() -> None:
    first = FORMATS["anki"].write([Sheet(ITEM), Sheet(replace(ITEM, id="x-2"))], EN).data
    again = FORMATS["anki"].write([Sheet(replace(ITEM, stem="Other?"))], replace(EN, written_at=EN.written_at + 9)).data
    query = "select guid, mid, mod, sfld from notes order by sfld"
    (one, other), (later,) = opened(first).execute(query).fetchall(), opened(again).execute(query).fetchall()
    assert one[:2] == later[:2]
    assert one[0] != other[0]
    assert later[2] > one[2]
    assert one[1] == MODEL
    assert (one[3], other[3]) == ("x-1.en", "x-2.en")


def test_languages_and_courses_do_not_meet() -> None:
    guids = {note_of(Sheet(ITEM), replace(EN, language=lang, source=of)).guid for lang in ("ko", "en") for of in "ab"}
    assert len(guids) == 4


def test_fields_are_html_and_nothing_of_ankis_own() -> None:
    evil = replace(ITEM, stem="[sound:x.mp3] {{Question}} [latex]x[/latex] <script>alert(1)</script>")
    (fields,) = opened(FORMATS["anki"].write([Sheet(evil)], EN).data).execute("select flds from notes").fetchone()
    shown = fields.split("\x1f")
    assert len(shown) == len(FIELDS)
    assert [bad for bad in ("[sound", "{{", "[latex", "<script") if bad in fields] == []


def test_words_changed_in_anki_are_said_to_be_changed() -> None:
    data = FORMATS["anki"].write([Sheet(ITEM)], EN).data
    database = opened(data)
    database.execute("update notes set flds = replace(flds, 'Because.', 'Why not.')")
    database.commit()
    (found,) = read("anki", zipped({"collection.anki2": database.serialize()}))
    assert found.item is not None
    database.execute("update notes set flds = replace(flds, '###', '##')")
    database.commit()
    (broken,) = read("anki", zipped({"collection.anki2": database.serialize()}))
    assert broken.item is None
    assert "does not hold one question any more" in said(broken)[0]


def test_new_collections_are_read() -> None:
    database = sqlite3.connect(":memory:")
    database.create_collation("unicase", lambda one, other: (one > other) - (one < other))
    database.executescript(
        "create table notetypes (id integer primary key, name text collate unicase);"
        "create table fields (ntid integer, ord integer, name text collate unicase, primary key (ntid, ord))"
        " without rowid; create unique index ix on fields (name, ntid);"
        "create table notes (mid, guid, tags, flds);"
        "insert into notetypes values (7, 'Theirs');"
        "insert into fields values (7, 1, 'Option A'), (7, 0, 'Question'), (7, 2, 'Option B'), (7, 3, 'Answer');"
        "insert into notes values (7, 'g', '', 'Which?' || char(31) || 'x' || char(31) || 'y' || char(31) || 'B');"
    )
    packed = zstandard.compress(database.serialize())
    (found,) = read("anki", zipped({"collection.anki2": b"old", "collection.anki21b": packed}))
    assert found.item
    assert found.item.key() == (1,)


CHOICES = [
    (ALL_IN_ONE, ("W?", "1", "x", "y", "z", "1 0 1", "why"), (0, 2)),
    (ALL_IN_ONE, ("W?", "1", "x", "y", "", "0 1", ""), (1,)),
    (("Question", "Option A", "Option B", "Correct Answer"), ("W?", "x", "y", "b"), (1,)),
    (("Question", "Option A", "Option B", "Option C", "Key"), ("W?", "x", "y", "z", "A, C"), (0, 2)),
    (("문제", "보기1", "보기2", "정답", "해설"), ("뭘까?", "가", "나", "2", "왜"), (1,)),
    (("Front", "Choice 1", "Choice 2", "Answer"), ("<b>W</b>?", "x <i>y</i>", "z", "x y"), (0,)),
    (FOUR, ("W?", "a", "", "c", "d", "3"), (1,)),
    (FOUR, ("W?", "a", "", "c", "d", "A, D"), (0, 2)),
    (FOUR, ("W?", "a", "", "c", "d", "0 0 1 0"), (1,)),
    (FOUR, ("W?", "a", "", "c", "d", "0 0 1"), (2,)),
    (FOUR, ("W?", "a", "b", "", "", "0 1 0 0 0"), (1,)),
    (FOUR, ("W?", "a", "b", "c", "d", "②④"), (1, 3)),
    (FOUR, ("W?", "1", "2", "3", "4", "3"), (2,)),
    (FOUR, ("W?", "C", "B", "A", "D", "A"), (2,)),
    (("Question", "Option A", "Option B", "Option C", "Key"), ("W?", "3", "2", "1", "1"), (2,)),
]


@pytest.mark.parametrize(("fields", "values", "key"), CHOICES)
def test_fields_that_are_options_make_a_question(
    fields: tuple[str, ...], values: tuple[str, ...], key: tuple[int, ...]
) -> None:
    (found,) = read("anki", deck(fields, values))
    assert found.item
    assert (found.item.key(), found.tags) == (key, ("tag",))


def test_what_is_no_question_is_named() -> None:
    (basic,) = read("anki", deck(("Front", "Back"), ("capital?", "Seoul")))
    assert said(basic) == ["Cards of the note type “Their type” are no questions with options."]
    (kprim,) = read("anki", deck(ALL_IN_ONE, ("W?", "0", "x", "y", "z", "1 0 1", "")))
    assert "kprim" in said(kprim)[0]
    (wrong,) = read("anki", deck(("Question", "Option A", "Option B", "Answer"), ("W?", "x", "y", "none")))
    assert "“none” names no option." in said(wrong)[0]
    (several,) = read("anki", deck(ALL_IN_ONE, ("W?", "2", "x", "y", "z", "1 0 1", "")))
    assert said(several) == ["Several options are right, but only one can be chosen."]
    (sound,) = read("anki", deck(ALL_IN_ONE, ("W? [sound:a.mp3] <img src='x.jpg'>", "1", "x", "y", "z", "1 0 1", "")))
    assert {"Not taken over: picture.", "Not taken over: sound, film or drawing."} <= set(said(sound))


@pytest.mark.parametrize("key", ["2", "0 1 0 0", "0 0 0 0 1", "1 0", "5"])
def test_an_answer_that_names_an_empty_field_is_no_answer(key: str) -> None:
    (found,) = read("anki", deck(FOUR, ("W?", "a", "", "c", "d", key)))
    assert found.item is None
    assert said(found) == [f"“{key}” names no option."]


@pytest.mark.parametrize(
    ("fields", "values"),
    [
        (FOUR, ("W?", "3", "2", "1", "4", "1")),
        (("Question", "Option A", "Option B", "Key"), ("W?", "B", "A", "B")),
        (("Question", "Option A", "Option 2", "Key"), ("W?", "2", "1", "1")),
    ],
)
def test_an_answer_of_two_readings_is_not_guessed(fields: tuple[str, ...], values: tuple[str, ...]) -> None:
    (found,) = read("anki", deck(fields, values))
    assert found.item is None
    (problem,) = said(found)
    assert "the words of one option and the place of another" in problem


def test_two_fields_of_one_place_are_no_options() -> None:
    fields = ("Question", "Q1", "A1", "Q2", "A2", "Key")
    (found,) = read("anki", deck(fields, ("W?", "a", "b", "c", "d", "2")))
    assert said(found) == ["Cards of the note type “Their type” are no questions with options."]


def test_nested_cloze_and_fields_without_a_separator_are_only_named() -> None:
    nested = "{{c1::" * 50 + "x" + "}}" * 50
    (found,) = read("anki", deck(("Text",), (nested,)))
    assert found.item is None
    (short,) = read("anki", deck(ALL_IN_ONE, ("only one",)))
    assert short.item is None


BROKEN = [
    (b"no zip", "no zip archive"),
    (zipped({"x": b"y"}), "There is no Anki collection"),
    (zipped({"collection.anki2": b"no database"}), "damaged or is no Anki"),
    (zipped({"collection.anki21b": b"no zstd"}), "damaged or is no Anki"),
    (zipped({"collection.anki21b": zstandard.compress(b"\x00" * 70_000_000)}), "larger than"),
    (deck(("Front",)), "There is no note"),
    (deck(("Front",), ("x",), models="{"), "damaged or is no Anki"),
    (deck(("Front",), ("x",), models="[" * 100_000), "damaged or is no Anki"),
    (deck(("Front",), ("x",), models=f'{{"1": {"9" * 5000}}}'), "damaged or is no Anki"),
    (deck(("Front",), ("x",), models=5), "damaged or is no Anki"),
    (deck(("Front",), ("x",), models=b"\xff\x00"), "damaged or is no Anki"),
    (deck(("Front",), sql="drop table notes;"), "damaged or is no Anki"),
    (deck(("Front",), sql="drop table notes; create view notes as select 1 mid, '' guid, '' tags, 'x' flds"),
     "“notes” in this deck is no table"),
    (deck(("Front",), sql="drop table notes; create view notes as with recursive r(mid) as (select 1 union all select 1"
          " from r) select mid, '' as guid, '' as tags, '' as flds from r;"), "“notes” in this deck is no table"),
    (deck(("Front",), sql="drop table notes; create table notes (mid, guid, flds, tags as (zeroblob(1e9)));"
          "insert into notes (mid) values (1);"), "damaged or is no Anki"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "why"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_deck_is_refused_in_words(data: bytes, why: str) -> None:
    assert why in refused("anki", data)


def test_values_of_other_types_are_no_crash() -> None:
    sql = "insert into notes values (null, 5, null, null), (7, null, 6, 7.5); insert into notes values"
    sql += " ('x', x'ff', x'ff', x'ff00'), (99, '', '', 'a')"
    found = read("anki", deck(("Front",), sql=sql))
    assert [one.item for one in found] == [None] * 4


def test_triggers_are_never_run() -> None:
    sql = "create trigger t after update on notes begin delete from notes; end;"
    assert len(read("anki", deck(("Front",), ("x",), sql=sql))) == 1


def test_more_notes_than_one_import_takes_are_said() -> None:
    reading = FORMATS["anki"].read(deck(("Front",), *[("x",)] * (MAX_QUESTIONS + 5)), EN)
    assert len(reading.questions) == MAX_QUESTIONS
    assert "the rest is not read" in reading.problems[0].text()


def test_a_collection_with_a_log_beside_it_is_read() -> None:
    data = bytearray(collection(FORMATS["anki"].write([Sheet(ITEM)], EN).data))
    data[18] = data[19] = 2
    assert len(read("anki", zipped({"collection.anki2": bytes(data)}))) == 1


def test_what_anki_does_not_do_is_named() -> None:
    written = FORMATS["anki"].write([Sheet(replace(ITEM, explain="See [[efs#^efs-multi-az]]."))], EN)
    assert losses(written) == {"links to statements", "marking: in Anki one judges one's own answer"}
