"""Small templates, and what is read of them."""

import json

from builder.engine.design import Design, to_dict
from builder.export import Reading, read_template

TASK = "AWS::ECS::TaskDefinition"
FARGATE = {"RequiresCompatibilities": ["FARGATE"], "Cpu": "256", "Memory": "512"}


def stack(service: dict | None = None, task: dict | None = None, **more: object) -> dict:
    """A template with one service and its task definition; `more` are resources, or sections named `_Section`."""
    properties = {"TaskDefinition": {"Ref": "Task"}, **(service or {})}
    resources = {
        "Service": {"Type": "AWS::ECS::Service", "Properties": properties},
        "Task": {"Type": TASK, "Properties": task or {}},
        **{name: one for name, one in more.items() if not name.startswith("_")},
    }
    return {"Resources": resources, **{name[1:]: one for name, one in more.items() if name.startswith("_")}}


def read(template: object, services: int = 1) -> Reading:
    return read_template(json.dumps(template), services)


def fields(template: object, *names: str) -> list[tuple[object, str]]:
    found = read(template).fields
    paths = [name if "." in name else f"services.0.{name}" for name in names]
    return [(found[path].value, found[path].how) for path in paths]


def messages(template: object) -> str:
    return " ".join(one.message % one.params for one in read(template).notes)


def resource(kind: str, **properties: object) -> dict:
    return {"Type": f"AWS::{kind}", "Properties": properties}


def at(path: str, design: Design) -> object:
    value = to_dict(design)
    for step in path.split("."):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value
