"""What notes of a vault would become as lessons of a course: ids, file names, links between them, and what is missing.

Pure. Nothing is written here; `import_notes` prints the plan or writes it. Links between the notes and colliding block
ids are rewritten; all other text stays as it was. A lesson that the site would refuse is planned as refused.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from learning.catalogue import frontmatter
from learning.catalogue.blocks import Block
from learning.catalogue.errors import N_, Problem
from learning.catalogue.judge import judge_text
from learning.catalogue.lessons import LESSON_ID, LessonPair, parse_lesson
from learning.catalogue.markdown import Rendered, render
from learning.catalogue.pictures import MAX_PICTURE, is_picture, picture_url
from learning.catalogue.reading import read_text
from learning.catalogue.shelf import CourseContext, Page, Shelf, key, lesson_url, names_of, shelve
from learning.catalogue.statements import MAX_ID, plain
from learning.catalogue.vault_files import NoteFile, VaultFiles
from learning.catalogue.vault_links import Draft, Index, aliases_of, rewritten
from learning.catalogue.vault_split import clean, quoted, slugify, split, summary_of

BODY_LINE = 7  # of a planned file: four properties between two `---`

type Tick = Callable[[int, int], None]
type Verdict = Literal["new", "exists", "refused"]

_WORD = re.compile(r"\w")
_MISSING = re.compile(r'class="(?:[^"]* )?missing[ "]')


@dataclass(frozen=True, slots=True)
class Place:
    """Where the lessons would go: the course, one of its topics, a language, and the lessons that are there."""

    course: str
    topic: str
    language: str
    pairs: Sequence[LessonPair] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """What was found in one lesson; `placeholders` are the notices that stand for missing images and notes."""

    statements: int = 0
    candidates: int = 0
    links: int = 0
    unresolved: int = 0
    images: int = 0
    images_missing: int = 0
    bold: int = 0
    placeholders: int = 0


@dataclass(frozen=True, slots=True)
class Planned:
    """One lesson as it would be written; lines of its problems are those of the note."""

    note: str
    id: str
    title: str
    file_name: str
    text: str
    verdict: Verdict
    count: Count
    problems: tuple[Problem, ...]
    candidates: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All lessons that would come of a vault, the pictures they show, and the problems of files no lesson comes of."""

    notes: int
    lessons: tuple[Planned, ...]
    pictures: tuple[Path, ...]
    problems: tuple[Problem, ...]


