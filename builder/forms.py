"""The design as a form: strict reading of what was posted, and the controls to show it with.

Bounded by nature: one to three services, a closed set of values each. Must not know scores nor rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from builder.drawing import anchor
from builder.engine.design import CLUSTER_FIELDS, SERVICE_FIELDS, Design, from_dict, to_dict

type Text = str | Promise  # a Promise is translated when it is shown

MOST_SHOWN = 40  # characters of a value that a message repeats


@dataclass(frozen=True, slots=True)
class Option:
    """One radio card or checkbox."""

    value: str
    label: Text
    hint: Text = ""
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Control:
    """One field of the design as a fieldset of cards."""

    path: str
    legend: Text
    options: tuple[Option, ...]
    many: bool = False
    error: str = ""

    @property
    def anchor(self) -> str:
        """The id of the fieldset, which drawing, outline and findings link to."""
        return anchor(self.path)

    @property
    def classes(self) -> str:
        """What CSS draws it by: its colour in the drawing, and whether its cards are as wide as the column."""
        name = self.path.rpartition(".")[2]
        return f"{COLOURS.get(name, 'blue')}{' full' if name in FULL_WIDTH else ''}"


@dataclass(frozen=True, slots=True)
class Group:
    """The controls of one service (`name` as the client calls it), or of the cluster."""

    name: str
    controls: tuple[Control, ...]


FIELDS: Mapping[str, tuple[Text, tuple[Option, ...]]] = {
    "launch": (
        _("Launch type"),
        (Option("fargate", "Fargate", _("serverless")), Option("ec2", "EC2", _("your own servers"))),
    ),
    "size": (_("CPU and memory"), (Option("unset", _("Not stated")), Option("set", _("Stated")))),
    "role": (
        _("Task role"),
        (Option("none", _("None")), Option("own", _("Its own")), Option("shared", _("Shared"))),
    ),
    "grants": (_("The task role allows"), (Option("s3", "S3"), Option("dynamodb", "DynamoDB"))),
    "load_balancer": (
        _("Load balancer"),
        (
            Option("none", _("None")),
            Option("alb", "ALB", "Application"),
            Option("nlb", "NLB", "Network"),
            Option("clb", "CLB", "Classic"),
        ),
    ),
    "listener": (
        _("Listener"),
        (
            Option("none", _("None")),
            Option("http", "HTTP"),
            Option("https", "HTTPS"),
            Option("tcp", "TCP"),
            Option("udp", "UDP"),
        ),
    ),
    "storage": (
        _("Storage"),
        (
            Option("container", _("Inside the container")),
            Option("instance", _("Disk of the EC2 instance")),
            Option("efs", "EFS"),
        ),
    ),
    "azs": (_("Availability Zones"), (Option("1", _("One zone")), Option("2", _("Two zones")))),
    "instances": (_("EC2 instances"), (Option("none", _("None")), Option("registered", _("Registered")))),
    "profile": (
        _("Instance profile"),
        (
            Option("none", _("None")),
            Option("agent", _("For the agent")),
            Option("agent+app", _("For agent and app")),
        ),
    ),
}
MANY = frozenset({"grants"})
COLOURS: Mapping[str, str] = {"role": "buoy", "grants": "buoy", "profile": "buoy", "storage": "green"}
FULL_WIDTH = frozenset({"launch", "load_balancer", "storage", "profile"})


class DesignForm:
    """Reads a posted design of as many services as `before` has; what is wrong is said by field, what is right is kept.

    `errors` maps paths such as `services.0.launch` to a message in the active language. `design` is as chosen, not
    normalised; a field that was wrong keeps the value it had in `before`.
    """

    def __init__(self, data: QueryDict, before: Design) -> None:
        self.errors: dict[str, str] = {}
        old = to_dict(before)
        services = [self._read(data, f"services.{i}", SERVICE_FIELDS) for i in range(len(before.services))]
        read: dict[str, object] = {"cluster": self._read(data, "cluster", CLUSTER_FIELDS), "services": services}
        self._refuse_unknown(data, len(services))
        self.design = from_dict(_filled(read, old))

    def is_valid(self) -> bool:
        """Whether every field was given a value that it can have."""
        return not self.errors

    def _read(self, data: QueryDict, place: str, names: Sequence[str]) -> dict[str, object]:
        return {name: self._value(f"{place}.{name}", name, data.getlist(f"{place}.{name}")) for name in names}

    def _value(self, path: str, name: str, posted: Sequence[str]) -> object:
        known = {option.value for option in FIELDS[name][1]}
        wrong = [value for value in posted if value not in known]
        if wrong:
            self.errors[path] = gettext("“%(value)s” cannot be chosen here.") % {"value": wrong[0][:MOST_SHOWN]}
        elif name in MANY:
            return posted
        elif len(posted) != 1:
            self.errors[path] = gettext("Choose one.")
        else:
            return int(posted[0]) if name == "azs" else posted[0]
        return None

    def _refuse_unknown(self, data: QueryDict, services: int) -> None:
        known = {f"services.{i}.{name}" for i in range(services) for name in SERVICE_FIELDS}
        known |= {f"cluster.{name}" for name in CLUSTER_FIELDS}
        for name in data:
            if name.startswith(("services.", "cluster.")) and name not in known:
                self.errors[name[:MOST_SHOWN]] = gettext("There is no such field in this design.")


def _filled(read: object, old: object) -> object:
    """`read` with what is None taken from `old`, at any depth."""
    if isinstance(read, dict) and isinstance(old, dict):
        return {key: _filled(value, old[key]) for key, value in read.items()}
    if isinstance(read, list) and isinstance(old, list) and read and isinstance(read[0], dict):
        return [_filled(one, other) for one, other in zip(read, old, strict=True)]
    return old if read is None else read


def groups(design: Design, names: Sequence[str], errors: Mapping[str, str]) -> list[Group]:
    """Return the controls of every service, called `names`, and of the cluster, with what is chosen in `design`."""
    alone = len(design.services) == 1
    data = to_dict(design)
    services, cluster = data["services"], data["cluster"]
    if not isinstance(services, list) or not isinstance(cluster, dict):
        raise TypeError(data)
    found = [
        Group(name, _controls(f"services.{i}", services[i], errors, SERVICE_FIELDS, alone))
        for i, name in enumerate(names)
    ]
    return [*found, Group(gettext("ECS cluster"), _controls("cluster", cluster, errors, CLUSTER_FIELDS, alone))]


def _controls(
    place: str, values: Mapping[str, object], errors: Mapping[str, str], names: Sequence[str], alone: bool
) -> tuple[Control, ...]:
    return tuple(_control(f"{place}.{name}", name, values[name], errors, alone) for name in names)


def _control(path: str, name: str, value: object, errors: Mapping[str, str], alone: bool) -> Control:
    legend, options = FIELDS[name]
    chosen = {str(one) for one in value} if isinstance(value, list) else {str(value)}
    offered = [option for option in options if not (alone and option.value == "shared")]
    checked = tuple(replace(option, checked=option.value in chosen) for option in offered)
    return Control(path, legend, checked, name in MANY, errors.get(path, ""))
