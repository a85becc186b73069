"""What stands before a service: load balancer, listener, target group, and the security groups between. Pure."""

from builder.export.parts import Part, public_subnets, task_subnets
from builder.export.sheet import Json, Sheet, att, ref
from learning.catalogue.errors import N_

TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06"
HEALTH_PORT = 8080
EVERYWHERE = "0.0.0.0/0"

TWO_ZONES = N_("An Application Load Balancer always stands in two zones, even when the tasks stand in one.")
TARGETS_BY_IP = N_(
    "Each task has a network interface of its own (network mode awsvpc), so the target groups have the target type ip."
)
NO_HTTP = N_("A Network Load Balancer has no HTTP listener: HTTP goes through it as TCP on 80, HTTPS as TLS on 443.")
UDP_HEALTH = N_(
    "A Network Load Balancer checks UDP targets over TCP: let the container answer on port 8080 over TCP as well."
)
CLASSIC = N_(
    "A Classic Load Balancer reaches tasks only through a port of their instance (network mode bridge)."
    " https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html"
)
CLASSIC_UDP = N_("A Classic Load Balancer has no UDP listener, so this template gives it a TCP listener instead.")

NLB_PROTOCOLS = {"http": "TCP", "https": "TLS", "tcp": "TCP", "udp": "UDP"}
CLB_PROTOCOLS = {"http": ("HTTP", "HTTP"), "https": ("HTTPS", "HTTP"), "tcp": ("TCP", "TCP"), "udp": ("TCP", "TCP")}


def put_front(sheet: Sheet, part: Part) -> None:
    """Add the service's load balancer with all it needs; nothing for a service without."""
    if not part.balanced:
        return
    _put_door(sheet, part)
    if part.bridged:
        _put_classic(sheet, part)
        return
    put = _put_application if part.service.load_balancer == "alb" else _put_network
    put(sheet, part)
    sheet.remark(TARGETS_BY_IP)
    sheet.outputs[f"{part.name}Address"] = {"Value": att(f"{part.name}LoadBalancer", "DNSName")}


def balancing(sheet: Sheet, part: Part) -> Json:
    """Return the ECS service's fields that tie it to its load balancer."""
    if not part.balanced:
        return {}
    entry: Json = {"ContainerName": part.container, "ContainerPort": part.port(sheet)}
    if part.bridged:
        entry["LoadBalancerName"] = ref(f"{part.name}LoadBalancer")
    else:
        entry["TargetGroupArn"] = ref(f"{part.name}Targets")
    return {"LoadBalancers": [entry]}


def ports(sheet: Sheet, part: Part) -> list[Json]:
    """Return the container's port mappings."""
    if not part.balanced:
        return []
    udp = part.service.listener == "udp" and not part.bridged
    first: Json = {"ContainerPort": part.port(sheet), "Protocol": "udp" if udp else "tcp"}
    if part.bridged:
        first["HostPort"] = part.host_port
    return [first, {"ContainerPort": HEALTH_PORT, "Protocol": "tcp"}] if udp else [first]


def admitted(sheet: Sheet, part: Part) -> list[Json]:
    """Return what the security group of the service's tasks lets in."""
    if not part.balanced or part.bridged:
        return []
    door = {"SourceSecurityGroupId": att(f"{part.name}Door", "GroupId")}
    protocol = "udp" if part.service.listener == "udp" else "tcp"
    port = part.port(sheet)
    rules: list[Json] = [{"IpProtocol": protocol, "FromPort": port, "ToPort": port, **door}]
    if protocol == "udp":
        rules.append({"IpProtocol": "tcp", "FromPort": HEALTH_PORT, "ToPort": HEALTH_PORT, **door})
    return rules


def _put_door(sheet: Sheet, part: Part) -> None:
    """The security group of the load balancer: what its listener takes, from everywhere."""
    udp = part.service.listener == "udp" and not part.bridged
    port = part.listens_on(sheet)
    rule = {"IpProtocol": "udp" if udp else "tcp", "FromPort": port, "ToPort": port, "CidrIp": EVERYWHERE}
    properties: Json = {
        "GroupDescription": "What reaches the load balancer",
        "VpcId": sheet.ask("VpcId"),
        "SecurityGroupIngress": [rule],
    }
    sheet.add(f"{part.name}Door", "EC2::SecurityGroup", properties)


