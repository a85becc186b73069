"""`check_content`: every problem of every course, with file and line, and no database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from learning.management.content import Content, plural, print_problems, read_content


class Command(BaseCommand):
    """Print the problems; exit 1 when any of them is an error, 0 when there are warnings at most."""

    help = "Check all course files (lessons, questions, scenarios, rules) without touching the database."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Check."""
        content = read_content()
        print_problems(content.problems, self.stdout)
        if options["verbosity"]:
            self.stdout.write(self.summary(content))
        if content.errors:
            raise CommandError(f"{plural(content.errors, 'error')} in the course files.")

    def summary(self, content: Content) -> str:
        """Return what was read and how it is, in one line."""
        lessons = sum(len(course.lessons) for course in content.courses)
        statements = sum(len(course.statement_ids()) for course in content.courses)
        size = f"{plural(lessons, 'lesson')}, {plural(statements, 'statement')}"
        if not content.problems:
            return f"{size}: no problems"
        return f"{size}: {plural(content.errors, 'error')}, {plural(content.warnings, 'warning')}"
