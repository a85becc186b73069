"""JSON as a tree. Pure. Strict: no comments, no comma after the last, no NaN."""

import re
from bisect import bisect_right
from json import JSONDecodeError, JSONDecoder

from builder.export.tree import NO_JSON, Bounds, Node, Note, RefusedError, Value, plain

DECODER = JSONDecoder()
SPACE = re.compile(r"[ \t\n\r]*")
WORD = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null")


class JsonTree:
    """Strict JSON, read by hand for the sake of lines, bounds and names that stand twice."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.bounds = text, 0, Bounds()
        self.breaks = [found.start() for found in re.finditer("\n", text)]

    def read(self) -> tuple[Node, list[Note]]:
        """Return the value, and what was odd. Raises `RefusedError`."""
        try:
            node = self._node(1)
        except JSONDecodeError as error:
            raise RefusedError(error.lineno, NO_JSON) from None
        self._skip()
        if self.at < len(self.text):
            raise self._broken()
        return node, self.bounds.notes

    def _line(self) -> int:
        return bisect_right(self.breaks, self.at - 1) + 1 if self.at else 1

    def _broken(self) -> RefusedError:
        return RefusedError(self._line(), NO_JSON)

    def _skip(self) -> None:
        found = SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _take(self, sign: str) -> bool:
        self._skip()
        if not self.text.startswith(sign, self.at):
            return False
        self.at += 1
        return True

    def _node(self, depth: int) -> Node:
        self._skip()
        line = self._line()
        self.bounds.enter(depth, line)
        if self._take("{"):
            return Node(self._mapping(depth), line)
        if self._take("["):
            return Node(self._list(depth), line)
        return Node(self._string() if self.text.startswith('"', self.at) else self._word(), line)

    def _mapping(self, depth: int) -> dict[str, Node]:
        mapping: dict[str, Node] = {}
        if self._take("}"):
            return mapping
        while True:
            self._skip()
            line, key = self._line(), self._string()
            if not self._take(":"):
                raise self._broken()
            self.bounds.put(mapping, key, self._node(depth + 1), line)
            if self._take("}"):
                return mapping
            if not self._take(","):
                raise self._broken()

    def _list(self, depth: int) -> list[Node]:
        if self._take("]"):
            return []
        items = [self._node(depth + 1)]
        while not self._take("]"):
            if not self._take(","):
                raise self._broken()
            items.append(self._node(depth + 1))
        return items

    def _string(self) -> str:
        if not self.text.startswith('"', self.at):
            raise self._broken()
        value: str
        value, self.at = DECODER.raw_decode(self.text, self.at)
        return value

    def _word(self) -> Value:
        found = WORD.match(self.text, self.at)
        if not found:
            raise self._broken()
        self.at = found.end()
        return plain(found[0])
