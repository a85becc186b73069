"""What tests of foreign formats share: questions that such a format can carry, and reading them back."""

import io
import zipfile
from dataclasses import replace

from hypothesis import strategies as st

from quizzes.interchange.formats import FORMATS, Options
from quizzes.interchange.found import Found, Sheet, Written
from quizzes.interchange.literal import from_plain
from quizzes.marking.item import Body, Case, Item, Option, Settings, Step
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.kinds.matching import Matching
from quizzes.marking.kinds.ordering import Ordering

EN = Options(language="en", title="A course", source="course", written_at=1_764_000_000)

# Plain words with everything that some format takes for its own, and a little markup.
plain = st.text(st.sampled_from("abcXYZ가나다 0.,!?<>&\"'*_`#{}[]()=~|\\/:;+-^%$@"), min_size=1, max_size=24).map(
    lambda text: from_plain(" ".join(text.split()) or "x")
)
marked = st.sampled_from(
    ["**bold** 글", "an *accent*", "the `code` word", "see [here](https://example.com/a)", "H<sub>2</sub>O"]
)
line = plain | marked
text = st.lists(line, max_size=3).map("\n\n".join)
steps = st.builds(Step, line, text)
options = st.lists(st.builds(Option, line, text, right=st.booleans()), min_size=2, max_size=9).filter(
    lambda made: any(option.right for option in made)
)
cells = st.lists(line, min_size=2, max_size=5, unique=True)


@st.composite
def matchings(draw: st.DrawFn) -> Matching:
    """Return a matching whose every left cell has a right one, with a distractor perhaps."""
    rights = draw(cells)
    lefts = draw(st.lists(line, min_size=len(rights), max_size=len(rights)))
    spare = draw(st.lists(line.filter(lambda cell: cell not in rights), max_size=1))
    return Matching(("Item", "Match"), (*zip(lefts, rights, strict=True), *(("", cell) for cell in spare)))


choices = options.map(tuple).flatmap(
    lambda made: st.builds(Choice, st.just(made), st.just(None if sum(o.right for o in made) > 1 else 1) | st.none())
)
bodies: st.SearchStrategy[Body] = st.one_of(
    choices, st.builds(Ordering, st.lists(steps, min_size=2, max_size=6).map(tuple)), matchings()
)
slugs = st.from_regex(r"[a-z][a-z0-9]{0,5}-[0-9]{3}", fullmatch=True)
settings = st.builds(Settings, partial=st.none() | st.just(True), points=st.none() | st.integers(2, 10))
items = st.builds(Item, slugs, line, bodies, settings=settings, explain=text, hint=text)
cases = st.builds(Case, line, st.just("case-a"), text)
sheets = st.builds(
    Sheet,
    items,
    st.none() | cases,
    st.just("efs"),
    st.integers(1, 5),
    st.lists(st.sampled_from(["a", "나"]), unique=True).map(tuple),
)


def read_back(name: str, sheet: Sheet) -> Found:
    """Write `sheet` in a format and return what is read from that."""
    written = FORMATS[name].write([sheet], EN)
    (found,) = FORMATS[name].read(written.data, EN).questions
    return found


def carried(sheet: Sheet, **changes: object) -> Item:
    """Return the item that should come back, with `changes` of its settings; its layout is no part of it."""
    return replace(sheet.item, settings=replace(sheet.item.settings, **changes), layout=())  # type: ignore[arg-type]


def losses(written: Written) -> set[object]:
    """Return the names of what was left behind."""
    return {problem.params["what"] for problem in written.losses}


def said(found: Found) -> list[str]:
    """Return what is said of a question, problems and losses."""
    return [problem.text() for problem in (*found.problems, *found.losses)]


def read(name: str, data: bytes | str) -> list[Found]:
    """Return the questions in `data`; the file as a whole must be good."""
    reading = FORMATS[name].read(data.encode() if isinstance(data, str) else data, EN)
    assert reading.problems == ()
    return list(reading.questions)


def refused(name: str, data: bytes | str) -> str:
    """Return why the file as a whole is refused; no question may come of it."""
    reading = FORMATS[name].read(data.encode() if isinstance(data, str) else data, EN)
    assert reading.questions == ()
    (problem,) = reading.problems
    return f"{problem.line}: {problem.text()}"


def zipped(files: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of `files`."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return whole.getvalue()