def plan_import(files: VaultFiles, place: Place, *, sections: bool, tick: Tick = lambda done, of: None) -> Plan:
    """Plan the import of `files`; with `sections`, numbered sections become lessons. `tick` hears of the progress."""
    total = 2 * len(files.notes)
    drafts: list[Draft] = []
    problems = list(files.problems)
    for done, note in enumerate(files.notes, start=1):
        made, wrong = _drafts(note, sections)
        drafts += made
        problems += wrong
        tick(done, total)
    _name_lessons(drafts)
    _name_blocks(drafts, place)
    planner = _Planner(drafts, place, files.attachments)
    lessons = []
    for at, draft in enumerate(drafts):
        lessons.append(planner.plan(draft))
        tick(len(files.notes) + len(files.notes) * (at + 1) // len(drafts), total)
    return Plan(len(files.notes), tuple(lessons), tuple(sorted(planner.used)), tuple(problems))


def _drafts(note: NoteFile, sections: bool) -> tuple[list[Draft], list[Problem]]:
    text, problems = read_text(note.path)
    problems = [replace(problem, path=note.name) for problem in problems]
    if text is None:
        return [], problems
    matter, wrong = frontmatter.read(text, note.name)
    problems += [replace(problem, severity="warning") for problem in wrong]
    made = [Draft(note.name, section) for section in split(matter, note.name, sections=sections)]
    for draft in made:
        draft.aliases = aliases_of(matter.values)
        draft.summary = clean(matter.text("summary") or matter.text("description"), 240) or summary_of(draft.section)
    if len(made) == 1:
        given = matter.text("id")
        made[0].id = given if LESSON_ID.fullmatch(given) else slugify(names_of(note.name)[1])
    if not made:
        problems.append(Problem(note.name, 1, N_("The note is empty: no lesson comes of it."), severity="warning"))
    return made, problems


def _name_lessons(drafts: Sequence[Draft]) -> None:
    """Give each draft an id of its own; of several alike the later ones get a number."""
    taken: set[str] = set()
    for draft in drafts:
        draft.id = _free(draft.id or slugify(draft.section.title), taken)
        taken.add(draft.id)


def _free(name: str, taken: set[str]) -> str:
    number, base = 1, name
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return name


def _name_blocks(drafts: Sequence[Draft], place: Place) -> None:
    """Keep block ids unique in the course: a later one alike gets a number, one without words is dropped."""
    homes = {s.id: file.id for pair in place.pairs for file in pair.files.values() for s in file.text.statements}
    taken: set[str] = set()
    for draft in drafts:
        elsewhere = {statement for statement, lesson in homes.items() if lesson != draft.id} if homes else set()
        for block in draft.blocks:
            if block.id and block.kind in ("paragraph", "item"):
                words = _WORD.search(plain(block.text))
                name = _free(block.id[: MAX_ID - 5], taken | elsewhere if elsewhere else taken) if words else ""
                taken.add(name)
                draft.ids.setdefault(block.id, name)
                _rename(draft, block, name)


def _rename(draft: Draft, block: Block, name: str) -> None:
    """Write the new id of `block` into its last line, or into the line of its own where the id stands."""
    mark = re.compile(rf"[ \t]*\^{re.escape(block.id)}[ \t]*$")
    for at in range(block.end - 1, min(block.end + 2, len(draft.section.lines))):
        line = draft.section.lines[at][1]
        if block.id != name and mark.search(line):
            draft.lines[at] = mark.sub(f" ^{name}" if name else "", line)
            return


@dataclass
class _Planner:
    """Plans one draft after the other, knowing them all."""

    drafts: Sequence[Draft]
    place: Place
    attachments: Mapping[str, Path]
    numbers: dict[str, str] = field(default_factory=dict)
    used: set[Path] = field(default_factory=set)

    def __post_init__(self) -> None:
        language, index = self.place.language, Index(self.drafts)
        self.existing = {file.id: pair for pair in self.place.pairs for file in pair.files.values()}
        self.bodies = {draft.id: rewritten(draft, index) for draft in self.drafts}
        self.shelf = self._shelf(language)
        last = max((pair.number for pair in self.place.pairs), default=0)
        step = 10 if len(self.drafts) < 100 else 1
        fresh = [draft.id for draft in self.drafts if draft.id not in self.existing]
        self.numbers = {name: f"{last + step * at:03}-{name}" for at, name in enumerate(fresh, start=1)}

    def _shelf(self, language: str) -> Shelf:
        old = [
            Page(
                file.id, file.text.title, lesson_url(self.place.course, language, file.id), file.text.body, (pair.name,)
            )
            for pair in self.place.pairs
            if (file := pair.files.get(language))
        ]
        known = {page.id for page in old}
        new = [
            Page(
                draft.id, draft.section.title, lesson_url(self.place.course, language, draft.id), self.bodies[draft.id]
            )
            for draft in self.drafts
            if draft.id not in known
        ]
        pictures = {
            name: picture_url(self.place.course, path.name)
            for name, path in self.attachments.items()
            if is_picture(path.name) and path.stat().st_size <= MAX_PICTURE
        }
        return shelve(language, [*old, *new], pictures=pictures)

    def plan(self, draft: Draft) -> Planned:
        pair = self.existing.get(draft.id)
        stem = f"{pair.number:03}-{pair.name}" if pair else self.numbers[draft.id]
        exists = pair is not None and self.place.language in pair.files
        text = _file(draft, self.place.topic, self.bodies[draft.id])
        problems, count, candidates = self._judge(draft, text)
        refused = any(problem.severity == "error" for problem in problems)
        return Planned(
            note=draft.note,
            id=draft.id,
            title=draft.section.title,
            file_name=f"{stem}.{self.place.language}.md",
            text=text,
            verdict="exists" if exists else "refused" if refused else "new",
            count=count,
            problems=tuple(problems),
            candidates=candidates,
        )

    def _judge(self, draft: Draft, text: str) -> tuple[list[Problem], Count, tuple[tuple[int, str], ...]]:
        """Read and render the planned file as the site would, and count what is in it."""
        file, problems = parse_lesson(text, draft.note, self.place.language)
        page = Page(draft.id, draft.section.title, "", self.bodies[draft.id])
        context = CourseContext(self.shelf, page)
        rendered = render(page.body, context, path=draft.note, first_line=BODY_LINE)
        problems += [*judge_text(file.text), *rendered.problems]
        candidates = tuple(
            (draft.section.lines[block.line - 1][0], plain(block.text))
            for block in draft.blocks
            if _is_candidate(block)
        )
        count = self._count(context, rendered, len(file.text.statements), len(candidates))
        return [replace(problem, line=_line(draft, problem.line)) for problem in problems], count, candidates

    def _count(self, context: CourseContext, rendered: Rendered, statements: int, candidates: int) -> Count:
        html = "".join(part.html for part in rendered.parts)
        found = [self._attachment(name) for name in context.images]
        self.used.update(path for path in found if path)
        return Count(
            statements=statements,
            candidates=candidates,
            links=len(context.links),
            unresolved=sum(not found for _, found in context.links),
            images=len(context.images),
            images_missing=found.count(None),
            bold=html.count("<strong>"),
            placeholders=len(_MISSING.findall(html)),
        )

    def _attachment(self, name: str) -> Path | None:
        """Return the picture that the vault has under `name`, if the site can show it."""
        for called in (key(name), key(name.rsplit("/", 1)[-1])):
            if called in self.shelf.pictures:
                return self.attachments[called]
        return None


def _file(draft: Draft, topic: str, body: str) -> str:
    """Return the text of the lesson file; its body begins in line BODY_LINE."""
    head = (f"id: {quoted(draft.id)}", f"title: {quoted(draft.section.title)}", f"summary: {quoted(draft.summary)}")
    return "\n".join(("---", *head, f"topic: {topic}", "---", body, ""))


def _line(draft: Draft, line: int) -> int:
    """Return the line of the note that became `line` of the planned file."""
    at = line - BODY_LINE
    return draft.section.lines[min(at, len(draft.section.lines) - 1)][0] if at >= 0 else 1


def _is_candidate(block: Block) -> bool:
    """Tell whether `block` might be a statement that has no id yet: a sentence of its own."""
    if block.id or block.callout or block.kind not in ("paragraph", "item"):
        return False
    return plain(block.text).endswith((".", "!", "?", "。"))
