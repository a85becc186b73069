"""Doing things at once: threads that begin together, each with a database connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def at_once[T](*acts: Callable[[], T]) -> list[T | Exception]:
    """Do all `acts` at once; return what each gave, or the exception it ended in."""
    start = Barrier(len(acts))

    def run(act: Callable[[], T]) -> T | Exception:
        try:
            start.wait(timeout=10)
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def failures(outcomes: Sequence[object]) -> list[object]:
    """Return the exceptions among `outcomes`."""
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]
