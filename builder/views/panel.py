"""The findings panel and the client's requirements, made of a report as given. Knows no rows and no requests."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from builder.drawing import Place, anchor
from builder.services import Given, Quote
from learning.activities import Offer
from learning.models import said

RING = 220  # length of the score ring's circle, in its own units
ICONS = {"must": "n", "should": "w", "note": "w"}
TRAFFIC = {"http": "HTTP", "https": "HTTPS", "tcp": "TCP", "udp": "UDP"}
APIS = {"s3": "S3", "dynamodb": "DynamoDB"}


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A statement as quoted, with where it stands now (both empty when no lesson holds it any more)."""

    text: str
    url: str
    source: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding in words. `key` is what the fix button posts, `control` the id of the control that decides it.

    `statements` are the ids it rests on, `questions` what asks for them.
    """

    key: str
    icon: str
    gravity: str
    service: str
    title: str
    why: str
    fix: str
    control: str
    cost: int
    quotes: list[QuoteLine]
    beyond: list[dict[str, str]]
    statements: list[str]
    questions: Sequence[Offer] = ()

    @property
    def id(self) -> str:
        """Its id on the page."""
        return "finding-" + self.key.replace(":", "-")


@dataclass(frozen=True, slots=True)
class Panel:
    """A score in words. `arc` is the part of the ring that is drawn, `tone` its colour; `left`: how many findings."""

    score: int
    arc: int
    tone: str
    headline: str
    counts: str
    left: int


class Lines:
    """Turns findings as given into words; `services` are the client's, `course` the slug that lesson links need."""

    def __init__(self, services: Sequence[Given], course: str, quotes: Mapping[str, Quote]) -> None:
        self.services, self.course, self.quotes = services, course, quotes

    def line(self, finding: Mapping[str, Any]) -> FindingLine:
        """Return one finding in words."""
        failed = finding["result"] == "fail"
        good = "i" if finding["kind"] == "fact" else "y"
        index = finding["service"]
        return FindingLine(
            key=f"{finding['rule']}:{'cluster' if index is None else index}",
            icon=ICONS[finding["severity"]] if failed else good,
            gravity=_gravity(finding) if failed else "",
            service=self._service(index),
            title=said(finding["what"] if failed else finding["good"]),
            why=said(finding["why"]),
            fix=said(finding["fix"]),
            control=anchor(finding["decides_on"][0]) if finding["decides_on"] else "",
            cost=finding["cost"],
            quotes=[self._quote(one) for one in finding["statements"]],
            beyond=[{"text": said(one), "url": one["url"], "on": one["checked_on"]} for one in finding["beyond"]],
            statements=[one["id"] for one in finding["statements"]],
        )

    def _service(self, index: int | None) -> str:
        """The service's name, where there is more than one to tell apart."""
        return "" if index is None or len(self.services) == 1 else said(self.services[index]["name"])

    def _quote(self, statement: Mapping[str, Any]) -> QuoteLine:
        text, slug = said(statement["words"]), statement["id"]
        quote = self.quotes.get(slug)
        if quote is None:
            return QuoteLine(text, "", "")
        url = reverse("learning:lesson", args=[self.course, quote.lesson])
        source = gettext("Lesson %(n)s · %(title)s") % {"n": quote.number, "title": said(quote.topic)}
        return QuoteLine(text, f"{url}?s={slug}#{slug}", source)


def panel_of(score: int, findings: Sequence[Mapping[str, Any]]) -> Panel:
    """Return the score in words; of each finding only result, severity and kind are read."""
    failed = [one["severity"] for one in findings if one["result"] == "fail"]
    left, musts = len(failed), failed.count("must")
    counts = _counts(findings, left, musts)
    return Panel(score, round(score * RING / 100), _tone(score, musts), _headline(score, musts), counts, left)


def _counts(findings: Sequence[Mapping[str, Any]], failed: int, musts: int) -> str:
    passed = sum(one["result"] == "pass" and one["kind"] != "fact" for one in findings)
    parts = [ngettext("%(n)s rule passed", "%(n)s rules passed", passed) % {"n": passed}]
    if musts:
        parts.append(ngettext("%(n)s must be put right", "%(n)s must be put right", musts) % {"n": musts})
    if others := failed - musts:
        parts.append(ngettext("%(n)s recommendation", "%(n)s recommendations", others) % {"n": others})
    return "\u00a0· ".join(parts)


def _gravity(finding: Mapping[str, Any]) -> str:
    words = {
        "must": gettext("Must be put right"),
        "should": gettext("Recommendation"),
        "note": gettext("Could be simpler"),
    }
    return words[finding["severity"]]


def _tone(score: int, musts: int) -> str:
    if musts:
        return "wrong"
    return "right" if score >= 80 else "buoy"


def _headline(score: int, musts: int) -> str:
    if musts:
        return gettext("Something must be put right")
    if score == 100:
        return gettext("Just what the client asked for")
    return gettext("Almost there") if score >= 80 else gettext("Better choices remain")


def marks_of(findings: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return severities by path: where a failed finding is put right first, in every service it speaks of."""
    marks: dict[str, str] = {}
    for finding in reversed(findings):  # the gravest come first, so they are written last
        if finding["result"] == "fail":
            first = finding["decides_on"][0]
            same = first.rpartition(".")[2]
            marks |= {path: finding["severity"] for path in finding["decides_on"] if path.endswith(f".{same}")}
    return marks


def places_of(services: Iterable[Mapping[str, Any]]) -> list[Place]:
    """Return what the drawing must know of the client's services."""
    return [Place(said(one["name"]), one["exposed"], frozenset(one["api"])) for one in services]


@dataclass(frozen=True, slots=True)
class Need:
    """What the client needs of one service, in a few words each; `name` is "" where there is only one."""

    name: str
    tags: list[str]


def needs_of(services: Sequence[Mapping[str, Any]]) -> list[Need]:
    """Return the client's requirements, service by service."""
    alone = len(services) == 1
    return [Need("" if alone else said(one["name"]), _tags(one)) for one in services]


def tags_of(services: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the requirements of all services together, each once."""
    return list(dict.fromkeys(tag for service in services for tag in _tags(service)))


def _tags(need: Mapping[str, Any]) -> list[str]:
    optional = [
        (need["ops"] == "hands-off", gettext("No servers to look after")),
        (need["ops"] == "host-control", gettext("Control of the host")),
        (need["billing"] == "pay-per-use", gettext("Pay for use only")),
        (need["persist"], gettext("Data must last")),
        (need["shared"], gettext("Shared files")),
        (need["azs"] == 2, gettext("Two Availability Zones")),
    ]
    traffic = TRAFFIC[need["traffic"]] if need["exposed"] else gettext("Nobody connects from outside")
    calls = [gettext("Calls %(api)s") % {"api": APIS[one]} for one in need["api"]]
    return [traffic, *(word for holds, word in optional if holds), *calls]
