"""Code blocks, coloured by classes of Pygments. Pure.

Some of Pygments' lexers take quadratic time on hostile text, so only short blocks in known languages are read by it.
"""

import re
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType

from learning.catalogue.limits import MAX_CODE, MAX_CODE_LINE, Budget

_NAMES = """
bash c console cpp csharp css diff docker dockerfile go hcl html http ini java javascript js json kotlin makefile
php python py rb ruby rust sh shell sql swift terraform toml ts typescript xml yaml yml zsh
"""
LANGUAGES = frozenset(_NAMES.split())
# Three empty lines, or the same one to eight characters sixteen times over.
_RUN = re.compile(r"\n[ \t]*\n[ \t]*\n[ \t]*\n|([^\s=#*/_.-]{1,8}|\S\s|[^\n]\n)\1{15}")
_OPENER = re.compile(r"<<|/\*")  # of heredocs and comments
MAX_OPENERS = 20
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
    """Tell whether Pygments reads `code` in a language it is quick at: what takes it long are runs of the same."""
    if name not in LANGUAGES or len(code) > MAX_CODE or _RUN.search(code) or len(_OPENER.findall(code)) > MAX_OPENERS:
        return False
    return all(len(line) <= MAX_CODE_LINE for line in code.split("\n"))


def _colour(inner: Element, code: str, name: str) -> None:
    for css, text in _pieces(code, name):
        if css:
            SubElement(inner, "span", {"class": css}).text = text
        elif len(inner):
            inner[-1].tail = text
        else:
            inner.text = text


def _pieces(code: str, name: str) -> list[tuple[str, str]]:
    """Return (class, text) of each piece of `code`; the code whole when a lexer would not give it back as it is."""
    tokens = get_lexer_by_name(name, stripnl=False).get_tokens(f"{code}\n")  # some lose a last line that has no end
    pieces = [(css, "".join(text for _, text in run)) for css, run in groupby(tokens, key=lambda token: _css(token[0]))]
    if "".join(text for _, text in pieces) != f"{code}\n":
        return [("", code)]
    css, last = pieces.pop()
    return [*pieces, (css, last[:-1])] if last[:-1] else pieces


def _css(kind: _TokenType) -> str:
    while kind not in STANDARD_TYPES and kind.parent:
        kind = kind.parent
    return STANDARD_TYPES.get(kind, "")
