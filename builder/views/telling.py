"""Changes of a design, hints and explanations in the active language. Knows no rows and no requests."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from builder.drawing import anchor
from builder.engine.design import Design
from builder.engine.explain import changes
from builder.forms import FIELDS
from builder.services import Given, Hint, place_of
from builder.views.panel import FindingLine

type Change = Mapping[str, Any]

MOST_ALOUD = 4  # changes that the live region names one by one


@dataclass(frozen=True, slots=True)
class HintLine:
    """A hint as far as it was told: `family` always, `control` with its id, `fix` with its `patch` in words."""

    key: str
    family: str
    url: str
    control: str
    anchor: str
    fix: str
    patch: list[str]


@dataclass(frozen=True, slots=True)
class Explained:
    """What would be right instead. Either is None when it was not asked for."""

    nearest: list[str] | None
    wish: str | None


def differences(before: Design, after: Design) -> list[Change]:
    """Return the fields by which two designs of one scenario differ."""
    return [asdict(one) for one in changes(before, after)]


def changed_words(found: Iterable[Change], names: Sequence[str]) -> list[str]:
    """Return "Load balancer: CLB → ALB" for each change; with the service's name when there are several of `names`."""
    return [
        gettext("%(field)s: %(before)s → %(after)s")
        % {"field": _field(one, names), "before": _value(one, "before"), "after": _value(one, "after")}
        for one in found
    ]


def aloud(found: Sequence[Change], names: Sequence[str]) -> str:
    """Return "Load balancer: ALB. Listener: HTTP." for the live region; only how many when there are too many."""
    if len(found) > MOST_ALOUD:
        return ngettext("%(n)s choice changed.", "%(n)s choices changed.", len(found)) % {"n": len(found)}
    return " ".join(f"{_field(one, names)}: {_value(one, 'after')}." for one in found)


def _field(change: Change, names: Sequence[str]) -> str:
    place, _, name = change["path"].rpartition(".")
    legend = str(FIELDS[name][0])
    if place == "cluster" or len(names) == 1:
        return legend
    return f"{names[int(place.rpartition('.')[2])]} · {legend}"


def _value(change: Change, when: str) -> str:
    options = {option.value: str(option.label) for option in FIELDS[change["path"].rpartition(".")[2]][1]}
    value = change[when]
    if isinstance(value, (list, tuple)):
        return ", ".join(options[one] for one in value) or gettext("nothing")
    return options[str(value)]


def hint_line(hint: Hint, line: FindingLine, patch: list[str], names: Sequence[str]) -> HintLine:
    """Return `hint` in words; `line` is its finding in words, `patch` what mending it changes."""
    path = hint.finding.decides_on[0]
    control = _field({"path": path}, names) if hint.told > 1 else ""
    quote = line.quotes[0] if line.quotes else None
    return HintLine(
        key=place_of(hint.finding),
        family=quote.source if quote else gettext("the client's brief"),
        url=quote.url if quote else "",
        control=control,
        anchor=anchor(path) if control else "",
        fix=line.fix if hint.told > 2 else "",
        patch=patch if hint.told > 2 else [],
    )


def explained_words(found: Given, names: Sequence[str], asked: Sequence[str] = ("nearest", "when-right")) -> Explained:
    """Return what was searched for a design in words, of it what was `asked` for."""
    nearest = changed_words(found["nearest"], names) if "nearest" in asked else None
    return Explained(nearest, _wish(found, names) if "when-right" in asked else None)


def _wish(found: Given, names: Sequence[str]) -> str:
    """When the design would be right, as a sentence; "" for one that is right already."""
    wish = found["when_right"]
    if wish is None:
        return gettext("No single wish of the client would make this design the right one.") if found["nearest"] else ""
    key = (wish["requirement"], tuple(wish["after"]) if isinstance(wish["after"], list) else wish["after"])
    sentence = _wishes()[key]
    return sentence if len(names) == 1 else f"{names[wish['service']]}: {sentence}"


def _wishes() -> dict[tuple[str, object], str]:
    return {
        ("traffic", "none"): gettext("This design would be right if nobody connected from outside."),
        ("traffic", "http"): gettext("This design would be right if users connected over HTTP."),
        ("traffic", "https"): gettext("This design would be right if users connected over HTTPS."),
        ("traffic", "tcp"): gettext("This design would be right if users connected over TCP."),
        ("traffic", "udp"): gettext("This design would be right if users connected over UDP."),
        ("ops", "any"): gettext("This design would be right if the client did not mind who looks after the servers."),
        ("ops", "hands-off"): gettext("This design would be right if the client wanted no servers to look after."),
        ("ops", "host-control"): gettext("This design would be right if the client needed control of the host."),
        ("billing", "any"): gettext("This design would be right if paying only for use did not matter."),
        ("billing", "pay-per-use"): gettext("This design would be right if the client paid only for what is used."),
        ("api", ()): gettext("This design would be right if the tasks called no AWS service."),
        ("api", ("s3",)): gettext("This design would be right if the tasks called S3 and nothing else."),
        ("api", ("dynamodb",)): gettext("This design would be right if the tasks called DynamoDB and nothing else."),
        ("api", ("s3", "dynamodb")): gettext("This design would be right if the tasks called both S3 and DynamoDB."),
        ("persist", True): gettext("This design would be right if its data had to outlive the container."),
        ("persist", False): gettext("This design would be right if there were no data to keep."),
        ("shared", True): gettext("This design would be right if several tasks worked on the same files."),
        ("shared", False): gettext("This design would be right if the tasks shared no files."),
        ("azs", 1): gettext("This design would be right if one Availability Zone were enough."),
        ("azs", 2): gettext("This design would be right if it had to run in two Availability Zones."),
    }
