"""The text of one block put into its element: markup where it can be afforded, plain text where not. Pure."""

import re
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from learning.catalogue import limits
from learning.catalogue.errors import N_
from learning.catalogue.inline import Inline, add_text, append, atomic, needs_parsing
from learning.catalogue.links import follow, inline_embed, outside, settle
from learning.catalogue.obsidian import wikilink
from learning.catalogue.page import Page, element
from learning.catalogue.spans import References, Scanned, Token, What

NO_FOOTNOTE = N_("The footnote is missing: %(label)s")
NO_HTML = N_("The HTML tag <%(tag)s> is not shown.")
NOT_READ = N_("This paragraph could not be read and is shown as plain text.")

_RUNS = re.compile(r"\*+|_+|==+|~~+")
_MARKUP = re.compile(r"[\\`\[\]<&*_~#$]|==|https?:|\x02")


class Words:
    """Reads the text of blocks. `footnote` makes the mark for a label, or None when the note does not define it."""

    def __init__(
        self,
        page: Page,
        references: References,
        footnote: Callable[[str], Element | None],
    ) -> None:
        self.page = page
        self.inline = Inline(references, self._made)
        self.footnote = footnote
        self.line = 0
        self.settled: set[Element] = set()  # links and images that need no second look
        self.makers: Mapping[What, Callable[[str, int], Element | str]] = {
            "code": lambda text, line: element("code", atomic(text)),
            "math": lambda text, line: element("code", atomic(text), class_="math"),
            "tag": lambda text, line: element("span", atomic(text), class_="tag"),
            "url": lambda text, line: outside(text, atomic(text)),
            "mail": lambda text, line: outside(f"mailto:{text}", atomic(text)),
            "wikilink": lambda text, line: follow(self.page, wikilink(text), line),
            "embed": lambda text, line: inline_embed(self.page, wikilink(text), line),
            "footnote": self._footnote,
        }

    def fill(self, target: Element, text: str, line: int) -> None:
        """Put `text`, which begins in `line`, at the end of `target`."""
        if not _MARKUP.search(text):
            add_text(target, text)
            return
        scanned = self._scanned(text, line)
        if scanned is None:
            add_text(target, text)
            return
        self.line = line
        holder = Element(target.tag)
        try:
            self.inline.fill(holder, scanned)
            if scanned.links:
                settle(self.page, holder, line, self.settled)
        except Exception:  # python-markdown on hostile text: one bad paragraph must not cost the note
            self.page.warn(line, NOT_READ)
            add_text(target, text)
            return
        _trim(holder)
        append(target, holder)

    def _scanned(self, text: str, line: int) -> Scanned | None:
        """Set aside code, links and so on; None when the text is too long or too dense for markup."""
        if len(text) > limits.MAX_BLOCK:
            self.page.warn(line, limits.LONG_BLOCK, limit=limits.MAX_BLOCK)
        elif not self.page.dense:
            scanned = self.inline.scan(text)
            for tag in sorted(scanned.dropped):
                self.page.warn_once(line, NO_HTML, tag=tag)
            return scanned if self._affords(scanned, line) else None
        return None

    def _affords(self, scanned: Scanned, line: int) -> bool:
        embeds = sum(token.what == "embed" for token in scanned.tokens)
        marks = (
            len(scanned.tokens) + embeds + 2 * len(scanned.pairs) + 2 * scanned.links + len(_RUNS.findall(scanned.text))
        )
        if marks > limits.MAX_MARKS:
            self.page.warn(line, limits.DENSE_BLOCK, limit=limits.MAX_MARKS)
            return False
        if not self.page.budget.spend("work", marks * (limits.PARSED if needs_parsing(scanned) else 1)):
            self.page.dense = True
            self.page.warn(line, limits.TOO_DENSE)
            return False
        return True

    def _made(self, token: Token) -> Element | str:
        made = self.makers[token.what](token.text, self.line + token.below)
        if isinstance(made, Element):
            self.settled.update(made.iter() if len(made) else (made,))
        return made

    def _footnote(self, label: str, line: int) -> Element | str:
        mark = self.footnote(label)
        if mark is None:
            self.page.warn(line, NO_FOOTNOTE, label=label)
            return f"[^{label}]"
        return mark


def _trim(holder: Element) -> None:
    """Drop the line breaks that HTML tags leave at both ends."""
    if holder.text:
        holder.text = holder.text.lstrip("\n")
    last = holder[-1] if len(holder) else None
    if last is None:
        holder.text = (holder.text or "").rstrip("\n")
    elif last.tail:
        last.tail = last.tail.rstrip("\n")
