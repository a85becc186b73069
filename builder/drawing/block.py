"""One service drawn from top to bottom: users, load balancer, zones with tasks, storage, what the tasks call. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from builder.drawing.chips import (
    Chip,
    disk_chip,
    lines_in,
    names_of,
    profile_chip,
    put_chip,
    put_chips,
    role_chip,
    size_chip,
)
from builder.drawing.shapes import Box, Canvas, Label, Line, Part
from builder.drawing.words import Said, fitted, plain
from builder.engine.design import Design, Service
from learning.catalogue.errors import N_

ZONE_HEAD = 28
BAR, EMPTY_BAR = 46, 34
GAP, UNUSED_ZONE = 8, 84
MOST_BALANCER = 240
TITLE_SIZE = 14.5

LAUNCH_NAMES = {"fargate": "Fargate", "ec2": "EC2"}
LISTENER_NAMES = {"http": "HTTP · 80", "https": "HTTPS · 443", "tcp": "TCP", "udp": "UDP"}


@dataclass(frozen=True, slots=True)
class Place:
    """What the drawing must know of a service beyond the design: its name as shown, and the client's requirements."""

    name: str
    exposed: bool = False
    calls: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Block:
    """One service to be drawn."""

    design: Design
    index: int
    place: Place

    @property
    def service(self) -> Service:
        """The service as designed."""
        return self.design.services[self.index]

    @property
    def path(self) -> str:
        """Its path in the design."""
        return f"services.{self.index}"


def put_block(canvas: Canvas, block: Block, x: float, y: float, width: float) -> float:
    """Draw the block from `y` downwards; return where it ends."""
    y = _put_users(canvas, block, Box(x, y, width, 26))
    balancer = _put_balancer(canvas, block, x, y, width)
    top, used = balancer.bottom + canvas.spacing.step, block.service.azs
    first, second = _zones(x, top, width, used)
    cell = _put_zone(canvas, block, first, copy=False)
    bottom = cell.bottom + canvas.spacing.pad
    if used == 2:
        _put_zone(canvas, block, second, copy=True)
        entries, tasks = [first.right - 30, second.x + 30], [first.middle, second.middle]
    else:
        _put_unused_zone(canvas, block, Box(second.x, top, second.w, bottom - top))
        entries, tasks = [balancer.middle], [first.middle]
    if block.service.load_balancer != "none":
        canvas.lines += [Line(at, balancer.bottom, cell.y) for at in entries]
    return _put_below(canvas, block, Box(x, bottom + canvas.spacing.step, width, BAR), cell.bottom, tasks)


def _zones(x: float, top: float, width: float, used: int) -> tuple[Box, Box]:
    """The two zones side by side: halves, or a slim one for a zone that is not used."""
    second = (width - GAP) / 2 if used == 2 else UNUSED_ZONE
    first = width - GAP - second
    return Box(x, top, first, 0), Box(x + first + GAP, top, second, 0)


def _put_users(canvas: Canvas, block: Block, box: Box) -> float:
    words = Said(N_("Users")) if block.place.exposed else Said(N_("No outside users"))
    person = Box(box.middle - 13, box.y, 26, 26)
    label = Label(words, person.right + 6, box.y + 18, box.right - person.right - 10, anchor="start")
    canvas.put(Part("users", person, labels=(label,), empty=not block.place.exposed))
    if block.place.exposed or block.service.load_balancer != "none":
        broken = block.service.load_balancer == "none"
        canvas.lines.append(Line(box.middle, person.bottom + 2, box.bottom + 18, broken=broken))
    return box.bottom + 18


def _put_balancer(canvas: Canvas, block: Block, x: float, y: float, width: float) -> Box:
    service, path = block.service, f"{block.path}.load_balancer"
    wide = min(width - 60, MOST_BALANCER)
    box = Box(x + (width - wide) / 2, y, wide, 74 if service.load_balancer != "none" else 44)
    if service.load_balancer == "none":
        labels = lines_in(box, (Said(N_("No load balancer")),), titled=False)
        canvas.put(Part("balancer", box, path, labels, empty=True))
        return box
    title = Label(Said(service.load_balancer.upper()), box.middle, y + 23, wide - 10, "title")
    canvas.put(Part("balancer", box, path, (title,)))
    put_chip(canvas, _listener(block), Box(box.x + 10, y + 35, wide - 20, 29))
    return box


def _listener(block: Block) -> Chip:
    listener = block.service.listener
    words = Said(LISTENER_NAMES[listener]) if listener != "none" else Said(N_("No listener"))
    return Chip("listener", f"{block.path}.listener", (words,), empty=listener == "none")


def _put_zone(canvas: Canvas, block: Block, zone: Box, copy: bool) -> Box:
    """Draw a zone around its task; return the box that lies directly in the zone."""
    under = len(canvas.parts)
    pad = canvas.spacing.pad
    x, y, width = zone.x + pad, zone.y + ZONE_HEAD, zone.w - 2 * pad
    if block.service.launch == "ec2":
        cell = _put_instance(canvas, block, Box(x, y, width, 0), copy)
    else:
        cell = _put_task(canvas, block, Box(x, y, width, 0), copy)
    frame = Box(zone.x, zone.y, zone.w, cell.bottom + pad - zone.y)
    part = Part("zone", frame, f"{block.path}.azs", (_zone_label(frame, copy),), copy=copy)
    canvas.put(part, under, marked=block.service.azs == 2)  # else the mark stands on the zone that is not used
    return cell


