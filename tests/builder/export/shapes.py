"""What two templates have in common: resources that are the same but for their names, with all that they refer to.

cfn-lint judges a resource by its type's schema and, in a few rules (E3049, E3052 to E3054), together with those it
refers to directly: a service with its task definition and target group. So a template whose every resource was linted
in another template, with neighbours that are the same in all that such rules read, holds nothing new for it.
"""

import json
import re
from collections.abc import Iterable, Iterator

type Json = dict[str, object]


def shapes(template: Json) -> set[str]:
    """Return the shape of every resource: itself and its neighbours, names replaced by types."""
    resources = template["Resources"]
    parameters = template.get("Parameters", {})
    kinds = {name: one["Type"] for name, one in {**resources, **parameters}.items()}
    beside = {name: _plain(_thinned(one), kinds) for name, one in resources.items()}
    return {
        json.dumps([_plain(one, kinds), sorted(beside[other] for other in _named(one) & beside.keys())])
        for name, one in resources.items()
    }


UNREAD = {"TaskRoleArn", "ExecutionRoleArn", "Volumes", "MountPoints", "LogConfiguration", "Policies", "DependsOn"}


def _thinned(value: object) -> object:
    """A neighbour without what no rule reads of a neighbour."""
    if isinstance(value, dict):
        return {name: _thinned(one) for name, one in value.items() if name not in UNREAD}
    return [_thinned(one) for one in value] if isinstance(value, list) else value


def covering(templates: Iterable[Json]) -> Iterator[Json]:
    """Yield templates that together have every shape of all; each the one with most that is new for its size."""
    shaped = [(shapes(template), template) for template in templates]
    left = set[str]().union(*(found for found, _template in shaped))
    while left:
        found, template = max(shaped, key=lambda one: len(one[0] & left) / (len(one[1]["Resources"]) + 1))
        left -= found
        yield template


def _plain(value: object, kinds: dict[str, str]) -> str:
    """JSON of `value` without comments, with the kind of what is named in place of its name."""
    text = json.dumps({**value, "Metadata": None} if isinstance(value, dict) else value)
    text = re.sub(r'"(awslogs-stream-prefix|Family|Name|ContainerName|SourcePath)": "[^"]*"', r'"\1": ""', text)
    text = re.sub(r'"(HostPort|FromPort|ToPort)": 80\d\d', r'"\1": 8080', text)
    text = re.sub(r'"(InstancePort|Target)": "(TCP:)?80\d\d"', r'"\1": "8080"', text)
    return re.sub(r'"(\w+)"', lambda found: f'"{kinds.get(found[1], found[1])}"', text)


def _named(value: object) -> set[str]:
    return set(re.findall(r'"(\w+)"', json.dumps(value)))
