"""QTI 1.2, as Canvas and older systems write it: said to be that, and not read. Pure."""

from collections.abc import Iterator

from learning.catalogue.errors import N_
from quizzes.interchange.fitting import Noted
from quizzes.interchange.formats import Options
from quizzes.interchange.found import Found
from quizzes.interchange.xml_tree import Node

OLD = N_("This is QTI 1.2, which is not read; export it as QTI 2.1.")


def read_old(root: Node, options: Options) -> Iterator[Found]:
    """Yield what cannot be taken over."""
    noted = Noted(root.line)
    noted.wrong(OLD)
    yield noted.found(None, root.tag)
