"""Questions made by Hypothesis, of what a format can carry: `words` says how its texts look."""

from dataclasses import replace

from hypothesis import strategies as st

from quizzes.interchange.found import Sheet
from quizzes.interchange.words import from_plain
from quizzes.marking.item import Body, Item, Option, Settings, Step
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.kinds.matching import Matching
from quizzes.marking.kinds.ordering import Ordering

type Texts = st.SearchStrategy[str]

SIGNS = "abc XYZ 019 가나다 .,;:!?()[]{}<>=~#%$&@*_-+/\\|'\"`^"
LINE = st.text(SIGNS, min_size=1, max_size=25).map(lambda text: " ".join(text.split())).filter(bool)
PLAIN = LINE.map(from_plain)
WORDY = (
    st.text("abc XYZ 019 가나다 .,!?", min_size=1, max_size=25).map(lambda text: " ".join(text.split())).filter(bool)
)
MARKDOWN = st.one_of(PLAIN, st.just("**Not** `this`"), st.just("See [docs](https://example.org/x)"))
SLUGS = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True)


def choices(texts: Texts, reasons: Texts, *, multiple: bool) -> st.SearchStrategy[Body]:
    """Return choices; several right ones among them with `multiple`."""

    def made(drawn: tuple[list[str], list[str], int, set[int]]) -> Body:
        words, said, one, more = drawn
        right = {one % len(words)} | ({n % len(words) for n in more} if multiple else set())
        options = tuple(Option(text, said[i], right=i in right) for i, text in enumerate(words))
        return Choice(options)

    words = st.lists(texts, min_size=2, max_size=6, unique=True)
    said = st.lists(reasons, min_size=6, max_size=6)
    return st.tuples(words, said, st.integers(0, 5), st.sets(st.integers(0, 5), max_size=3)).map(made)


def orderings(texts: Texts) -> st.SearchStrategy[Body]:
    """Return orderings without reasons."""
    return st.lists(texts, min_size=2, max_size=6, unique=True).map(lambda t: Ordering(tuple(map(Step, t))))


def matchings(left: Texts, right: Texts, heads: tuple[str, str]) -> st.SearchStrategy[Body]:
    """Return matchings, the last row sometimes a distractor."""

    def made(drawn: tuple[list[tuple[str, str]], bool]) -> Body:
        pairs, extra = drawn
        last = [("", pairs[-1][1])] if extra else []
        return Matching(heads, (*pairs, *last))

    pairs = st.lists(st.tuples(left, right), min_size=2, max_size=5, unique_by=lambda pair: pair[0])
    return st.tuples(pairs, st.booleans()).map(made)


def items(bodies: st.SearchStrategy[Body], stems: Texts, more: Texts) -> st.SearchStrategy[Item]:
    """Return items; `more`: texts that may stand in place of explanation and the text below the stem."""
    return st.builds(Item, SLUGS, stems, bodies, more, st.just(Settings()), more)


def sheets(found: st.SearchStrategy[Item], topics: Texts) -> st.SearchStrategy[list[Sheet]]:
    """Return sheets of items with ids that differ."""
    return st.lists(st.builds(Sheet, found, topic=topics), min_size=1, max_size=5, unique_by=lambda s: s.item.id)


def bare(item: Item) -> Item:
    """Return `item` without what no foreign format says: its layout."""
    return replace(item, layout=())
