"""The backend itself: Django's own, with a file lock taken before anything is written.

SQLite's busy handler is unfair: of eight processes committing with synchronous=FULL one can starve for seconds
(bench/writers.py measures it). Writers queue for an advisory lock beside the database instead, and give up like
SQLite does, with "database is locked", when the queue takes longer than the connection's timeout.
"""

import fcntl
import os
import time
import weakref
from functools import partial
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

POLL = 0.002  # seconds; about one FULL commit, so a freed lock stands idle for a fraction of one
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLAC")


class WriterQueue:
    """One connection's place in the queue of writers: an flock on the file `path`.

    An flock belongs to the open file, so connections exclude one another across threads as across processes, and
    the kernel lets go of it when a process dies.
    """

    def __init__(self, path: str, timeout: float) -> None:
        self.timeout = timeout
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._held = False
        # A thread that ends drops its connection without closing it: the file must go with the object.
        self._forget = weakref.finalize(self, os.close, self._file)

    def enter(self) -> None:
        """Wait for the lock; raise OperationalError after `timeout` seconds."""
        deadline = time.monotonic() + self.timeout
        while not self._try():
            if time.monotonic() > deadline:
                raise OperationalError("database is locked")
            time.sleep(POLL)

    def leave(self) -> None:
        """Let the next writer in; harmless when the lock is not held."""
        if self._held:
            self._held = False
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Leave the queue for good; closing the file frees the lock as well."""
        self._held = False
        self._forget()

    def _try(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        self._held = True
        return True


class QueuedCursor(base.SQLiteCursorWrapper):
    """Lets a single writing statement queue too: among queued transactions it would be the one that starves.

    An INSERT that returns its key commits when the key is fetched, just after the lock is given back. It then still
    holds SQLite's own lock, for which the next in the queue waits alone.
    """

    def __init__(self, queue: WriterQueue | None, connection: Any) -> None:
        super().__init__(connection)
        self._queue = queue

    def execute(self, *args: Any) -> Any:
        """Run one statement."""
        return self._in_turn(super().execute, *args)

    def executemany(self, *args: Any) -> Any:
        """Run one statement for each row of parameters."""
        return self._in_turn(super().executemany, *args)

    def _in_turn(self, run: Any, query: str, *args: Any) -> Any:
        if self._queue is None or self.connection.in_transaction or not query.startswith(WRITES):
            return run(query, *args)
        self._queue.enter()
        try:
            return run(query, *args)
        finally:
            self._queue.leave()


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite with fair writers; reads go straight through."""

    _queue: WriterQueue | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the connection and, for a database in a file, its place in the queue."""
        connection = super().get_new_connection(conn_params)
        if not self.is_in_memory_db():
            self._queue = WriterQueue(f"{conn_params['database']}-queue", float(conn_params.get("timeout", 5.0)))
        return connection

    def create_cursor(self, name: Any = None) -> Any:
        """Return a cursor that knows the queue."""
        return self.connection.cursor(factory=partial(QueuedCursor, self._queue))

    def _start_transaction_under_autocommit(self) -> None:
        if self._queue:
            self._queue.enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # untyped in the stubs
        except BaseException:
            self._leave_queue()
            raise

    def commit(self) -> None:
        """Commit, and let the next writer in."""
        try:
            super().commit()
        finally:
            self._leave_queue()

    def rollback(self) -> None:
        """Roll back, and let the next writer in."""
        try:
            super().rollback()
        finally:
            self._leave_queue()

    def close(self) -> None:
        """Close the connection and leave the queue for good."""
        try:
            super().close()
        finally:
            if self._queue:
                self._queue.close()
                self._queue = None

    def _leave_queue(self) -> None:
        if self._queue:
            self._queue.leave()
