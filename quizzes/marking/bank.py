"""The file format of questions, `*.quiz.md` (docs/authoring-questions.md): what the rest of the site uses of it. Pure.

`write(read(text).bank) == text` for a file in good order (single blank lines, no spaces at line ends);
`read(write(bank)).bank == bank` for any bank.
"""

from quizzes.marking.reader import Reading, read, read_file
from quizzes.marking.writer import write

__all__ = ["Reading", "read", "read_file", "write"]
