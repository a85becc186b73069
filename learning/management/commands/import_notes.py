"""`import_notes PATH --course SLUG`: what notes would become as lessons, and with `--write` that, written."""

import json
import re
import shutil
import sys
from argparse import ArgumentParser
from collections import Counter
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from learning.catalogue.lessons import read_lessons
from learning.catalogue.load import MANIFEST
from learning.catalogue.manifest import MAX_BYTES, Manifest, read_manifest
from learning.catalogue.pictures import FOLDER
from learning.catalogue.reading import read_text, shown
from learning.catalogue.schema import LANGUAGES
from learning.catalogue.vault import Count, Place, Plan, Planned, plan_import
from learning.catalogue.vault_files import VaultFiles, find_files
from learning.catalogue.vault_split import quoted
from learning.management.content import plural, shorten

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


class Command(BaseCommand):
    """Plan, print, and write when asked to. Nothing that exists is ever overwritten."""

    help = "Turn an Obsidian note, or a folder of them, into lessons of a course. A dry run unless --write is given."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("path", type=Path, help="a note, or a folder of notes")
        parser.add_argument("--course", required=True, help="folder of the course below CONTENT_DIR; may be new")
        parser.add_argument("--language", choices=LANGUAGES, default="ko", help="the language of the notes")
        parser.add_argument("--topic", default="", help="topic of the lessons (default: the first of the course)")
        parser.add_argument("--whole", action="store_true", help="one lesson a note, also where sections are numbered")
        parser.add_argument("--write", action="store_true", help="write the lessons")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan the import, print it, write it."""
        path: Path = options["path"]
        if not path.exists():
            raise CommandError(f"{shown(path)} is not there.")
        folder, place = self.place(options)
        files = find_files(path)
        sections = len(files.notes) == 1 and not options["whole"]
        plan = plan_import(files, place, sections=sections, tick=self.tick)
        failed = write(folder, plan, place) if options["write"] else {}
        if options["json"]:
            self.stdout.write(json.dumps(counts(plan, options["write"], failed), ensure_ascii=False))
        else:
            self.report(plan, files, folder, options["write"], failed, options["verbosity"])

    def place(self, options: dict[str, Any]) -> tuple[Path, Place]:
        """Return the course folder and where in it the lessons would go."""
        if not SLUG.fullmatch(options["course"]):
            raise CommandError("--course must be lower-case letters, digits and hyphens.")
        folder = settings.CONTENT_DIR / options["course"]
        manifest = existing(folder)
        if manifest and options["language"] not in manifest.languages:
            raise CommandError(
                f"The course {manifest.id} has no lessons in {options['language']}: see its course.toml."
            )
        topics = [topic.id for topic in manifest.topics] if manifest else [options["topic"] or "notes"]
        topic = options["topic"] or topics[0]
        if topic not in topics or not SLUG.fullmatch(topic):
            raise CommandError(f"--topic must be one of {', '.join(topics)}.")
        course = manifest.id if manifest else options["course"]
        return folder, Place(course, topic, options["language"], read_lessons(folder)[0])

    def tick(self, done: int, of: int) -> None:
        """Draw the progress on stderr: a bar on a terminal, else a line now and then; nothing for a few notes."""
        if of < 40:
            return
        if sys.stderr.isatty():
            bar = "#" * (30 * done // of)
            self.stderr.write(f"\r[{bar:<30}] {100 * done // of:3} %", ending="\n" if done == of else "")
        elif done == of or done % max(1, of // 10) == 0:
            self.stderr.write(f"{100 * done // of} % of the work done")

    def report(
        self, plan: Plan, files: VaultFiles, folder: Path, wrote: bool, failed: dict[str, str], verbosity: int
    ) -> None:
        """Print a line a lesson with its problems below, then the sums and what was or would be written where."""
        if verbosity:
            for problem in plan.problems:
                self.stdout.write(f"{problem.path}:{problem.line}: {problem.severity}: {problem.text()}")
            for lesson in plan.lessons:
                self.stdout.write(lesson_line(lesson, wrote, failed))
                self.problems(lesson, verbosity)
        self.stdout.write("\n".join(summary(plan, wrote, failed)))
        where = shorten(shown(folder / "lessons"))
        written = sum(lesson.verdict == "new" and lesson.file_name not in failed for lesson in plan.lessons)
        if not wrote:
            self.stdout.write(f"A dry run: nothing was written. --write writes the new lessons to {where}.")
        elif written > 0:
            self.stdout.write(f"Written to {where}. Next: manage.py check_content, then manage.py sync_content.")
        else:
            self.stdout.write("Nothing was written.")

    def problems(self, lesson: Planned, verbosity: int) -> None:
        """Print what is wrong in a lesson and, when asked for more, what might become a statement."""
        for problem in lesson.problems:
            self.stdout.write(f"    {problem.path}:{problem.line}: {problem.severity}: {problem.text()}")
        for line, text in lesson.candidates if verbosity > 1 else ():
            self.stdout.write(f"    {lesson.note}:{line}: no ^id yet: {text[:80]}")


def existing(folder: Path) -> Manifest | None:
    """Return the manifest of the course in `folder`, None when there is no course yet."""
    path = folder / MANIFEST
    if not path.exists():
        return None
    text, problems = read_text(path, limit=MAX_BYTES)
    manifest, wrong = read_manifest(text, shown(path)) if text is not None else (None, [])
    if manifest is None:
        raise CommandError("\n".join(str(problem) for problem in (*problems, *wrong)))
    return manifest


def write(folder: Path, plan: Plan, place: Place) -> dict[str, str]:
    """Write the new lessons, and `course.toml` for a new course; return why by name for each file that failed."""
    new = [lesson for lesson in plan.lessons if lesson.verdict == "new"]
    failed: dict[str, str] = {}
    wanted = [(folder / "lessons" / lesson.file_name, lesson.text) for lesson in new]
    if new and not (folder / MANIFEST).exists():
        wanted.insert(0, (folder / MANIFEST, manifest_text(place)))
    for path, text in wanted:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except OSError as error:
            failed[path.name] = error.strerror or str(error)
    return failed | copy_pictures(folder, plan)


def copy_pictures(folder: Path, plan: Plan) -> dict[str, str]:
    """Copy the pictures that the lessons show; return why by name for each that failed. One that is there stays."""
    failed: dict[str, str] = {}
    for picture in plan.pictures:
        target = folder / FOLDER / picture.name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                shutil.copyfile(picture, target)
        except OSError as error:
            failed[picture.name] = error.strerror or str(error)
    return failed


def manifest_text(place: Place) -> str:
    """Return the `course.toml` of a new course: one topic, to be divided by hand."""
    words = f"{place.language} = {quoted(place.course)}"
    return "\n".join((
        "# Made by import_notes: give the course its title and summary, and divide it into topics.",
        f"id = {quoted(place.course)}",
        f'languages = ["{place.language}"]',
        "pass_mark = 720",
        "",
        "[title]",
        words,
        "",
        "[summary]",
        words,
        "",
        "[[topics]]",
        f"id = {quoted(place.topic)}",
        "weight = 100",
        f"title.{place.language} = {quoted(place.course)}",
        "",
        "[exam]",
        "minutes = 40",
        "items = 20",
        "",
    ))  # fmt: skip


def lesson_line(lesson: Planned, wrote: bool, failed: dict[str, str]) -> str:
    """Return what becomes of one lesson, in one line."""
    verdicts = {
        "new": f"{'written to' if wrote else 'would be'} {lesson.file_name}",
        "exists": f"not written: {lesson.file_name} is there already",
        "refused": "refused: the site would not show it as it is",
    }
    verdict = verdicts[lesson.verdict]
    if lesson.file_name in failed:
        verdict = f"not written: {failed[lesson.file_name]}"
    count = lesson.count
    found = f"{plural(count.statements, 'statement')}, {plural(count.candidates, 'sentence')} without an id"
    return f"{lesson.note} “{lesson.title}” -> {verdict} ({found})"


def total(plan: Plan) -> Count:
    """Return the counts of all lessons added up."""
    return Count(**{f.name: sum(getattr(lesson.count, f.name) for lesson in plan.lessons) for f in fields(Count)})


def summary(plan: Plan, wrote: bool, failed: dict[str, str]) -> list[str]:
    """Return the sums, a line each."""
    count, verdicts = total(plan), Counter(lesson.verdict for lesson in plan.lessons)
    unread = sum(problem.severity == "error" for problem in plan.problems)
    lines = [
        f"{plural(plan.notes, 'note')}, {plural(len(plan.lessons), 'lesson')}: {verdicts['new']} new, "
        f"{verdicts['exists']} there already, {verdicts['refused']} refused; {plural(unread, 'note')} unreadable.",
        f"Statements: {count.statements}. {plural(count.candidates, 'sentence')} might become statements: "
        "end each in ` ^its-id` (-v 2 lists them).",
        f"Links between notes: {count.links}, {count.unresolved} lead nowhere.",
        f"Images: {count.images}, {count.images_missing} missing; {plural(len(plan.pictures), 'picture')} to copy; "
        f"{plural(count.placeholders, 'placeholder')} stand where something is missing.",
    ]
    return [*lines, *(f"Not written: {name}: {reason}." for name, reason in failed.items())]


def counts(plan: Plan, wrote: bool, failed: dict[str, str]) -> dict[str, Any]:
    """Return the counts for machines. `sections` are the lessons that notes fell into."""
    verdicts = Counter(lesson.verdict for lesson in plan.lessons)
    problems = [*plan.problems, *(problem for lesson in plan.lessons for problem in lesson.problems)]
    severities = Counter(problem.severity for problem in problems)
    return {
        "notes": plan.notes,
        "sections": len(plan.lessons),
        **{verdict: verdicts[verdict] for verdict in ("new", "exists", "refused")},
        "written": sum(x.verdict == "new" and x.file_name not in failed for x in plan.lessons) if wrote else 0,
        **asdict(total(plan)),
        "errors": severities["error"],
        "warnings": severities["warning"],
        "problems": [str(problem) for problem in problems],
    }
