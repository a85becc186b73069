"""Hold the database's write lock from outside while a learner saves: waited for or refused, never lied about.

    python -m tests.trials.blocked 20

Held for less than the timeout: 200, and the answer is there. Held for longer: 503 with Retry-After, and nothing is.
"""

import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from tests.trials.site import Learner, Reply, Site, kill, prepared

TIMES = 20
SETTINGS = "tests.trials.impatient"
TIMEOUT = 2.0  # seconds, see tests/trials/impatient.py


@dataclass(frozen=True)
class Held:
    """One save against a held lock: the reply, seconds until it came, and whether the answer is in the log after."""

    reply: Reply
    seconds: float
    stored: bool


@contextmanager
def held(site: Site, seconds: float) -> Iterator[None]:
    """Hold SQLite's write lock for `seconds`, from now on."""
    locked = threading.Event()

    def hold() -> None:
        with closing(sqlite3.connect(site.database, timeout=10, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            locked.set()
            time.sleep(seconds)
            database.execute("ROLLBACK")

    thread = threading.Thread(target=hold)
    thread.start()
    locked.wait(timeout=15)
    yield
    thread.join()


def save_while_held(site: Site, learner: Learner, seconds: float) -> Held:
    """Save once while the lock is held, and see what the log has when it is free again."""
    before = site.stored().keys()
    with held(site, seconds):
        start = time.monotonic()
        reply = learner.save(site.port)
        taken = time.monotonic() - start
    return Held(reply, taken, bool(site.stored().keys() - before))


def main() -> int:
    """Try both, print the counts, return 0 when every reply was the truth."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    with prepared() as known:
        site = known.under(SETTINGS)
        learner, process = site.learners(1)[0], site.start()
        try:
            short = [save_while_held(site, learner, TIMEOUT / 2) for _ in range(times)]
            long = [save_while_held(site, learner, TIMEOUT * 2) for _ in range(times)]
        finally:
            kill(process)
    waited = sum(one.reply.status == 200 and one.stored for one in short)
    refused = sum(one.reply.status == 503 and one.reply.retry_after != "" and not one.stored for one in long)
    print(f"held for less than the timeout: saved {waited} of {times}; for longer: refused {refused} of {times}")
    return not waited == refused == times


if __name__ == "__main__":
    sys.exit(main())
