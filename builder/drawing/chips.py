"""The small boxes inside tasks and instances: size, task role, storage, instance profile. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.drawing.shapes import Box, Canvas, Kind, Label, Part, Spacing
from builder.drawing.words import Said
from builder.engine.design import APIS, Cluster, Service
from learning.catalogue.errors import N_

TWO_COLUMNS_FROM, THREE_COLUMNS_FROM = 240, 420
API_NAMES = {"s3": "S3", "dynamodb": "DynamoDB"}


@dataclass(frozen=True, slots=True)
class Chip:
    """A small box that is not placed yet, with one or two lines of words."""

    kind: Kind
    path: str
    lines: tuple[Said, ...]
    empty: bool = False

    def height(self, spacing: Spacing) -> int:
        """As tall as its lines need."""
        return spacing.one_line if len(self.lines) == 1 else spacing.two_lines


def names_of(apis: Sequence[str] | frozenset[str]) -> Said:
    """Return the AWS services' names in a fixed order."""
    return Said(", ".join(API_NAMES[api] for api in APIS if api in apis))


def size_chip(service: Service, path: str) -> Chip:
    """Whether CPU and memory are stated."""
    if service.size == "set":
        return Chip("size", f"{path}.size", (Said(N_("CPU + memory")),))
    return Chip("size", f"{path}.size", (Said(N_("No CPU/memory")),), empty=True)


def role_chip(service: Service, path: str) -> Chip:
    """The task role and what it allows."""
    where = f"{path}.role"
    if service.role == "none":
        return Chip("role", where, (Said(N_("No task role")),), empty=True)
    title = Said(N_("Shared role")) if service.role == "shared" else Said(N_("Task role"))
    allows = names_of(service.grants) if service.grants else Said(N_("no permissions"))
    return Chip("role", where, (title, allows))


def disk_chip(service: Service, path: str) -> Chip:
    """Storage that is not shared: in the container, or on an instance."""
    words = Said(N_("Instance disk")) if service.storage == "instance" else Said(N_("Container disk"))
    return Chip("disk", f"{path}.storage", (words,))


def profile_chip(cluster: Cluster) -> Chip:
    """The instance profile and whom its permissions are for."""
    if cluster.profile == "none":
        return Chip("profile", "cluster.profile", (Said(N_("No profile")),), empty=True)
    rights = Said(N_("for the agent")) if cluster.profile == "agent" else Said(N_("for agent and app"))
    return Chip("profile", "cluster.profile", (Said(N_("Instance profile")), rights))


def idle_chip(cluster: Cluster) -> Chip:
    """EC2 instances of a cluster in which nothing runs on EC2."""
    if cluster.instances == "none":
        return Chip("instance", "cluster.instances", (Said(N_("No EC2 instance")),), empty=True)
    return Chip("instance", "cluster.instances", (Said(N_("EC2 instance")), Said(N_("no tasks on it"))))


def put_chips(canvas: Canvas, chips: Sequence[Chip], box: Box, copy: bool = False) -> float:
    """Put `chips` down from the top of `box`, two or three in a row where it is wide enough; return where they end."""
    columns = 1 + (box.w >= TWO_COLUMNS_FROM) + (box.w >= THREE_COLUMNS_FROM)
    y, gap = box.y, canvas.spacing.gap
    for start in range(0, len(chips), columns):
        y = put_row(canvas, chips[start : start + columns], Box(box.x, y, box.w, 0), copy) + gap
    return y - gap if chips else y


def put_row(canvas: Canvas, row: Sequence[Chip], box: Box, copy: bool = False) -> float:
    """Put chips side by side, equally wide and tall; return where they end."""
    gap = canvas.spacing.gap
    width = (box.w - gap * (len(row) - 1)) / len(row)
    height = max(chip.height(canvas.spacing) for chip in row)
    for column, chip in enumerate(row):
        put_chip(canvas, chip, Box(box.x + column * (width + gap), box.y, width, height), copy)
    return box.y + height


def put_chip(canvas: Canvas, chip: Chip, box: Box, copy: bool = False) -> None:
    """Put one chip down, its lines centred in `box`."""
    part = Part(chip.kind, box, chip.path, lines_in(box, chip.lines, titled=len(chip.lines) > 1), chip.empty, copy)
    canvas.put(part)


def lines_in(box: Box, lines: Sequence[Said], titled: bool = True) -> tuple[Label, ...]:
    """One or two lines in the middle of `box`; the first as a title if `titled`."""
    first = box.y + box.h / 2 + (5 if len(lines) == 1 else -4)
    labels = [Label(said, box.middle, first + 17 * i, box.w - 8) for i, said in enumerate(lines)]
    if titled:
        labels[0] = replace(labels[0], size="title")
    return tuple(labels)
