"""Eight processes committing durably to one SQLite file, with the queue of config/sqlite and without.

Without it SQLite's busy handler decides who is next, and one writer can be passed over for seconds.
"""

import multiprocessing
import os
import statistics
import time
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from tempfile import TemporaryDirectory

WRITERS = 8
SECONDS = 4.0


def write(folder: str, engine: str, number: int, start: Barrier, results: "Queue[list[float]]") -> None:
    """Commit for SECONDS and put the seconds that each commit took. Every second writer commits single statements."""
    os.environ["DATA_DIR"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django
    from django.conf import settings

    settings.DATABASES["default"] |= {"ENGINE": engine, "NAME": str(Path(folder) / "db")}
    django.setup()
    from django.db import connection, transaction

    times = []
    with connection.cursor() as cursor:
        start.wait()
        end = time.monotonic() + SECONDS
        while (began := time.monotonic()) < end:
            if number % 2:
                cursor.execute("INSERT INTO t (n, m) VALUES (%s, %s)", [number, began])
            else:
                with transaction.atomic():
                    cursor.execute("SELECT COUNT(*) FROM t WHERE id > 999999999")
                    cursor.execute("INSERT INTO t (n, m) VALUES (%s, %s)", [number, began])
            times.append(time.monotonic() - began)
    results.put(times)


def compare(engine: str) -> dict[str, float]:
    """Return commits a second, the 99th percentile and the slowest commit (ms) of all writers."""
    with TemporaryDirectory() as folder:
        import sqlite3

        with sqlite3.connect(Path(folder) / "db") as database:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, m REAL)")
        database.close()
        results: Queue[list[float]] = multiprocessing.Queue()
        start = multiprocessing.Barrier(WRITERS)
        writers = [
            multiprocessing.Process(target=write, args=(folder, engine, number, start, results))
            for number in range(WRITERS)
        ]
        for writer in writers:
            writer.start()
        taken = [results.get() for _ in writers]
        for writer in writers:
            writer.join()
    times = [one for times in taken for one in times]
    counts = [len(times) for times in taken]
    return {
        "per_second": len(times) / SECONDS,
        "p99": statistics.quantiles(times, n=100)[-1] * 1000,
        "slowest": max(times) * 1000,
        "fewest": min(counts) / statistics.mean(counts),
    }


def main() -> dict[str, object]:
    """Measure both, print, and return them."""
    row = "{:<38}{:>9}{:>9}{:>13}{:>17}"
    print(row.format(f"{WRITERS} processes, synchronous=FULL", "commits/s", "p99 ms", "slowest ms", "unluckiest/mean"))
    found: dict[str, object] = {}
    for name, engine in {"in a queue": "config.sqlite", "without": "django.db.backends.sqlite3"}.items():
        one = compare(engine)
        found[name] = one
        print(row.format(name, *(f"{one[key]:.{digits}f}" for key, digits in FIGURES.items())))
    return found


FIGURES = {"per_second": 0, "p99": 1, "slowest": 0, "fewest": 2}
