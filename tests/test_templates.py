"""Templates keep the rules that the strict CSP, htmx and a browser without JavaScript ask for."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent / "templates"
TEMPLATES = sorted(ROOT.rglob("*.html"))
PARTIAL = re.compile(r"{%\s*partialdef\s+([\w-]+)\s*(inline)?\s*%}")
INLINE = re.compile(r"{%\s*partialdef\s+([\w-]+)\s+inline\s*%}(.{0,300})", re.DOTALL)
FIRST_ID = re.compile(r"\s*<[a-z]+\b[^<]*?\bid=\"([^\"]*)\"")
TAGS = re.compile(r"{%.*?%}|{#.*?#}", re.DOTALL)
COMMENT = re.compile(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}", re.DOTALL)

type Attributes = dict[str, str]


class Reader(HTMLParser):
    """Collects what is wrong in one template as "line: what"."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self._forms: list[Attributes] = []
        self.feed(plain(text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._forms.append(found)
        for name in found:
            if name == "style" or name.startswith("on"):
                self._say(f"<{tag} {name}=…> is blocked by the CSP")
            if name.startswith("hx-"):
                self._say(f"write data-{name}")
        if tag == "style" or (tag == "script" and "src" not in found):
            self._say(f"inline <{tag}> is blocked by the CSP")
        if "data-hx-get" in found and not self._works_bare(found):
            self._say("data-hx-get needs an href, or a name inside a form with an action")
        if "data-hx-post" in found and not self._posts_bare(found):
            self._say("data-hx-post needs a form with an action")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._forms:
            self._forms.pop()

    def _works_bare(self, found: Attributes) -> bool:
        return "href" in found or "action" in found or ("name" in found and self._in_form(found))

    def _posts_bare(self, found: Attributes) -> bool:
        return "action" in found or "formaction" in found or self._in_form(found)

    def _in_form(self, found: Attributes) -> bool:
        return "form" in found or any("action" in form for form in self._forms)

    def _say(self, what: str) -> None:
        self.wrong.append(f"{self.getpos()[0]}: {what}")


def plain(text: str) -> str:
    """Return the template without Django's tags, lines kept: what is left reads as HTML."""
    for pattern in (COMMENT, TAGS):
        text = pattern.sub(lambda match: "\n" * match[0].count("\n"), text)
    return re.sub(r"{{.*?}}", "value", text)


def misnamed(text: str) -> list[str]:
    """Return the inline partials of `text` whose first element does not bear their name as id."""
    return [
        name
        for name, after in INLINE.findall(text)
        if not (first := FIRST_ID.match(TAGS.sub("", after))) or first[1] != name
    ]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_keeps_the_rules(path: Path) -> None:
    assert Reader(path.read_text()).wrong == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_swapped_region_bears_its_name_as_id(path: Path) -> None:
    assert misnamed(path.read_text()) == []


def test_names_of_partials_are_unique() -> None:
    names = Counter(name for path in TEMPLATES for name, _ in PARTIAL.findall(path.read_text()))
    assert names
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">',
        '<button onclick="go()">',
        "<style>p {}</style>",
        "<script>go()</script>",
        '<a hx-get="{% url "x" %}" href="/">',
        '<a data-hx-get="{% url "x" %}">',
        '<form action="/"></form><input name="q" data-hx-get="/">',
        '<button data-hx-post="/">',
    ],
)
def test_each_rule_can_be_broken(text: str) -> None:
    assert len(Reader(text).wrong) == 1


def test_a_misnamed_region_is_seen() -> None:
    assert misnamed('{% partialdef card inline %}\n<section id="list">') == ["card"]
    assert misnamed('{% partialdef card inline %}\n{% if a %}<p class="{{ b }}" id="card">') == []