def _stands(sheet: Sheet, part: Part, zones: int) -> Json:
    """Where a load balancer stands and who reaches it."""
    subnets = public_subnets(sheet, zones) if part.need.exposed else task_subnets(sheet, zones)
    return {
        "Scheme": "internet-facing" if part.need.exposed else "internal",
        "Subnets": subnets,
        "SecurityGroups": [att(f"{part.name}Door", "GroupId")],
    }


def _put_application(sheet: Sheet, part: Part) -> None:
    if part.service.azs == 1:
        sheet.remark(TWO_ZONES)
    _put_balancer(sheet, part, {"Type": "application", **_stands(sheet, part, 2)})
    _put_targets(sheet, part, {"Protocol": "HTTP"})
    _put_listener(sheet, part, "HTTPS" if part.service.listener == "https" else "HTTP")


def _put_network(sheet: Sheet, part: Part) -> None:
    listener = part.service.listener
    protocol = NLB_PROTOCOLS[listener]
    _put_balancer(sheet, part, {"Type": "network", **_stands(sheet, part, part.service.azs)})
    if listener in ("http", "https"):
        sheet.remark(NO_HTTP)
    if protocol == "UDP":
        sheet.remark(UDP_HEALTH)
        health: Json = {"HealthCheckProtocol": "TCP", "HealthCheckPort": str(HEALTH_PORT)}
        _put_targets(sheet, part, {"Protocol": "UDP", **health})
    else:
        _put_targets(sheet, part, {"Protocol": "TCP", "HealthCheckProtocol": "TCP"})
    _put_listener(sheet, part, protocol)


def _put_balancer(sheet: Sheet, part: Part, properties: Json) -> None:
    sheet.add(f"{part.name}LoadBalancer", "ElasticLoadBalancingV2::LoadBalancer", properties)


def _put_targets(sheet: Sheet, part: Part, protocol: Json) -> None:
    properties: Json = {"TargetType": "ip", "VpcId": sheet.ask("VpcId"), "Port": part.port(sheet), **protocol}
    sheet.add(f"{part.name}Targets", "ElasticLoadBalancingV2::TargetGroup", properties)


def _put_listener(sheet: Sheet, part: Part, protocol: str) -> None:
    properties: Json = {
        "LoadBalancerArn": ref(f"{part.name}LoadBalancer"),
        "Port": part.listens_on(sheet),
        "Protocol": protocol,
        "DefaultActions": [{"Type": "forward", "TargetGroupArn": ref(f"{part.name}Targets")}],
    }
    if protocol in ("HTTPS", "TLS"):
        properties["Certificates"] = [{"CertificateArn": sheet.ask("CertificateArn")}]
        properties["SslPolicy"] = TLS_POLICY
    sheet.add(f"{part.name}Listener", "ElasticLoadBalancingV2::Listener", properties)


def _put_classic(sheet: Sheet, part: Part) -> None:
    front, back = CLB_PROTOCOLS[part.service.listener]
    sheet.remark(CLASSIC)
    if part.service.listener == "udp":
        sheet.remark(CLASSIC_UDP)
    port = part.listens_on(sheet)
    listener: Json = {
        "LoadBalancerPort": str(port) if isinstance(port, int) else port,
        "Protocol": front,
        "InstancePort": str(part.host_port),
        "InstanceProtocol": back,
    }
    if front == "HTTPS":
        listener["SSLCertificateId"] = sheet.ask("CertificateArn")
    check = {
        "Target": f"TCP:{part.host_port}",
        "Interval": "30",
        "Timeout": "5",
        "HealthyThreshold": "2",
        "UnhealthyThreshold": "3",
    }
    properties: Json = {**_stands(sheet, part, part.service.azs), "Listeners": [listener], "HealthCheck": check}
    sheet.add(f"{part.name}LoadBalancer", "ElasticLoadBalancing::LoadBalancer", properties)
    sheet.outputs[f"{part.name}Address"] = {"Value": att(f"{part.name}LoadBalancer", "DNSName")}
