"""A template's resources by type, with its own defaults applied; what every reader of fields shares. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from builder.export.tree import Node, Note
from builder.export.values import Gap, Reference, Resolved, Values, child, words_in
from learning.catalogue.errors import N_

type How = Literal["found", "assumed", "absent"]

MACRO = N_("Macros and transforms are not carried out.")
NOT_READ = N_("Resources of the type %(type)s are not read.")
LANGUAGE_EXTENSIONS = "AWS::LanguageExtensions"  # adds functions, of which only Fn::ForEach makes resources
# Types that say something of an architecture and that no reader here understands.
UNREAD = (
    "AWS::CloudFormation::Stack",
    "AWS::CloudFormation::Macro",
    "AWS::EC2::SpotFleet",
    "AWS::ECS::TaskSet",
    "AWS::ECS::ExpressGatewayService",
    "AWS::Events::Rule",
    "AWS::FSx::FileSystem",
    "AWS::Scheduler::Schedule",
    "AWS::Serverless::Function",
    "AWS::ServiceDiscovery::Service",
    "AWS::VpcLattice::Service",
)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the design as the file has it. `value` is as in `builder.engine.design.to_dict`; None if absent.

    `how`: found in the file, assumed from a default, or absent from it.
    """

    value: object = None
    how: How = "absent"


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource of the template."""

    name: str
    kind: str
    node: Node

    @property
    def line(self) -> int:
        """Where it stands."""
        return self.node.line


NOTHING = Node({}, 0)


@dataclass(slots=True)
class Template:
    """Resources that the defaults make, by type. Notes gather what was not understood."""

    values: Values
    notes: list[Note] = field(default_factory=list)
    resources: dict[str, Resource] = field(default_factory=dict)
    kinds: dict[str, list[Resource]] = field(default_factory=dict)

    def of(self, *kinds: str) -> list[Resource]:
        """Return the resources of some types, named without `AWS::`."""
        return [one for kind in kinds for one in self.kinds.get(f"AWS::{kind}", [])]

    def named(self, resolved: Resolved, *kinds: str) -> Resource | None:
        """Return the resource that a reference means, if it is of one of these types."""
        found = self.resources.get(resolved.name) if isinstance(resolved, Reference) else None
        return found if found and found.kind in {f"AWS::{kind}" for kind in kinds} else None

    def get(self, resource: Resource | None, *path: str) -> Resolved:
        """Return a property of a resource."""
        return self.values.get(resource.node, "Properties", *path) if resource else Gap.OUTSIDE

    def note(self, line: int, message: str, **params: str | int) -> None:
        """Say what was not understood; the same of one line once."""
        note = Note(line, message, params)
        if note not in self.notes:
            self.notes.append(note)

    def read(self, reader: Callable[[], object], assumed: bool = False) -> Field:
        """Return what `reader` finds; None means that it is not in this file, a `Guess` that it follows from others.

        `assumed`: a default led to the place that is read.
        """
        self.values.assumed = assumed
        value = reader()
        if value is None:
            return Field()
        if isinstance(value, Guess):
            return Field(value.value, "assumed")
        return Field(value, "assumed" if self.values.assumed else "found")


@dataclass(frozen=True, slots=True)
class Guess:
    """A value that the file does not state, but that follows from what it states."""

    value: object


def template_of(top: Node) -> Template:
    """Return the template's resources; those whose condition fails by default are left out."""
    values = Values(top)
    template = Template(values)
    for name, node in values.section("Resources").items():
        kind = child(node, "Type")
        condition = child(node, "Condition")
        if condition and values.condition(condition.value) is False:
            continue
        if kind and isinstance(kind.value, str):
            resource = Resource(name, kind.value, node)
            template.resources[name] = resource
            template.kinds.setdefault(kind.value, []).append(resource)
        elif name.startswith("Fn::"):
            template.note(node.line, MACRO)
    _note_unread(top, template)
    return template


def _note_unread(top: Node, template: Template) -> None:
    transform = child(top, "Transform")
    if transform and set(words_in(transform)) - {LANGUAGE_EXTENSIONS}:
        template.note(transform.line, MACRO)
    for kind in UNREAD:
        for resource in template.kinds.get(kind, [])[:1]:
            template.note(resource.line, NOT_READ, type=kind)
