"""SQLite as the site uses it: durable, in the mode that never deadlocks, and with writers in a fair queue."""

import fcntl
import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections, transaction
from django.db.transaction import Atomic

from config.sqlite.base import DatabaseWrapper, WriterQueue
from tests.config.programs import run_python

pytestmark = pytest.mark.django_db

type Connect = Callable[..., DatabaseWrapper]

OPTIONS = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL"}


@pytest.fixture
def connect(tmp_path: Path) -> Iterator[Connect]:
    """Return a function that opens a connection of its own to one and the same database with a table `t`."""
    opened: list[DatabaseWrapper] = []

    def connect(timeout: float = 0.3) -> DatabaseWrapper:
        settings = {**connections["default"].settings_dict, "NAME": str(tmp_path / "db"), "CONN_HEALTH_CHECKS": False}
        settings["OPTIONS"] = {**OPTIONS, "timeout": timeout}
        wrapper = DatabaseWrapper(settings, "queued")
        wrapper.inc_thread_sharing()
        opened.append(wrapper)
        return wrapper

    execute(connect(), "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER)")
    yield connect
    for wrapper in opened:
        wrapper.close()


@pytest.fixture
def ahead(tmp_path: Path) -> Iterator[WriterQueue]:
    """Somebody else's place in the queue of that database."""
    place = WriterQueue(str(tmp_path / "db-queue"), timeout=0)
    yield place
    place.close()


def execute(wrapper: DatabaseWrapper, query: str, parameters: Sequence[object] = ()) -> Any:
    with wrapper.cursor() as cursor:
        return cursor.execute(query, parameters).fetchall()


def atomic(wrapper: DatabaseWrapper) -> Atomic:
    """Return `transaction.atomic` over a connection that no setting names."""
    connections["queued"] = wrapper
    return transaction.atomic("queued")


# --- settings


def test_pragmas_are_as_promised(tmp_path: Path) -> None:
    """2 = FULL; as the site sets them, whatever database the tests run on."""
    code = """
        import json, django; django.setup()
        from django.db import connection
        def read(name):
            with connection.cursor() as cursor:
                return cursor.execute(f"PRAGMA {name}").fetchone()[0]
        names = ("journal_mode", "synchronous", "journal_size_limit", "foreign_keys", "busy_timeout")
        print(json.dumps({name: read(name) for name in names} | {
            "mode": connection.transaction_mode, "age": connection.settings_dict["CONN_MAX_AGE"]}))
    """
    done = run_python(code, DATA_DIR=str(tmp_path))
    assert json.loads(done.stdout) == {
        "journal_mode": "wal",
        "synchronous": 2,
        "journal_size_limit": 67108864,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "mode": "IMMEDIATE",
        "age": None,
    }


# --- the queue


def test_a_transaction_waits_for_the_one_ahead(connect: Connect, ahead: WriterQueue) -> None:
    """SQLite itself is free: only the queue can make this one give up."""
    ahead.enter()
    with pytest.raises(OperationalError, match="locked"), atomic(connect()):
        pytest.fail("the transaction began")
    ahead.leave()
    with atomic(connect()):
        pass


def test_a_single_statement_waits_as_well(connect: Connect, ahead: WriterQueue) -> None:
    ahead.enter()
    with pytest.raises(OperationalError, match="locked"):
        execute(connect(), "INSERT INTO t (n) VALUES (1) RETURNING id")
    ahead.leave()
    assert execute(connect(), "INSERT INTO t (n) VALUES (1) RETURNING id") == [(1,)]
    ahead.enter()  # given back


def test_reading_does_not_queue(connect: Connect, ahead: WriterQueue) -> None:
    ahead.enter()
    assert execute(connect(), "SELECT COUNT(*) FROM t") == [(0,)]


def test_after_giving_up_a_connection_is_as_before(connect: Connect, ahead: WriterQueue) -> None:
    mine = connect()
    ahead.enter()
    with pytest.raises(OperationalError), atomic(mine):
        pass
    ahead.leave()
    assert mine.get_autocommit()
    assert not mine.in_atomic_block
    with atomic(mine):
        execute(mine, "INSERT INTO t (n) VALUES (1)")
    assert execute(connect(), "SELECT n FROM t") == [(1,)]


def test_a_commit_lets_the_next_one_in(connect: Connect, ahead: WriterQueue) -> None:
    with atomic(connect()), pytest.raises(OperationalError):
        ahead.enter()
    ahead.enter()


@pytest.mark.parametrize("closes", [False, True])
def test_an_error_lets_the_next_one_in(connect: Connect, ahead: WriterQueue, closes: bool) -> None:
    mine = connect()

    def fail() -> None:
        with atomic(mine):
            if closes:
                mine.close()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    ahead.enter()


def test_when_sqlite_itself_is_busy_the_queue_moves_on(connect: Connect, ahead: WriterQueue) -> None:
    """A program that knows no queue holds the database: BEGIN fails, and the place is given back."""
    rude = connect()
    rude.cursor().connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"), atomic(connect()):
        pytest.fail("the transaction began")
    ahead.enter()


def test_savepoints_do_not_leave_early(connect: Connect, ahead: WriterQueue) -> None:
    mine = connect()
    with atomic(mine):
        with pytest.raises(ZeroDivisionError), atomic(mine):
            raise ZeroDivisionError
        execute(mine, "INSERT INTO t (n) VALUES (1)")
        with pytest.raises(OperationalError):
            ahead.enter()
    ahead.enter()


def test_threads_exclude_one_another(connect: Connect) -> None:
    """Each reads, waits and writes back: without mutual exclusion counts would be lost."""
    execute(connect(), "INSERT INTO t (id, n) VALUES (1, 0)")
    wrappers = [connect(timeout=30) for _ in range(4)]

    def count_up(wrapper: DatabaseWrapper) -> None:
        for _ in range(5):
            with atomic(wrapper):  # `connections` are a thread's own
                ((n,),) = execute(wrapper, "SELECT n FROM t")
                time.sleep(0.001)
                execute(wrapper, "UPDATE t SET n = %s", [n + 1])

    threads = [threading.Thread(target=count_up, args=[wrapper]) for wrapper in wrappers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert execute(connect(), "SELECT n FROM t") == [(20,)]


def test_a_process_that_dies_gives_its_place_back(tmp_path: Path, ahead: WriterQueue) -> None:
    code = f"""
        import os
        from config.sqlite.base import WriterQueue
        WriterQueue({str(tmp_path / "db-queue")!r}, 1).enter()
        os._exit(9)
    """
    assert run_python(code, check=False, DATA_DIR=str(tmp_path)).returncode == 9
    ahead.enter()


def test_a_forgotten_connection_keeps_no_file_open(connect: Connect, tmp_path: Path) -> None:
    """The server's threads come and go, and drop their connections without closing them."""
    queue = WriterQueue(str(tmp_path / "db-queue"), 1)
    file = queue._file
    del queue
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(file)


def test_a_database_in_memory_has_no_queue() -> None:
    settings = {**connections["default"].settings_dict, "NAME": ":memory:", "OPTIONS": {}, "CONN_HEALTH_CHECKS": False}
    wrapper = DatabaseWrapper(settings, "memory")
    assert execute(wrapper, "SELECT 1") == [(1,)]
    assert wrapper._queue is None


def test_the_lock_is_advisory_and_beside_the_database(connect: Connect, tmp_path: Path) -> None:
    with atomic(connect()), (tmp_path / "db-queue").open() as file, pytest.raises(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
