"""What the builder's tests share: designs as a browser posts them, and where scenarios are."""

from builder.engine.design import Cluster, Design, Service, to_dict

PAGE = "/ko/builder/company-page/"
HTMX = {"HX-Request": "true", "HX-Target": "workbench"}

START = Design(services=(Service(launch="ec2"),))
BEST = Design(services=(Service(launch="fargate", size="set", load_balancer="alb", listener="http"),))
CLASSIC = Design(services=(Service(launch="fargate", size="set", load_balancer="clb", listener="http"),))
WITH_EC2 = Design(Cluster("registered", "agent"), (Service(launch="ec2", load_balancer="alb", listener="http"),))


def posted(design: Design) -> dict[str, object]:
    """Return `design` as its form posts it."""
    data = to_dict(design)
    fields = {f"cluster.{name}": value for name, value in data["cluster"].items()}
    for index, service in enumerate(data["services"]):
        fields |= {f"services.{index}.{name}": value for name, value in service.items()}
    return fields
