"""Problems found in course files, as data: where, what, and the words to say it with.

Pure: messages are English msgids with %(name)s parameters; whoever shows them translates them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

type Severity = Literal["error", "warning"]


def N_(message: str) -> str:  # noqa: N802 - the name gettext extractors know
    """Mark `message` for extraction without translating it."""
    return message


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one course file; `line` counts from 1, 0 means the file as a whole."""

    path: str
    line: int
    message: str
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "error"

    def text(self) -> str:
        """Return the message in English with its parameters filled in."""
        return self.message % self.params if self.params else self.message

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.severity}: {self.text()}"
