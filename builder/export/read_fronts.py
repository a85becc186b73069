"""The load balancer before a service and its listener: by target group and listener, or by what they imply. Pure."""

from collections.abc import Iterator

from builder.engine.design import Listener, LoadBalancer
from builder.export.read_tasks import Source
from builder.export.template import Field, Guess, Resource, Template
from builder.export.values import Gap, Reference, Resolved
from learning.catalogue.errors import N_

GATEWAY = N_("This kind of load balancer is not one that you can choose here.")
SEVERAL = N_("Several target groups stand before this service; the first one was read.")

KINDS: dict[str, LoadBalancer] = {"APPLICATION": "alb", "NETWORK": "nlb"}
BY_PROTOCOL: dict[str, LoadBalancer] = {
    "HTTP": "alb",
    "HTTPS": "alb",
    "TCP": "nlb",
    "UDP": "nlb",
    "TCP_UDP": "nlb",
    "TLS": "nlb",
}
LISTENERS: dict[str, Listener] = {
    "HTTP": "http",
    "HTTPS": "https",
    "TCP": "tcp",
    "TCP:80": "http",
    "TCP:443": "https",
    "SSL": "tcp",
    "TLS": "https",
    "UDP": "udp",
    "TCP_UDP": "udp",
}
NOT_STATED = {"TCP:80", "TCP:443", "TLS", "SSL", "TCP_UDP"}  # what stands closest: an NLB has no listener for HTTP
# Of several listeners: plain HTTP usually just leads on to HTTPS.
FIRST = {"HTTPS": 0, "TLS": 0, "TCP:443": 0, "UDP": 0, "TCP_UDP": 0}


def front_of(source: Source) -> tuple[Field, Field]:
    """Return the load balancer and its listener."""
    if source.service is None:
        return Field(), Field()
    template = source.template
    template.values.assumed = False
    entries = source.items(source.of_service("LoadBalancers"))
    if entries is None:
        return Field(), Field()
    if not entries:
        return template.read(lambda: Guess("none")), template.read(lambda: Guess("none"))
    if len(entries) > 1:
        template.note(source.line, SEVERAL)
    name = template.values.get(entries[0], "LoadBalancerName")
    if name is not Gap.ABSENT:
        return _classic(source, name)
    group = template.named(template.values.get(entries[0], "TargetGroupArn"), "ElasticLoadBalancingV2::TargetGroup")
    return _modern(template, group) if group else (Field(), Field())


def _classic(source: Source, name: Resolved) -> tuple[Field, Field]:
    template = source.template
    led = template.values.assumed
    balancer = template.named(name, "ElasticLoadBalancing::LoadBalancer")
    return template.read(lambda: "clb", led), template.read(lambda: _classic_listener(template, balancer), led)


def _classic_listener(template: Template, balancer: Resource | None) -> object:
    entries = template.values.items(template.get(balancer, "Listeners")) or []
    return _listener([_capitals(template, template.values.get(one, "Protocol")) for one in entries])


def _modern(template: Template, group: Resource) -> tuple[Field, Field]:
    """By the listeners that lead to the group; where none does in this file, by the group's own protocol."""
    listeners = list(_listeners_to(template, group))
    led = template.values.assumed
    balancer = template.read(lambda: _balancer(template, listeners, group), led)
    return balancer, template.read(lambda: _modern_listener(template, listeners, group), led)


def _modern_listener(template: Template, listeners: list[Resource], group: Resource) -> object:
    if listeners:
        return _listener([_word(template, one) for one in listeners])
    own = _protocol(template, group)
    return None if own in ("HTTP", "HTTPS") else _guess(_listener([own]))  # the web's says nothing of its listener


def _word(template: Template, listener: Resource) -> str:
    """Its protocol; where that is TCP, with the port, if the web's."""
    protocol = _protocol(template, listener)
    word = f"TCP:{template.values.text(template.get(listener, 'Port'))}" if protocol == "TCP" else protocol
    return word if word in LISTENERS else protocol


def _protocol(template: Template, resource: Resource) -> str:
    return _capitals(template, template.get(resource, "Protocol"))


def _capitals(template: Template, resolved: Resolved) -> str:
    return (template.values.text(resolved) or "").upper()


def _balancer(template: Template, listeners: list[Resource], group: Resource) -> object:
    for listener in listeners:
        balancer = template.named(template.get(listener, "LoadBalancerArn"), "ElasticLoadBalancingV2::LoadBalancer")
        if balancer:
            kind = template.values.text(template.get(balancer, "Type")) or "application"
            if kind.upper() not in KINDS:
                template.note(balancer.line, GATEWAY)
            return KINDS.get(kind.upper())
    words = [_protocol(template, one) for one in [*listeners, group]]
    return _guess(next((BY_PROTOCOL[word] for word in words if word in BY_PROTOCOL), None))


def _guess(value: object) -> object:
    return value if value is None or isinstance(value, Guess) else Guess(value)


def _listener(words: list[str]) -> object:
    """Of several protocols the one that says most."""
    known = [word for word in words if word in LISTENERS]
    if not known:
        return None
    word = min(known, key=lambda one: FIRST.get(one, 1))
    return Guess(LISTENERS[word]) if word in NOT_STATED else LISTENERS[word]


def _listeners_to(template: Template, group: Resource) -> Iterator[Resource]:
    """Yield the listeners that lead to `group`, by themselves or by their rules."""
    for listener in template.of("ElasticLoadBalancingV2::Listener"):
        if _leads(template, template.get(listener, "DefaultActions"), group):
            yield listener
    for rule in template.of("ElasticLoadBalancingV2::ListenerRule"):
        if _leads(template, template.get(rule, "Actions"), group):
            found = template.named(template.get(rule, "ListenerArn"), "ElasticLoadBalancingV2::Listener")
            if found:
                yield found


def _leads(template: Template, actions: Resolved, group: Resource) -> bool:
    get, items = template.values.get, template.values.items
    for action in items(actions) or []:
        weighted = items(get(action, "ForwardConfig", "TargetGroups")) or []
        named = [get(action, "TargetGroupArn"), *(get(one, "TargetGroupArn") for one in weighted)]
        if any(isinstance(one, Reference) and one.name == group.name for one in named):
            return True
    return False
