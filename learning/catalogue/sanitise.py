"""The last gate of rendered notes: only these tags, attributes and classes get through. Pure.

Notes cannot bring HTML of their own this far (`spans` takes it apart), so this is the second wall, not the first.
Drawings are put in after it, at elements whose class no note can write.
"""

import re
from collections.abc import Sequence

import nh3

from learning.catalogue.highlight import CLASSES
from learning.catalogue.limits import MAX_DIAGRAMS
from learning.catalogue.obsidian import CALLOUTS

_TAGS = """
a aside b blockquote br code del details div em figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre s
section small span strong sub summary sup table tbody td th thead tr u ul
"""
_MAY_HAVE_ID = "aside blockquote details div figure h2 h3 h4 h5 h6 li ol p section sup ul"
TAGS = frozenset(_TAGS.split())
_NAMED = frozenset(_MAY_HAVE_ID.split())

ATTRIBUTES: dict[str, set[str]] = {tag: {"id"} for tag in _NAMED} | {
    "a": {"href", "rel", "aria-label"},
    "aside": {"id", "role"},
    "details": {"id", "open"},
    "div": {"id", "role", "tabindex", "aria-label"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"id", "start"},
    "pre": {"tabindex"},
    "section": {"id", "role", "aria-label"},
    "span": {"aria-hidden"},
    "th": {"scope"},
}
_STATEMENT = {"statement"}
_CALLOUT = {"statement", "callout", *(f"callout-{kind}" for kind in CALLOUTS)}
_ALIGN = {"align-left", "align-center", "align-right"}
_SLOTS = {f"slot-{number}" for number in range(MAX_DIAGRAMS)}

CLASSES_OF: dict[str, set[str]] = dict.fromkeys(_NAMED, _STATEMENT) | {
    "a": {"footnote-ref", "footnote-back"},
    "aside": _CALLOUT,
    "code": {"math"},
    "details": _CALLOUT,
    "div": {"statement", "table-wrap", "code", "embed", "formula"},
    "figure": {"statement", "diagram", "image", "missing"},
    "hr": _SLOTS,
    "li": {"statement", "task", "task-done"},
    "p": {"statement", "callout-title", "embed-title"},
    "section": {"footnotes"},
    "span": {"missing", "tag", "visually-hidden", "task-mark", *CLASSES},
    "summary": {"callout-title"},
    "td": _ALIGN,
    "th": _ALIGN,
    "ul": {"statement", "tasks"},
}
_SLOT = re.compile(r'<hr class="slot-(\d+)">')

_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes=ATTRIBUTES,
    allowed_classes=CLASSES_OF,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def clean(html: str) -> str:
    """Return `html` with nothing in it but what is allowed. clean(clean(x)) == clean(x)."""
    return _CLEANER.clean(html)


def with_drawings(html: str, drawings: Sequence[str]) -> str:
    """Put the drawings into sanitised `html`.

    No note can forge such a place: in the text and in the values of sanitised HTML a quotation mark is escaped.
    """
    return _SLOT.sub(lambda found: drawings[int(found[1])] if int(found[1]) < len(drawings) else "", html)
