"""Nothing that is typed runs: every field, in the preview, the marked card, the bank, the history, for a learner."""

from html.parser import HTMLParser

import pytest
from django.test import Client

from learning.models import Course, Learner
from quizzes.models import Attempt, AttemptItem, Question, Quiz
from quizzes.services import quick_order
from quizzes.services.authoring import publish
from tests.quizzes.author.make import NOW, make_question

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&#58;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    '![x](x" onerror="alert(1))',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<form action=//evil.example><input name=q><button formaction=javascript:alert(1)>x</button></form>",
    "<details open ontoggle=alert(1)>x</details>",
    '<b style="background:url(javascript:alert(1))" data-hx-get=/x onclick=alert(1)>x</b>',
    "<base href=//evil.example/><meta http-equiv=refresh content=0;url=//evil.example><link rel=stylesheet href=//e>",
    "</textarea><script>alert(1)</script>",
    "\"'><script>alert(1)</script><x y='",
    "{{ 7|add:7 }}{% include 'x' %}",
    "`<script>alert(1)</script>`",
    "<object data=x></object><embed src=x><video onerror=alert(1)><source src=x>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
)
OUR_SCRIPTS = ("/static/",)


class Danger(HTMLParser):
    """Collects what could run or call out, in the page's own content."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in ("iframe", "object", "embed", "base", "math", "animate", "video", "source"):
            self.found.append(tag)
        if tag == "script" and not said.get("src", "").startswith(OUR_SCRIPTS):
            self.found.append(tag)
        if tag in ("link", "meta") and "//e" in repr(said).replace("https://", "").replace("http://", ""):
            self.found.append(tag)
        self.found += [name for name in said if name.startswith("on") or name == "style"]
        urls = [said.get(name, "") for name in ("href", "src", "action", "formaction")]
        self.found += [u for u in urls if u.strip().lower().startswith(("javascript:", "data:", "vbscript:", "//"))]


def text_with(payload: str) -> str:
    """Return a question with the payload in every place that takes words."""
    return f"""## Case {payload} ^case-x
Text {payload}

### Stem {payload}
Text {payload}

- [x] Right {payload}
  > Reason {payload} [[launch-types#^fargate-no-servers]]
- [ ] Wrong {payload}
  > Reason two {payload} [[launch-types#^ec2-your-servers]]

> [!explain]
> Explained {payload}

> [!hint]
> Hint {payload}"""


def pages_of(client: Client, question: Question) -> list[str]:
    here = f"/en/author/questions/{question.pk}/"
    body = {"topic": "launch-types", "difficulty": 2, "base": 1, "tags": question.tags, **question.draft.texts}
    marked = {**body, "view": "marked", "in": "en"}
    htmx = {"HX-Request": "true", "HX-Target": "side"}
    answers = [
        client.get(here),
        client.get(f"{here}?view=marked"),
        client.post(here, marked, headers=htmx),
        client.post(here, {**marked, "base": 7, "en": "### other"}),
        client.get(f"{here}publish/"),
        client.get(f"{here}try/"),
        client.get("/en/author/?whose=mine"),
    ]
    return [answer.content.decode() for answer in answers]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_it_works(as_ines: Client, ines: Learner, course: Course, payload: str) -> None:
    question = make_question(course, ines, {"en": text_with(payload)}, tags=[payload])
    for page in pages_of(as_ines, question):
        assert Danger(page).found == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_published_is_as_safe(
    as_ines: Client, ines: Learner, as_alice: Client, alice: Learner, course: Course, payload: str
) -> None:
    question = make_question(course, ines, {"en": text_with(payload)})
    assert ines.user
    revision = publish(question=question, actor=ines.user, now=NOW, wrong={"en": payload})
    quiz = Quiz.objects.get(slug="practice")
    attempt = Attempt.objects.create(learner=alice, course=course, quiz=quiz, mode="practice", started_at=NOW)
    order, tokens = quick_order(revision.any_public)
    item = AttemptItem.objects.create(attempt=attempt, number=1, revision=revision, order=order, tokens=tokens)
    pages = [
        as_alice.get(f"/en/attempts/{attempt.pk}/1/"),
        as_alice.post(
            f"/en/attempts/{attempt.pk}/1/mark/",
            {"option": tokens[0], "revision": 0, "operation": "00000000-0000-4000-8000-000000000001"},
            follow=True,
        ),
        as_ines.get(f"/en/author/questions/{question.pk}/history/"),
        as_ines.get(f"/en/author/questions/{question.pk}/try/"),
    ]
    assert item.pk
    for page in pages:
        assert page.status_code == 200
        assert Danger(page.content.decode()).found == []
