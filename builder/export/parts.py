"""One service as a template needs it: its names, where its tasks stand, which port carries its traffic.

Pure. It knows designs and requirements, and writes nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from builder.engine.design import Design, Service
from builder.engine.facts import Requirement
from builder.export.sheet import SERVICE_IMAGE, SERVICE_PORT, Json, Parameter, Sheet

MOST_NAME = 40
FIRST_HOST_PORT = 8080
WEB_PORTS = {"http": 80, "https": 443}
FIRST_PORT = {"http": 80, "https": 80, "tcp": 9000, "udp": 9000}


@dataclass(frozen=True, slots=True)
class Part:
    """A service of the design with the client's requirement and its logical name, such as `PhotoApi`."""

    index: int
    name: str
    service: Service
    need: Requirement

    @property
    def bridged(self) -> bool:
        """Whether its tasks use the instance's network: only so can a Classic Load Balancer reach them."""
        return self.service.load_balancer == "clb"

    @property
    def balanced(self) -> bool:
        """Whether a load balancer stands before it."""
        return self.service.load_balancer != "none"

    @property
    def host_port(self) -> int:
        """The instance's port, where the tasks use its network."""
        return FIRST_HOST_PORT + self.index

    @property
    def container(self) -> str:
        """The container's name."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", self.name).lower()

    def image(self, sheet: Sheet) -> Json:
        """The parameter that names the image."""
        return sheet.ask(f"{self.name}Image", Parameter("String", SERVICE_IMAGE))

    def port(self, sheet: Sheet) -> Json:
        """The parameter that says where the container listens."""
        parameter = Parameter("Number", SERVICE_PORT, FIRST_PORT[self.service.listener])
        return sheet.ask(f"{self.name}Port", parameter)

    def listens_on(self, sheet: Sheet) -> int | Json:
        """The port of the load balancer's listener."""
        return WEB_PORTS.get(self.service.listener) or self.port(sheet)

    def subnets(self, sheet: Sheet) -> list[Json]:
        """Where its tasks stand, a subnet a zone."""
        return task_subnets(sheet, self.service.azs)


def task_subnets(sheet: Sheet, zones: int) -> list[Json]:
    """Return the subnets for tasks of the first or of both zones."""
    return [sheet.ask(name) for name in ("TaskSubnetA", "TaskSubnetB")[:zones]]


def public_subnets(sheet: Sheet, zones: int) -> list[Json]:
    """Return the public subnets of the first or of both zones."""
    return [sheet.ask(name) for name in ("PublicSubnetA", "PublicSubnetB")[:zones]]


def parts_of(design: Design, needs: Sequence[Requirement]) -> list[Part]:
    """Return the services with names that differ."""
    parts: list[Part] = []
    for index, (service, need) in enumerate(zip(design.services, needs, strict=True)):
        name = _name(need.name.en) or "Service"
        if any(one.name == name for one in parts) or name == "Service":
            name += str(index + 1)
        parts.append(Part(index, name, service, need))
    return parts


def _name(words: str) -> str:
    found = re.findall(r"[A-Za-z0-9]+", words)
    name = "".join(word[0].upper() + word[1:].lower() for word in found)
    return name[:MOST_NAME].lstrip("0123456789")
