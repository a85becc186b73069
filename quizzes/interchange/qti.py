"""QTI 2.1, read: an item as XML, or a package of items. One item: `qti_item`; writing: `qti_out`. Pure.

A package is read through its manifest, or, when it has none, as all the items in it. Version 1.2, which older systems
and Canvas write, is read by `qti12` as far as it is multiple choice.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from learning.catalogue.errors import N_, Problem
from quizzes.interchange.fitting import Noted
from quizzes.interchange.formats import Options
from quizzes.interchange.found import Found, Reading
from quizzes.interchange.qti12 import read_old
from quizzes.interchange.qti_item import read_item
from quizzes.interchange.qti_out import DIFFICULTIES, TOPIC, write
from quizzes.interchange.xml_tree import Node, XmlError, parse
from quizzes.interchange.zips import Archive, ZipError, open_archive

__all__ = ["read", "write"]

MANIFEST = "imsmanifest.xml"
NEWER = N_("This is QTI 3, which is not read; export it as QTI 2.1.")
A_TEST = N_("A test (<%(found)s>) is not taken over, only its questions.")
NO_ITEM = N_("Expected <assessmentItem>, found <%(found)s>.")
NO_QUESTION = N_("There is no question in this file.")


@dataclass(slots=True)
class _About:
    """What a manifest says of an item."""

    topic: str = ""
    difficulty: int | None = None
    tags: list[str] = field(default_factory=list)


def read(data: bytes, options: Options) -> Reading:
    """Return the questions of an item or a package."""
    try:
        if not data.startswith(b"PK"):
            return Reading(tuple(_document(data, _About(), options)))
        archive = open_archive(data)
        questions, problems = _package(archive, options)
    except (XmlError, ZipError) as error:
        return Reading(problems=(error.problem,))
    if not questions and not problems:
        problems = [Problem("", 0, NO_QUESTION)]
    return Reading(tuple(questions), tuple(problems))


def _document(data: bytes, about: _About, options: Options) -> Iterator[Found]:
    """Yield what one XML file holds; an unknown kind of file is a question that cannot be taken over."""
    root = parse(data)
    noted = Noted(root.line)
    if root.tag == "assessmentItem" and (not root.space or "imsqti_v2" in root.space):
        yield _placed(read_item(root, noted, options), about)
    elif root.tag == "questestinterop":
        yield from read_old(root, options)
    elif root.tag.startswith("qti-") or "v3p" in root.space:
        noted.wrong(NEWER)
        yield noted.found(None, root.attributes.get("title", root.tag))
    else:
        noted.wrong(A_TEST if root.tag == "assessmentTest" else NO_ITEM, found=root.tag[:40])
        yield noted.found(None, root.attributes.get("title", root.tag))


def _placed(found: Found, about: _About) -> Found:
    """Return the question with what the manifest says of it."""
    return replace(found, topic=about.topic, tags=tuple(about.tags), difficulty=about.difficulty)


def _package(archive: Archive, options: Options) -> tuple[list[Found], list[Problem]]:
    questions: list[Found] = []
    problems: list[Problem] = []
    for name, about in _items(archive, problems):
        try:
            questions += _document(archive.read(name), about, options)
        except (XmlError, ZipError) as error:
            said = error.problem
            broken = Found(said.line, name, None, topic=about.topic, problems=(said,))
            questions.append(broken)
    return questions, problems


def _items(archive: Archive, problems: list[Problem]) -> Iterator[tuple[str, _About]]:
    """Yield the members that hold items, by the manifest where there is one."""
    manifest = min((name for name in archive.members if posixpath.basename(name) == MANIFEST), key=len, default="")
    if not manifest:
        names = [name for name in archive.members if name.lower().endswith(".xml") and not _of_a_mac(name)]
        yield from ((name, _About()) for name in names)
        return
    folder = posixpath.dirname(manifest)
    for resource in parse(archive.read(manifest)).every("resource"):
        kind, href = resource.attributes.get("type", ""), resource.attributes.get("href", "")
        if kind.startswith("imsqti_test"):
            problems.append(Problem("", resource.line, A_TEST, {"found": "assessmentTest"}, "warning"))
        elif kind.startswith("imsqti"):
            name = _member(archive, folder, href or _first_file(resource))
            if name:
                yield name, _about(resource)
            else:
                message = N_("The manifest names “%(name)s”, which is not in the archive.")
                problems.append(Problem("", resource.line, message, {"name": href[:80]}))


def _member(archive: Archive, folder: str, href: str) -> str:
    """Return the member that a manifest names: as it is, or as an address or Windows would say it; "" for none."""
    told = (href, unquote(href).replace("\\", "/"))
    names = (posixpath.normpath(posixpath.join(folder, one)) for one in told)
    return next((name for name in names if name in archive), "")


def _of_a_mac(name: str) -> bool:
    """Return whether the member is what macOS adds to archives beside the files themselves."""
    return name.startswith("__MACOSX/") or posixpath.basename(name).startswith("._")


def _first_file(resource: Node) -> str:
    file = resource.child("file")
    return file.attributes.get("href", "") if file else ""


def _about(resource: Node) -> _About:
    about = _About()
    for keyword in resource.every("keyword"):
        word = " ".join(keyword.text().split())
        if word.startswith(TOPIC):
            about.topic = word.removeprefix(TOPIC)
        elif word:
            about.tags.append(word)
    for difficulty in resource.every("difficulty"):
        value = difficulty.child("value")
        said = value.text().strip() if value else ""
        about.difficulty = DIFFICULTIES.index(said) + 1 if said in DIFFICULTIES else None
    return about
