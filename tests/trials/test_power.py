"""An acknowledged answer is on the disk. The trial, `python -m tests.trials.power`, needs strace; these do not."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.config.programs import run_python
from tests.trials.power import Disk, Tally, inspect, replies

FULL, NORMAL = "2", "1"
SYNCHRONOUS = """
    import django; django.setup()
    from django.db import connection
    with connection.cursor() as cursor:
        print(cursor.execute("PRAGMA synchronous").fetchone()[0], cursor.execute("PRAGMA journal_mode").fetchone()[0])
"""


@pytest.mark.parametrize(("settings", "level"), [("config.settings", FULL), ("tests.trials.careless", NORMAL)])
def test_commits_are_forced_to_the_disk(tmp_path: Path, settings: str, level: str) -> None:
    """The second is the trial's control: it must differ in this alone."""
    done = run_python(SYNCHRONOUS, DATA_DIR=str(tmp_path), DJANGO_SETTINGS_MODULE=settings)
    assert done.stdout.split() == [level, "wal"]


LOG = [
    r'7  pwrite64(5</d/db.sqlite3-wal>, "\x41\x42", 2, 0) = 2',
    r'7  sendto(9<TCP:[1]>, "\x48\x54\x54\x50\x2f\x31\x2e\x31\x20\x32\x30\x30", 12, 0, NULL, 0) = 12',
    "7  fdatasync(5</d/db.sqlite3-wal> <unfinished ...>",
    r'8  pwrite64(5</d/db.sqlite3-wal>, "\x43", 1, 2) = 1',
    "7  <... fdatasync resumed>) = 0",
    r'7  writev(9<TCP:[1]>, [{iov_base="\x48\x54\x54\x50\x2f\x31\x2e\x31\x20\x32\x30\x30", iov_len=12}], 1) = 12',
]


def test_only_what_was_forced_is_sure() -> None:
    """Not what was written before, nor what was written while the disk was at it."""
    first, second = replies(LOG, Disk({}))
    assert first == {}
    assert second == {"/d/db.sqlite3-wal": b"AB"}


def test_an_image_without_the_answer_counts_as_missing(tmp_path: Path) -> None:
    path = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE quizzes_answer (operation TEXT)")
        database.execute("INSERT INTO quizzes_answer VALUES ('aa')")
        database.commit()
    tally = Tally()
    inspect({str(path): path.read_bytes()}, "a-a", tally)
    inspect({str(path): path.read_bytes()}, "b-b", tally)
    assert (tally.acknowledged, tally.missing, tally.corrupt) == (2, 1, 0)
