"""XML from strangers as a tree with line numbers: bounded while it is parsed, and never wider than it says. Pure.

Knows no format. A DOCTYPE is refused outright (with it every entity and every external file), the depth and the number
of elements are counted as they come, so that whoever walks the tree may do so without care.
"""

import codecs
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from learning.catalogue.errors import N_, Problem

MAX_DEPTH = 64
MAX_ELEMENTS = 200_000
_CHUNK = 65_536
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_CODECS = frozenset(
    [
        *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "ascii", "iso8859-1", "iso8859-15", "cp1252"),
        *("cp949", "euc_kr", "shift_jis", "cp932", "gb18030"),
    ]
)


class XmlError(Exception):
    """The file cannot be read; `problem` says why, with its line."""

    def __init__(self, message: str, line: int = 0, **params: object) -> None:
        super().__init__(message)
        self.problem = Problem("", line, message, params)


@dataclass(slots=True, eq=False)
class Node:
    """An element: its name without namespace, its namespace, its attributes (without theirs), what stands in it."""

    tag: str
    space: str
    attributes: dict[str, str]
    line: int
    parts: "list[Node | str]" = field(default_factory=list)

    def children(self, *tags: str) -> "Iterator[Node]":
        """Yield the elements directly in it, of the names `tags` if any are given."""
        return (part for part in self.parts if isinstance(part, Node) and (not tags or part.tag in tags))

    def child(self, tag: str) -> "Node | None":
        """Return the first element of this name directly in it."""
        return next(self.children(tag), None)

    def every(self, *tags: str) -> "Iterator[Node]":
        """Yield the elements of these names anywhere below it, in the order of the file."""
        for part in self.children():
            if part.tag in tags:
                yield part
            yield from part.every(*tags)  # no deeper than MAX_DEPTH

    def text(self) -> str:
        """Return all the text in it."""
        return "".join(part if isinstance(part, str) else part.text() for part in self.parts)


def parse(data: bytes, without: Collection[str] = ()) -> Node:
    """Return the root of the document `data`. What stands in elements called `without` is not kept.

    Raises XmlError; line numbers count from 1.
    """
    builder = _Builder(frozenset(without))
    parser = DefusedXMLParser(target=builder, encoding="utf-8", forbid_dtd=True)
    expat = parser.parser
    builder.line = lambda: expat.CurrentLineNumber
    text = decoded(data).encode("utf-8", "strict")
    try:
        for start in range(0, len(text), _CHUNK):
            parser.feed(text[start : start + _CHUNK])
        parser.close()
    except DefusedXmlException:
        raise XmlError(N_("This file has a DOCTYPE or an entity; take them out."), expat.CurrentLineNumber) from None
    except ParseError as error:
        said = str(error).partition(":")[0]
        raise XmlError(N_("This is no well-formed XML: %(error)s."), error.position[0], error=said) from None
    if builder.root is None:
        raise XmlError(N_("There is no XML in this file."))
    return builder.root


def decoded(data: bytes) -> str:
    """Return the text of the document, by its byte order mark or by what its first line says of itself."""
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = N_("The file says that it is written in %(encoding)s, but it is not.")
        raise XmlError(message, line, encoding=encoding.removesuffix("-sig")) from None
    if "\x00" in text:
        raise XmlError(N_("This line holds a character that may not be there, such as NUL."), _line_of(text, "\x00"))
    return _DECLARATION.sub(_blank, text, count=1)


def _line_of(text: str, character: str) -> int:
    return text.count("\n", 0, text.index(character)) + 1


def _blank(found: re.Match[str]) -> str:
    """Stand for the XML declaration, which names an encoding that is no more, keeping its lines and its version."""
    return '<?xml version="1.0"?>' + "\n" * found[0].count("\n") if not found[0][:1].isspace() else found[0]


def _encoding(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if data[:4:2] == b"\x00\x00" or data[1:4:2] == b"\x00\x00":
        return "utf-16-be" if data[:1] == b"\x00" else "utf-16-le"
    declared = _DECLARED.match(data)
    name = declared[1].decode("ascii") if declared else "utf-8"
    try:
        encoding = codecs.lookup(name).name
    except LookupError:
        encoding = ""
    if encoding not in _CODECS:
        raise XmlError(N_("The file says that it is written in %(encoding)s, which is not read; save it as UTF-8."), 1,
                       encoding=name)  # fmt: skip
    return encoding


@dataclass(slots=True)
class _Builder:
    """What the parser tells about the document, as a tree."""

    without: frozenset[str]
    root: Node | None = None
    open: list[Node] = field(default_factory=list)
    count: int = 0
    line: Callable[[], int] = int

    def start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.line()
        self.count += 1
        if len(self.open) >= MAX_DEPTH:
            raise XmlError(N_("Elements stand in one another deeper than %(limit)s."), line, limit=MAX_DEPTH)
        if self.count > MAX_ELEMENTS:
            raise XmlError(N_("There are more than %(limit)s elements; split the file."), line, limit=MAX_ELEMENTS)
        space, _, tag = name.rpartition("}")
        bare = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        node = Node(tag, space.removeprefix("{"), bare, line)
        if self.open:
            self.open[-1].parts.append(node)
        else:
            self.root = node
        self.open.append(node)

    def end(self, name: str) -> None:
        self.open.pop()

    def data(self, text: str) -> None:
        if self.open and self.open[-1].tag not in self.without:
            self.open[-1].parts.append(text)

    def close(self) -> None:
        return None
