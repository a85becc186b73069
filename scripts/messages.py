"""The interface's words: extract them into locale/ko, check that none is missing, compile them for gettext.

    python scripts/messages.py extract|check|compile

Pure Python by Babel, since GNU gettext need not be on a machine. English is the language of the msgids, so only
Korean has a catalogue.
"""

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "locale" / "ko" / "LC_MESSAGES" / "django.po"
APPS = ("config", "learning", "quizzes", "builder")
HEADER = """\
# Korean words of Naru's interface. English is the language of the msgids.
msgid ""
msgstr ""
"Language: ko\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "N_": None,
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def sources() -> Iterator[tuple[str, bytes]]:
    """Yield (path, Python source) of every file that holds words; templates are turned into Python first."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_bytes()
    for path in sorted((ROOT / "templates").rglob("*.*")):
        code = templatize(path.read_text(), origin=str(path))
        # What is not a message comes out as rows of X: unindent them, or they do not tokenize.
        yield str(path.relative_to(ROOT)), "\n".join(line.strip() for line in code.splitlines()).encode()


def extracted() -> Catalog:
    """Return a catalogue of all words in the source, without translations."""
    catalog = Catalog(locale="ko", project="Naru", charset="utf-8", fuzzy=False)
    for path, code in sources():
        for _line, message, _comments, context in extract("python", io.BytesIO(code), keywords=KEYWORDS):
            catalog.add(message, locations=[(path, 0)], context=context)
    return catalog


def stored() -> Catalog:
    """Return the Korean catalogue as committed."""
    with PO.open("rb") as file:
        return read_po(file, locale="ko")


def merged() -> Catalog:
    """Return the source's words with the translations that the committed catalogue has for them."""
    old = stored() if PO.exists() else Catalog(locale="ko")
    new = extracted()
    for message in new:
        known = old.get(message.id, message.context) if message.id else None
        if known and not known.fuzzy:
            message.string = known.string
    return new


def text(catalog: Catalog) -> bytes:
    """Return the .po file of `catalog`: sorted, without dates and line numbers, so that diffs show words only."""
    out = io.BytesIO()
    write_po(out, catalog, width=110, sort_by_file=True, include_lineno=False, omit_header=True)
    return HEADER.encode() + out.getvalue()


def problems() -> list[str]:
    """Return what is missing or stale, in words; empty when the catalogue is complete."""
    old = stored()
    found = [f"fuzzy: {message.id!r}" for message in old if message.fuzzy and message.id]
    for message in extracted():
        known = old.get(message.id, message.context) if message.id else None
        if message.id and not known:
            found.append(f"not in {PO.name} (run make messages): {message.id!r}")
        elif known and message.id and not all(forms(known)):
            found.append(f"not translated: {message.id!r}")
    return found


def forms(message: Message) -> list[str]:
    """Return the translations of `message`, one a plural form; an empty one where it has none."""
    string = message.string or ""
    return [string] if isinstance(string, str) else [str(form) for form in string]


def compile_catalogue() -> None:
    """Write the .mo file beside the .po file, unless it is newer."""
    target = PO.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= PO.stat().st_mtime:
        return
    fresh = target.with_suffix(f".{os.getpid()}")
    with fresh.open("wb") as file:
        write_mo(file, stored())
    fresh.replace(target)  # at once: another process may be reading


def main(command: str) -> int:
    """Run `command`; return the exit code."""
    if command == "compile":
        compile_catalogue()
    elif command == "extract":
        PO.parent.mkdir(parents=True, exist_ok=True)
        PO.write_bytes(text(merged()))
    elif command != "check":
        print(__doc__)
        return 2
    found = problems()
    for line in found if command != "compile" else []:
        print(line)
    return 1 if found and command == "check" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