def _zone_label(frame: Box, second: bool) -> Label:
    """Zone a is named at its left, zone b at its right: the lines from the balancer come down between the names."""
    words = Said(N_("Zone %(letter)s"), {"letter": "b" if second else "a"})
    x = frame.right - 10 if second else frame.x + 10
    return Label(words, x, frame.y + 19, frame.w - 50, anchor="end" if second else "start")


def _put_unused_zone(canvas: Canvas, block: Block, frame: Box) -> None:
    zone = Label(Said(N_("Zone %(letter)s"), {"letter": "b"}), frame.middle, frame.y + 19, frame.w - 4)
    unused = Label(Said(N_("not used")), frame.middle, frame.y + frame.h / 2 + 5, frame.w - 4)
    labels = (zone, unused)
    canvas.put(Part("zone", frame, f"{block.path}.azs", labels, empty=True))


def _put_instance(canvas: Canvas, block: Block, at: Box, copy: bool) -> Box:
    """An EC2 instance with its agent and profile around the task; dashed where none is registered."""
    under, cluster, space = len(canvas.parts), block.design.cluster, canvas.spacing
    x, width = at.x + space.pad, at.w - 2 * space.pad
    registered = cluster.instances == "registered"
    lines = (Said(N_("EC2 instance")), Said(N_("ECS agent"))) if registered else (Said(N_("No EC2 instance")),)
    chips = [profile_chip(cluster)]
    bottom = put_chips(canvas, chips, Box(x, at.y + space.title, width, 0), copy)
    bottom = _put_task(canvas, block, Box(x, bottom + space.gap, width, 0), copy).bottom
    if block.service.storage == "instance":
        bottom = put_chips(canvas, [disk_chip(block.service, block.path)], Box(x, bottom + space.gap, width, 0), copy)
    box = Box(at.x, at.y, at.w, bottom + space.pad - at.y)
    labels = lines_in(Box(at.x, at.y, at.w, space.title), lines)
    canvas.put(Part("instance", box, "cluster.instances", labels, empty=not registered, copy=copy), under)
    return box


def _put_task(canvas: Canvas, block: Block, at: Box, copy: bool) -> Box:
    under, service, space = len(canvas.parts), block.service, canvas.spacing
    chips = [size_chip(service, block.path), role_chip(service, block.path)]
    if service.storage == "container" or (service.storage == "instance" and service.launch == "fargate"):
        chips.append(disk_chip(service, block.path))
    inner = Box(at.x + space.pad, at.y + space.title, at.w - 2 * space.pad, 0)
    bottom = put_chips(canvas, chips, inner, copy)
    box = Box(at.x, at.y, at.w, bottom + space.pad - at.y)
    name = plain(fitted(block.place.name, TITLE_SIZE, at.w - 12, bold=True))
    launch = Said(N_("%(launch)s task"), {"launch": LAUNCH_NAMES[service.launch]})
    labels = lines_in(Box(at.x, at.y, at.w, space.title), (name, launch))
    canvas.put(Part("task", box, f"{block.path}.launch", labels, copy=copy), under)
    return box


def _put_below(canvas: Canvas, block: Block, bar: Box, tasks_end: float, tasks: Sequence[float]) -> float:
    """Shared storage across the zones, and under it what the tasks call; lines come down from the `tasks`."""
    inset = 40 if block.place.calls else 0
    height = bar.h if block.service.storage == "efs" else EMPTY_BAR
    efs = Box(bar.x + inset, bar.y, bar.w - 2 * inset, height)
    _put_efs(canvas, block, efs)
    if block.service.storage == "efs":
        canvas.lines += [Line(at, tasks_end, bar.y, "data") for at in tasks]
    if not block.place.calls:
        return efs.bottom
    api = Box(bar.x, efs.bottom + 14, bar.w, bar.h)
    _put_api(canvas, block, api)
    missing = not block.place.calls <= block.service.grants
    ends = (bar.x + 20, bar.right - 20)
    canvas.lines += [Line(at, tasks_end, api.y, "call", broken=missing) for at in ends[: len(tasks)]]
    return api.bottom


def _put_efs(canvas: Canvas, block: Block, box: Box) -> None:
    path, service = f"{block.path}.storage", block.service
    if service.storage != "efs":
        labels = lines_in(box, (Said(N_("No shared file system")),), titled=False)
        canvas.put(Part("efs", box, path, labels, empty=True), marked=False)
        return
    mounted = Said(N_("mounted in both zones")) if service.azs == 2 else Said(N_("mounted in one zone"))
    canvas.put(Part("efs", box, path, lines_in(box, (Said("EFS"), mounted))))


def _put_api(canvas: Canvas, block: Block, box: Box) -> None:
    lines = (names_of(block.place.calls), Said(N_("called by the task")))
    canvas.put(Part("api", box, f"{block.path}.role", lines_in(box, lines)), marked=False)
