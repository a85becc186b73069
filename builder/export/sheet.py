"""A template while it is being written: resources, the parameters they turned out to need, outputs and remarks.

Pure. It knows CloudFormation's frame and the parameters by name, and nothing of designs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from learning.catalogue.errors import N_

type Json = dict[str, object]
type Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the template; `description` is a msgid."""

    type: str
    description: str
    default: str | int | None = None
    allowed: tuple[str, ...] = ()


PARAMETERS: Mapping[str, Parameter] = {
    "VpcId": Parameter("AWS::EC2::VPC::Id", N_("The VPC in which everything stands.")),
    "TaskSubnetA": Parameter(
        "AWS::EC2::Subnet::Id",
        N_("Tasks and instances of zone a. Images are pulled from here, so it needs a way out, such as a NAT gateway."),
    ),
    "TaskSubnetB": Parameter("AWS::EC2::Subnet::Id", N_("The same in zone b, another Availability Zone.")),
    "PublicSubnetA": Parameter(
        "AWS::EC2::Subnet::Id", N_("A public subnet in zone a, for load balancers that the internet reaches.")
    ),
    "PublicSubnetB": Parameter("AWS::EC2::Subnet::Id", N_("A public subnet in zone b, another Availability Zone.")),
    "AssignPublicIp": Parameter(
        "String",
        N_("ENABLED if the Fargate tasks stand in public subnets and have no other way out."),
        "DISABLED",
        ("DISABLED", "ENABLED"),
    ),
    "CertificateArn": Parameter("String", N_("The ARN of the certificate with which the load balancer ends TLS.")),
    "BucketName": Parameter("String", N_("The S3 bucket that tasks use.")),
    "TableName": Parameter("String", N_("The DynamoDB table that tasks use.")),
    "InstanceType": Parameter("String", N_("The type of the EC2 instances."), "t3.medium"),
    "ImageId": Parameter(
        "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>",
        N_("The SSM parameter that holds the instances' AMI. For an AMI of your own, name a parameter of your own."),
        "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
    ),
}
SERVICE_IMAGE = N_("The container image of this service.")
SERVICE_PORT = N_("The port on which its container listens.")


def ref(name: str) -> Json:
    """Return `{"Ref": name}`."""
    return {"Ref": name}


def att(name: str, attribute: str) -> Json:
    """Return a resource's attribute."""
    return {"Fn::GetAtt": [name, attribute]}


def sub(text: str) -> Json:
    """Return `text` with its ${...} filled in by CloudFormation."""
    return {"Fn::Sub": text}


@dataclass(slots=True)
class Sheet:
    """Collects a template. `say` translates msgids."""

    say: Say
    resources: Json = field(default_factory=dict)
    parameters: Json = field(default_factory=dict)
    outputs: Json = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def add(self, name: str, kind: str, properties: Json, comment: str = "", more: Json | None = None) -> None:
        """Add a resource; `kind` without `AWS::`; `comment` a msgid kept with it; `more` such as DependsOn."""
        note = {"Metadata": {"Comment": self.say(comment)}} if comment else {}
        self.resources[name] = {"Type": f"AWS::{kind}", **(more or {}), **note, "Properties": properties}

    def ask(self, name: str, of: Parameter | None = None) -> Json:
        """Return a reference to a parameter, which the template has from now on."""
        parameter = of or PARAMETERS[name]
        entry: Json = {"Type": parameter.type, "Description": self.say(parameter.description)}
        if parameter.default is not None:
            entry["Default"] = parameter.default
        if parameter.allowed:
            entry["AllowedValues"] = list(parameter.allowed)
        self.parameters.setdefault(name, entry)
        return ref(name)

    def remark(self, msgid: str) -> None:
        """Keep a remark on what the template needs beyond the notes; each once."""
        if (words := self.say(msgid)) not in self.remarks:
            self.remarks.append(words)
