"""`sync_content`: all courses of `CONTENT_DIR` into the database, in one transaction, or not at all."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from learning.activities import activities
from learning.management.content import Content, plural, print_problems, read_content
from learning.services import retire_courses, sync_catalogue

SHOWN = 12  # ids named in a line


class Done(Protocol):
    """What was done to one kind of content."""

    @property
    def kind(self) -> str: ...  # noqa: D102 - a protocol of three words
    @property
    def added(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def changed(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def retired(self) -> Sequence[str]: ...  # noqa: D102


class Command(BaseCommand):
    """Sync, and print what was added, changed and retired; with an error in any file, print all and change nothing."""

    help = "Bring the database in line with the course files: adds, changes and retires, never deletes."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sync."""
        content = read_content()
        if content.errors:
            print_problems(content.problems, self.stdout)
            raise CommandError(f"{plural(content.errors, 'error')} in the course files: nothing was synced.")
        lines = self.sync(content)
        if options["verbosity"]:
            self.stdout.write("\n".join(lines))
        if options["verbosity"] and content.warnings:
            self.stdout.write(f"{plural(content.warnings, 'warning')}: see `manage.py check_content`.")

    @transaction.atomic
    def sync(self, content: Content) -> list[str]:
        """Bring all rows in line and return what was done, a line for each kind."""
        now = timezone.now()
        lines: list[str] = []
        for position, course in enumerate(content.courses):
            synced = sync_catalogue(course=course, now=now, position=position)
            lines += describe(course.id, synced.changes)
            for activity in activities():
                lines += describe(course.id, activity.sync(synced.row, course))
        gone = retire_courses(keep={course.id for course in content.courses}, now=now)
        return lines + (describe("all", [gone]) if gone.retired else [])


def describe(course: str, done: Iterable[Done]) -> list[str]:
    """Return a line for each kind: "ecs lessons: 4 added (efs, …), 0 changed, 0 retired"."""
    return [
        f"{course} {one.kind}: {named(one.added, 'added')}, {named(one.changed, 'changed')}, "
        f"{named(one.retired, 'retired')}"
        for one in done
    ]


def named(ids: Sequence[str], what: str) -> str:
    """Return how many and, when there are any, which."""
    shown = ", ".join(ids[:SHOWN]) + (", …" if len(ids) > SHOWN else "")
    return f"{len(ids)} {what}" + (f" ({shown})" if ids else "")
