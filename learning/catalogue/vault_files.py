"""The files of a vault: which notes and attachments a folder holds, whatever their names are made of.

Pure apart from reading. Symbolic links are never followed, hidden folders (`.obsidian`, `.git`) never entered.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from learning.catalogue.errors import N_, Problem
from learning.catalogue.reading import shown
from learning.catalogue.shelf import key


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A note; `name` is its path inside the vault, printable."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class VaultFiles:
    """The notes in order, all other files by the keys of their names, and what was passed over."""

    notes: tuple[NoteFile, ...]
    attachments: Mapping[str, Path]
    problems: tuple[Problem, ...]


def find_files(path: Path) -> VaultFiles:
    """Return what `path` holds: a folder's notes, or one note with the files beside it."""
    if not path.is_dir():
        others = sorted(one for one in path.absolute().parent.iterdir() if _is_regular(one))
        beside = {key(shown(Path(one.name))): one for one in others}
        return VaultFiles((NoteFile(path, shown(Path(path.name))),), beside, ())
    problems: list[Problem] = []
    notes: list[NoteFile] = []
    attachments: dict[str, Path] = {}
    for file in _walk(path, problems):
        name = shown(file.relative_to(path))
        if file.suffix.lower() == ".md":
            notes.append(NoteFile(file, name))
        else:
            attachments[key(name)] = file
            attachments.setdefault(key(name.rsplit("/", 1)[-1]), file)
    notes.sort(key=lambda note: (key(note.name), note.name))
    problems += _twins(notes)
    return VaultFiles(tuple(notes), attachments, tuple(problems))


def _walk(root: Path, problems: list[Problem]) -> Iterator[Path]:
    """Yield the regular files below `root`."""

    def unreadable(error: OSError) -> None:
        where = shown(Path(os.path.relpath(error.filename or root, root)))
        message = N_("The folder cannot be read: %(reason)s.")
        problems.append(Problem(where, 0, message, {"reason": error.strerror or str(error)}, "warning"))

    for folder, inner, files in os.walk(root, onerror=unreadable):
        here = Path(folder)
        inner[:] = sorted(name for name in inner if not name.startswith(".") and not (here / name).is_symlink())
        for name in sorted(name for name in files if not name.startswith(".")):
            if _is_regular(here / name):
                yield here / name
            elif name.lower().endswith(".md"):
                where = shown((here / name).relative_to(root))
                message = N_("Not a plain file, a link perhaps: passed over.")
                problems.append(Problem(where, 0, message, severity="warning"))


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _twins(notes: list[NoteFile]) -> Iterator[Problem]:
    """Yield the notes whose names differ from another's in case or in NFC and NFD alone."""
    first: dict[str, str] = {}
    for note in notes:
        other = first.setdefault(key(note.name), note.name)
        if other != note.name:
            message = N_("Its name differs from %(other)s only in case or in how its characters are composed.")
            yield Problem(note.name, 0, message, {"other": other}, "warning")
