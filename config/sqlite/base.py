"""The backend itself: Django's own, with a file lock taken before a write transaction.

SQLite's busy handler is unfair: of eight processes committing with synchronous=FULL one can starve for seconds
(bench/writers.py measures it). Writers queue for an advisory lock beside the database instead, and give up like
SQLite does, with "database is locked", when the queue takes longer than the connection's timeout.
"""

import fcntl
import os
import time
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

POLL = 0.002  # seconds; far below one FULL commit's worst case, so no waiter is passed over for long


class WriterQueue:
    """One connection's place in the queue of writers: an flock on the file `path`."""

    def __init__(self, path: str, timeout: float) -> None:
        self.timeout = timeout
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._held = False

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
            fcntl.flock(self._file, fcntl.LOCK_UN)
            self._held = False

    def close(self) -> None:
        """Leave the queue for good."""
        self.leave()
        os.close(self._file)

    def _try(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        self._held = True
        return True


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite with fair writers. Only `atomic()` blocks queue; reads and single statements go straight through."""

    _queue: WriterQueue | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the connection and, for a database in a file, its place in the queue."""
        if not self.is_in_memory_db():
            self._queue = WriterQueue(f"{conn_params['database']}-queue", float(conn_params.get("timeout", 5.0)))
        return super().get_new_connection(conn_params)

    def _start_transaction_under_autocommit(self) -> None:
        if self._queue:
            self._queue.enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # untyped in the stubs
        except BaseException:
            self._leave_queue()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()
        finally:
            self._leave_queue()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._leave_queue()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            if self._queue:
                self._queue.close()
                self._queue = None

    def _leave_queue(self) -> None:
        if self._queue:
            self._queue.leave()
