"""Code blocks, coloured by classes of Pygments. Pure.

Some of Pygments' lexers take quadratic time on hostile text, so only short blocks in known languages are read by it.
"""

from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType

from learning.catalogue.limits import MAX_CODE, MAX_CODE_LINE, Budget

_NAMES = """
bash c console cpp csharp css diff docker dockerfile go hcl html http ini java javascript js json jsonc kotlin makefile
php python py rb ruby rust scala sh shell sql swift terraform toml ts typescript xml yaml yml zsh
"""
LANGUAGES = frozenset(_NAMES.split())
CLASSES = frozenset(name for name in STANDARD_TYPES.values() if name)


def code_block(code: str, language: str, budget: Budget) -> Element:
    """Make the element of a code block; `language` is what follows the fence."""
    holder = Element("div", {"class": "code"})
    pre = SubElement(holder, "pre", {"tabindex": "0"})
    inner = SubElement(pre, "code")
    name = language.split(maxsplit=1)[0].strip("{}.").lower() if language.strip() else ""
    if _is_fit(code, name) and budget.spend("code", len(code)):
        _colour(inner, code, name)
    else:
        inner.text = code
    return holder


def _is_fit(code: str, name: str) -> bool:
    return name in LANGUAGES and len(code) <= MAX_CODE and all(len(line) <= MAX_CODE_LINE for line in code.split("\n"))


def _colour(inner: Element, code: str, name: str) -> None:
    for css, text in _pieces(code, name):
        if css:
            SubElement(inner, "span", {"class": css}).text = text
        elif len(inner):
            inner[-1].tail = text
        else:
            inner.text = text


def _pieces(code: str, name: str) -> Iterator[tuple[str, str]]:
    lexer = get_lexer_by_name(name, stripnl=False, ensurenl=False)
    for css, tokens in groupby(lexer.get_tokens(code), key=lambda token: _css(token[0])):
        yield css, "".join(text for _, text in tokens)


def _css(kind: _TokenType) -> str:
    while kind not in STANDARD_TYPES and kind.parent:
        kind = kind.parent
    return STANDARD_TYPES.get(kind, "")
