"""What a role allows, as far as the file says: inline policies, policies attached to it, well-known AWS ones. Pure."""

from builder.engine.design import APIS, Api
from builder.export.template import Resource, Template
from builder.export.values import Gap, Reference, Resolved

EVERYTHING: frozenset[Api] = frozenset(APIS)
AGENT_POLICY = "AmazonEC2ContainerServiceforEC2Role"
BROAD_POLICIES = ("AdministratorAccess", "PowerUserAccess")
FAMILIES: dict[str, Api] = {"AmazonS3": "s3", "AmazonDynamoDB": "dynamodb"}
AWS_OWN = ":aws:policy/"


class Rights:
    """Gathers what one role allows. `complete` turns false when part of it is not in this file."""

    def __init__(self, template: Template, role: Resource) -> None:
        self.template, self.role = template, role
        self.apis: set[Api] = set()
        self.agent = False
        self.complete = True
        self._own()
        self._attached()

    def _own(self) -> None:
        for policy in self._items(self.template.get(self.role, "Policies")):
            self._document(self.template.values.get(policy, "PolicyDocument"))
        for arn in self._items(self.template.get(self.role, "ManagedPolicyArns")):
            self._managed(arn)

    def _attached(self) -> None:
        template = self.template
        for policy in template.of("IAM::Policy", "IAM::ManagedPolicy"):
            roles = template.values.items(template.get(policy, "Roles")) or []
            if any(isinstance(one, Reference) and one.name == self.role.name for one in roles):
                self._document(template.get(policy, "PolicyDocument"))
        for policy in template.of("IAM::RolePolicy"):
            name = template.get(policy, "RoleName")
            if isinstance(name, Reference) and name.name == self.role.name:
                self._document(template.get(policy, "PolicyDocument"))

    def _managed(self, arn: Resolved) -> None:
        policy = self.template.named(arn, "IAM::ManagedPolicy")
        if policy:
            self._document(self.template.get(policy, "PolicyDocument"))
            return
        text = self.template.values.text(arn) or ""
        name = text.rpartition("/")[2]
        if name in BROAD_POLICIES:
            self.apis |= EVERYTHING
        self.agent = self.agent or name == AGENT_POLICY
        self.apis |= {api for family, api in FAMILIES.items() if name.startswith(family)}
        self.complete = self.complete and AWS_OWN in text

    def _document(self, document: Resolved) -> None:
        for statement in self._items(self.template.values.get(document, "Statement")):
            effect = self.template.values.text(self.template.values.get(statement, "Effect"))
            if effect == "Deny":
                continue
            if self.template.values.get(statement, "NotAction") is not Gap.ABSENT:
                self.complete = False
            for action in self._items(self.template.values.get(statement, "Action")):
                self._action((self.template.values.text(action) or "").lower())

    def _action(self, action: str) -> None:
        family = action.partition(":")[0]
        if action in ("*", "*:*"):
            self.apis |= EVERYTHING
        elif family in APIS:
            self.apis |= {api for api in APIS if api == family}
        elif family == "ecs":
            self.agent = True
        elif not action:
            self.complete = False

    def _items(self, resolved: Resolved) -> list[Resolved]:
        found = self.template.values.items(resolved)
        if found is None:
            self.complete = False
        return found or []


def rights_of(template: Template, role: Resolved) -> Rights | None:
    """Return what a role allows, or None when the role is not in this file."""
    resource = template.named(role, "IAM::Role")
    return Rights(template, resource) if resource else None
