"""What a pasted CloudFormation template or ECS task definition says of a design, field by field.

Pure. Parse only. It never raises: what cannot be read is a note with its line. A value that it gives is one of the
model's own; nothing else of the text is kept or repeated, since it may hold secrets.
"""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from builder.engine.design import APIS, CLUSTER_FIELDS, MAX_SERVICES, SERVICE_FIELDS, Design, changed
from builder.export.parsing import parse
from builder.export.read_cluster import instances_of, profile_of, zones_of
from builder.export.read_fronts import front_of
from builder.export.read_roles import rights_of
from builder.export.read_tasks import (
    NO_TASK,
    Source,
    launch_of,
    role_key,
    size_of,
    sources_of,
    storage_of,
)
from builder.export.template import Field, Guess, How, Template, template_of
from builder.export.tree import MAX_BYTES, TOO_LARGE, Node, Note, RefusedError
from builder.export.values import Gap, child
from learning.catalogue.errors import N_

__all__ = ["MAX_BYTES", "Field", "How", "Note", "Reading", "read_bytes", "read_template"]

type Kind = Literal["template", "task", "none"]

MOST_SERVICES = 50  # whose launch types are read: no file of people has more, and each asks the whole file

OTHER_TEXT = N_("This is neither a CloudFormation template (with Resources) nor an ECS task definition.")
NOT_UTF8 = N_("The file is no UTF-8 text.")
NO_SERVICE = N_("There is neither an ECS service nor a task definition in it.")
MORE = N_("There are %(there)s services in it. They were taken in order, as many as the scenario has: %(here)s.")
FEWER = N_("The scenario has %(here)s services, the file %(there)s.")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. `fields` has every path of a design with as many services as asked for.

    `notes`: what was not understood, in the order of the lines. `services`: lines of the file's services (or task
    definitions). `kind` is "none" when the text is nothing that could be read; the notes then say why.
    """

    kind: Kind
    fields: Mapping[str, Field] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    services: tuple[int, ...] = ()

    def design(self, before: Design) -> Design:
        """Return `before` with what was read, normalised."""
        return changed(before, {path: one.value for path, one in self.fields.items() if one.how != "absent"})


def read_template(text: str, services: int = 1) -> Reading:
    """Read `text` for a design with `services` services (1 to 3)."""
    services = max(1, min(services, MAX_SERVICES))
    try:
        top, odd = parse(text)
    except RefusedError as refused:
        return Reading("none", notes=(refused.note,))
    kind, template, sources = _understood(top)
    if kind == "none":
        return Reading("none", notes=(*odd, Note(0, OTHER_TEXT)))
    template.notes += odd
    _count(template, len(sources), services)
    fields = _fields(template, sources[:services], services)
    if kind == "template":
        fields |= _cluster(template, sources)
    notes = tuple(sorted(template.notes, key=lambda note: note.line))
    return Reading(kind, fields, notes, tuple(one.line for one in sources))


def read_bytes(data: bytes, services: int = 1) -> Reading:
    """Read a file: UTF-8, or UTF-16 as its byte order mark says."""
    if len(data) > MAX_BYTES * 2:
        return Reading("none", notes=(Note(0, TOO_LARGE, {"most": MAX_BYTES // 1024}),))
    encoding = "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return Reading("none", notes=(Note(0, NOT_UTF8),))
    return read_template(text, services)


def _understood(top: Node) -> tuple[Kind, Template, list[Source]]:
    resources = child(top, "Resources")
    if resources and isinstance(resources.value, dict):
        template = template_of(top)
        return "template", template, sources_of(template)
    template = template_of(Node({}, 1))
    inner = child(top, "taskDefinition")
    task = inner if inner and isinstance(inner.value, dict) else top
    if child(task, "containerDefinitions"):
        return "task", template, [Source(template, task.line, None, task)]
    return "none", template, []


def _count(template: Template, there: int, here: int) -> None:
    if not there:
        template.note(0, NO_SERVICE)
    elif there > here:
        template.note(0, MORE, there=there, here=here)
    elif there < here:
        template.note(0, FEWER, there=there, here=here)


def _fields(template: Template, sources: Sequence[Source], services: int) -> dict[str, Field]:
    fields = {f"services.{i}.{name}": Field() for i in range(services) for name in SERVICE_FIELDS}
    fields |= {f"cluster.{name}": Field() for name in CLUSTER_FIELDS}
    keys = [role_key(one) for one in sources]
    for index, source in enumerate(sources):
        others = [key for i, key in enumerate(keys) if i != index]
        fields |= {f"services.{index}.{name}": one for name, one in _service(source, others).items()}
    return fields


def _cluster(template: Template, sources: Sequence[Source]) -> dict[str, Field]:
    """By all services of the file, those beyond the scenario's number too: they run on the same cluster."""
    launches = {template.read(partial(launch_of, one)).value for one in sources[:MOST_SERVICES]}
    return {
        "cluster.instances": template.read(lambda: instances_of(template, launches)),
        "cluster.profile": template.read(lambda: profile_of(template, launches)),
    }


def _service(source: Source, others: Sequence[object]) -> dict[str, Field]:
    read = source.template.read
    balancer, listener = front_of(source)
    if source.task is None:
        source.template.note(source.line, NO_TASK)
    return {
        "launch": read(lambda: launch_of(source)),
        "size": read(lambda: size_of(source)),
        "role": read(lambda: _role(source, others)),
        "grants": read(lambda: _grants(source)),
        "load_balancer": balancer,
        "listener": listener,
        "storage": read(lambda: storage_of(source)),
        "azs": read(lambda: zones_of(source)),
    }


def _role(source: Source, others: Sequence[object]) -> object:
    key = role_key(source)
    if key is Gap.OUTSIDE:
        return None
    if key is None:
        return Guess("none")
    return "shared" if key in others else "own"


def _grants(source: Source) -> object:
    """What the role allows; when part of it is not in this file, what is, as a guess."""
    if role_key(source) is None:
        return Guess([])
    rights = rights_of(source.template, source.of_task("TaskRoleArn"))
    if rights is None:
        return None
    grants = [api for api in APIS if api in rights.apis]
    if rights.complete:
        return grants
    return Guess(grants) if grants else None
