"""What python-markdown must not see of a line of text: code, wikilinks, tags, HTML, escapes and brackets of no link.

Pure. `scan` walks the text once and puts marks in place of them that `inline` turns into elements: a character cannot
be typed that looks like a mark, because `source` takes control characters out. What remains for python-markdown is
emphasis and links, in amounts that `limits` bound.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from learning.catalogue.limits import MAX_BRACKETS
from learning.catalogue.source import CodeSpans

type What = Literal["code", "math", "wikilink", "embed", "footnote", "url", "mail", "tag"]

PAIRS = frozenset({"b", "strong", "i", "em", "u", "s", "del", "ins", "mark", "kbd", "sub", "sup", "small"})
# What is not the name of an HTML element is text: `List<String>`, `--cluster <name>`.
_NAMES = """
a abbr acronym address applet area article aside audio base basefont bdi bdo big blink blockquote body button canvas
caption center cite code col colgroup data datalist dd details dfn dialog dir div dl dt embed fieldset figcaption
figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe image img input isindex
label legend li link listing main map marquee math menu meta meter nav nobr noframes noscript object ol optgroup
option output p param picture plaintext portal pre progress q rp rt ruby samp script search section select slot
source span strike style summary svg table tbody td template textarea tfoot th thead time title tr track tt ul var
video wbr xmp
"""
_HTML = PAIRS.union(_NAMES.split())

_TOKEN = re.compile(
    r"""(?P<escape>\\[!-/:-@\[-`{-~\n])
    |(?P<ticks>`+)
    |(?P<wiki>!?\[\[[^\[\]\n]+\]\])
    |(?P<footnote>\[\^[^\[\]\s]{1,80}\])
    |(?P<tail>\]\(\ *+(?:<[^<>\n]*+>|(?:[^\s<>()\\]|\\.)*+(?:\((?:[^\s<>()\\]|\\.)*+\)(?:[^\s<>()\\]|\\.)*+)*+)
        (?:\ ++(?:"[^"\n]*+"|'[^'\n]*+'))?+\ *+\))
    |(?P<open>!?\[)|(?P<close>\](?:\ ?\[(?P<label>[^\[\]]{0,200})\])?+)
    |<(?P<url>https?://[^<>\s]+)>|<(?:mailto:)?(?P<mail>[\w.+-]+@[\w.-]+)>
    |(?P<html></?[A-Za-z][^<>]*>)
    |(?P<bare>(?<![\w/])https?://[A-Za-z0-9.-]+(?::\d+)?(?:[/?\#][^\s<>"'`\[\]]*)?)
    |(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)
    |(?P<tag>(?<![\w&/\#])\#(?=[\w/-]*[^\W\d])[\w/-]+)
    |(?P<math>\$\$[^$]+\$\$|\$(?![\s$])[^$\n`]*(?<!\s)\$(?!\d))""",
    re.VERBOSE,
)
_MARKED = re.compile(r"[*_=~`\\]")
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
# A particle glued to a URL is not part of it: "https://a.b/c를".
_PARTICLE = re.compile(r"(?<=[A-Za-z0-9])[가-힣]")
_TRAILING = re.compile(r"[.,;:!?*_~'\"]+\Z")


type References = Mapping[str, tuple[str, str]]  # by name: where to, and a title


@dataclass(frozen=True, slots=True)
class Token:
    """Something set aside: what it is, its text, and how many lines below the start of the text it stands."""

    what: What
    text: str
    below: int


@dataclass(slots=True)
class Scanned:
    """A text with marks in it, and what they stand for. `dropped` names HTML tags that are not shown."""

    text: str = ""
    tokens: list[Token] = field(default_factory=list)
    pairs: list[Token | str] = field(default_factory=list)  # a wikilink around its alias, or the name of an HTML tag
    dropped: set[str] = field(default_factory=set)
    links: int = 0


def literal(text: str) -> str:
    """Write `text` so that python-markdown takes it for nothing but itself."""
    return "".join(f"\x02{ord(c)}\x03" for c in text)


def scan(text: str, references: References) -> Scanned:
    """Set aside what python-markdown must not see of `text`."""
    scanner = _Scanner(text, references)
    scanner.found.text = scanner.run()
    return scanner.found


class _Scanner:
    def __init__(self, text: str, references: References, outer: "_Scanner | None" = None) -> None:
        self.text = text
        self.references = references
        self.spans = CodeSpans(text)
        self.found: Scanned = outer.found if outer else Scanned()
        self.first: int = outer.counted[1] if outer else 0
        self.pieces: list[str] = []
        self.brackets: list[tuple[int, int]] = []  # open brackets: place in `pieces`, where their words begin
        self.html: list[tuple[str, int, int]] = []  # open HTML tags: name, place in `pieces`, brackets open then
        self.counted: tuple[int, int] = (0, self.first)

    def run(self) -> str:
        done = 0
        while token := _TOKEN.search(self.text, done):
            self.pieces.append(self.text[done : token.start()])
            done = self._take(token)
        self.pieces.append(self.text[done:])
        for place, _ in self.brackets:
            self._neutral(place)
        return "".join(self.pieces)

    def _take(self, token: re.Match[str]) -> int:
        """Write what stands for `token`; return where the text goes on."""
        take = getattr(self, f"_{token.lastgroup}")
        end: int | None = take(token)
        return token.end() if end is None else end

    def _set_aside(self, what: What, text: str, start: int) -> None:
        self.pieces.append(f"\x02t{len(self.found.tokens)}\x03")
        self.found.tokens.append(self._token(what, text, start))

    def _token(self, what: What, text: str, start: int) -> Token:
        position, lines = self.counted
        lines += self.text.count("\n", position, start)
        self.counted = (start, lines)
        return Token(what, text, lines)

    def _escape(self, token: re.Match[str]) -> None:
        character = token[0][1]
        self.pieces.append("\n" if character == "\n" else literal(character))

    def _entity(self, token: re.Match[str]) -> None:
        self.pieces.append(literal(html.unescape(token[0])))

    def _ticks(self, token: re.Match[str]) -> int:
        end = self.spans.end(token.start(), token.end())
        if not end:
            self.pieces.append(token[0])
            return token.end()
        width = token.end() - token.start()
        code = self.text[token.end() : end - width].replace("\n", " ")
        if code.strip() and code[0] == code[-1] == " ":
            code = code[1:-1]
        self._set_aside("code", code, token.start())
        return end

    def _wiki(self, token: re.Match[str]) -> None:
        if token[0][0] == "!":
            self._set_aside("embed", token[0][3:-2], token.start())
            return
        inner = token[0][2:-2]
        alias = inner.partition("|")[2]
        if not _MARKED.search(alias):
            self._set_aside("wikilink", inner, token.start())
            return
        link = self._token("wikilink", inner, token.start())
        self._enclose(link, _Scanner(alias, self.references, self).run())

    def _enclose(self, link: Token, words: str) -> None:
        number = len(self.found.pairs)
        self.found.pairs.append(link)
        self.pieces.append(f"\x02o{number}\x03{words}\x02c{number}\x03")

    def _footnote(self, token: re.Match[str]) -> None:
        self._set_aside("footnote", token[0][2:-1], token.start())

    def _url(self, token: re.Match[str]) -> None:
        self._set_aside("url", token["url"], token.start())

    def _mail(self, token: re.Match[str]) -> None:
        self._set_aside("mail", token["mail"], token.start())

    def _bare(self, token: re.Match[str]) -> int:
        url = _bare_url(token[0])
        self._set_aside("url", url, token.start())
        return token.start() + len(url)

    def _tag(self, token: re.Match[str]) -> None:
        self._set_aside("tag", token[0], token.start())

    def _math(self, token: re.Match[str]) -> None:
        self._set_aside("math", token[0].strip("$"), token.start())

    # Brackets

    def _open(self, token: re.Match[str]) -> None:
        self.brackets.append((len(self.pieces), token.end()))
        self.pieces.append(token[0])

    def _close(self, token: re.Match[str]) -> int:
        """Make a link of `[words][name]`, `[name][]` and `[name]` when the note says where `name` leads."""
        opened = self._opened()
        if opened is None:
            self.pieces.append("]")
            return token.start() + 1
        words = self.text[opened[1] : token.start()]
        for name, end in ((token["label"] or words, token.end()), (words, token.start() + 1)):
            reference = self.references.get(" ".join(name.split()).lower())
            if reference:
                self.found.links += 1
                self.pieces.append(_tail_of(*reference))
                return end
        self._neutral(opened[0])
        self.pieces.append("]")
        return token.start() + 1

    def _tail(self, token: re.Match[str]) -> int | None:
        if self._opened() is None:
            self.pieces.append("]")
            return token.start() + 1
        self.found.links += 1
        self.pieces.append(token[0])
        return None

    def _opened(self) -> tuple[int, int] | None:
        """Take the bracket that a closing one belongs to, unless too many stand around it."""
        if not self.brackets:
            return None
        opened = self.brackets.pop()
        if len(self.brackets) < MAX_BRACKETS:
            return opened
        self._neutral(opened[0])
        return None

    def _neutral(self, place: int) -> None:
        self.pieces[place] = literal(self.pieces[place])

    # HTML

    def _html(self, token: re.Match[str]) -> int | None:
        name = _NAME.match(token[0])[1].lower()  # type: ignore[index]
        if name == "br":
            self.pieces.append("\n")
        elif name not in _HTML:
            self.pieces.append(literal(token[0][0]))
            return token.start() + 1
        elif name not in PAIRS:
            self.found.dropped.add(name)
        elif token[0][1] == "/":
            self._pair(name)
        else:
            self.html.append((name, len(self.pieces), len(self.brackets)))
            self.pieces.append("")
        return None

    def _pair(self, name: str) -> None:
        """Join a closing tag with the tag it closes, when that is the innermost one."""
        if not self.html or self.html[-1][0] != name or self.html[-1][2] != len(self.brackets):
            return
        place = self.html.pop()[1]
        number = len(self.found.pairs)
        self.found.pairs.append(name)
        self.pieces[place] = f"\x02o{number}\x03"
        self.pieces.append(f"\x02c{number}\x03")


def _tail_of(url: str, title: str) -> str:
    """Write the end of a link as if it had been written in place."""
    words = title.replace('"', "'")
    return f'](<{url}> "{words}")' if words else f"](<{url}>)"


def _bare_url(text: str) -> str:
    """Cut what follows a URL in running text: a particle, a bracket that closes around it, the end of a sentence."""
    particle = _PARTICLE.search(text)
    url = text[: particle.start()] if particle else text
    depth = 0
    for place, character in enumerate(url):
        depth += (character == "(") - (character == ")")
        if depth < 0:
            url = url[:place]
            break
    return _TRAILING.sub("", url)
