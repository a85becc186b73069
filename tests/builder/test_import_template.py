"""Pasting a template or task definition: what it says fills the design, what it does not is said."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from builder.models import Draft
from learning.models import Course, Learner
from tests.builder.people import CLASSIC, PAGE, posted

IMPORT = f"{PAGE}import/"
SECRET = "hunter2-do-not-keep"
TEMPLATE = f"""\
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Password: {{Type: String, NoEcho: true, Default: {SECRET}}}
  Kind: {{Type: String, Default: FARGATE}}
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      LaunchType: !Ref Kind
      TaskDefinition: !Ref Task
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Cpu: 256
      Memory: 512
      ContainerDefinitions:
        - Name: {SECRET}
          Environment:
            - Name: PASSWORD
              Value: {SECRET}
  Inner:
    Type: AWS::CloudFormation::Stack
"""
TASK = """{
  "family": "web", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512", "containerDefinitions": [{}]
}"""
NO_TEMPLATES = ["", "  \n ", "Hello there", "Resources: {}", "a: \0", "x" * (256 * 1024 + 1), "[]", "3"]


def marks(page: str) -> dict[str, str]:
    """How each control says that its field was read."""
    found = re.findall(r'<fieldset id="field-([\w-]+)".*?class="origin (\w+)"', page, re.DOTALL)
    return dict(found)


def test_it_works(course: Course, as_alice: Client) -> None:
    answer = as_alice.post(IMPORT, {"template": TEMPLATE})
    assert answer.status_code == 200
    draft = Draft.objects.get()
    assert draft.design["services"][0]["launch"] == "fargate"
    assert draft.design["services"][0]["size"] == "set"


def test_each_field_says_how_it_was_read(course: Course, as_alice: Client) -> None:
    page = as_alice.post(IMPORT, {"template": TEMPLATE}).content.decode()
    assert marks(page) == {
        "services-0-launch": "assumed",
        "services-0-size": "found",
        "services-0-role": "assumed",
        "services-0-grants": "assumed",
        "services-0-load-balancer": "assumed",
        "services-0-listener": "assumed",
        "services-0-storage": "assumed",
        "services-0-azs": "absent",
        "cluster-instances": "absent",
        "cluster-profile": "absent",
    }
    assert '<span aria-hidden="true">≈</span>' in page


def test_it_says_what_it_did_not_understand_and_where(course: Course, as_alice: Client) -> None:
    page = as_alice.post("/en/builder/company-page/import/", {"template": TEMPLATE}).content.decode()
    assert re.search(r"<b>Line 2\d</b> Resources of the type AWS::CloudFormation::Stack are not read\.", page)


def test_what_the_file_does_not_say_stays(course: Course, as_alice: Client) -> None:
    as_alice.post(f"{PAGE}check/", posted(CLASSIC) | {"services.0.azs": "2"})
    as_alice.post(IMPORT, {"template": TASK})
    service = Draft.objects.get().design["services"][0]
    assert (service["azs"], service["load_balancer"], service["launch"]) == (2, "clb", "fargate")


def test_it_can_be_undone(course: Course, as_alice: Client) -> None:
    as_alice.post(f"{PAGE}check/", posted(CLASSIC))
    before = Draft.objects.get().design
    as_alice.post(IMPORT, {"template": TEMPLATE})
    assert Draft.objects.get().design != before
    as_alice.post(f"{PAGE}undo/")
    assert Draft.objects.get().design == before


@pytest.mark.parametrize(
    "encode", [str.encode, lambda text: text.encode("utf-16"), lambda text: text.encode("utf-8-sig")]
)
def test_a_file_can_be_chosen(course: Course, as_alice: Client, encode) -> None:
    as_alice.post(IMPORT, {"template": "", "file": SimpleUploadedFile("task.json", encode(TASK))})
    assert Draft.objects.get().design["services"][0]["launch"] == "fargate"


def test_nothing_of_the_text_is_kept_or_repeated(course: Course, as_alice: Client) -> None:
    page = as_alice.post(IMPORT, {"template": TEMPLATE}).content.decode()
    assert SECRET not in page
    assert SECRET not in str(list(Draft.objects.values()))
    assert SECRET not in as_alice.get(PAGE).content.decode()
    assert SECRET not in str(dict(as_alice.session))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: &x 1\nb: *x", 1),
        ("Resources:\n  <<: {a: 1}", 2),
        ("Resources:\n\tA: 1", 2),
        ('{\n "Resources": [\n', 3),
        ("a: !!python/object:os.system x", 1),
        ("[" * 1000, 1),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(course: Course, as_alice: Client, text: str, line: int) -> None:
    answer = as_alice.post("/en/builder/company-page/import/", {"template": text})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(rf"<b>Line {line}\d?</b>", page)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "text", ["", "  \n ", "Hello there", "Resources: {}", "a: \0", "x" * (256 * 1024 + 1), "[]", "3"]
)
def test_what_is_no_template_is_refused(course: Course, as_alice: Client, text: str) -> None:
    answer = as_alice.post(IMPORT, {"template": text})
    assert answer.status_code == 422
    assert not Draft.objects.exists()


def test_what_was_typed_is_kept_in_the_answer(course: Course, client: Client) -> None:
    answer = client.post(IMPORT, {"template": "</textarea><script>x: [\n"})
    page = answer.content.decode()
    assert "&lt;/textarea&gt;&lt;script&gt;x: [" in page
    assert '<details class="exchange" name="exchange" id="import" open>' in page
    assert "no-store" in answer["Cache-Control"]
    assert not Learner.objects.exists()


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"\xb0\xa1\xb3\xaa", b"\0" * 10, b"x" * (600 * 1024)])
def test_a_file_that_is_no_text_is_refused(course: Course, as_alice: Client, data: bytes) -> None:
    answer = as_alice.post(IMPORT, {"file": SimpleUploadedFile("a.yaml", data)})
    assert answer.status_code == 422
    assert not Draft.objects.exists()


def test_several_services_are_taken_in_order(course: Course, as_alice: Client) -> None:
    text = TEMPLATE.replace("  Task:\n", "  Second:\n    Type: AWS::ECS::Service\n  Task:\n")
    page = as_alice.post("/en/builder/company-page/import/", {"template": text}).content.decode()
    assert "There are 2 services in it." in page
    page = as_alice.post("/en/builder/mixed-fleet/import/", {"template": TEMPLATE}).content.decode()
    assert "The scenario has 2 services, the file 1." in page


def test_its_address_leads_to_the_page(course: Course, client: Client) -> None:
    assert client.get(IMPORT)["Location"] == PAGE
    assert client.put(IMPORT).status_code == 405
    assert client.post("/ko/builder/no-such/import/", {"template": TASK}).status_code == 404


def test_it_hides_other_peoples_drafts(course: Course, as_alice: Client, as_bob: Client) -> None:
    as_alice.post(IMPORT, {"template": TEMPLATE})
    assert "아직 고른 것이 없어요" in as_bob.get(PAGE).content.decode()


def test_ids_stay_unique(course: Course, as_alice: Client) -> None:
    for text in (TEMPLATE, "["):
        ids = re.findall(r' id="([^"]+)"', as_alice.post(IMPORT, {"template": text}).content.decode())
        assert sorted(ids) == sorted(set(ids))


def test_it_needs_a_token(course: Course) -> None:
    assert Client(enforce_csrf_checks=True).post(IMPORT, {"template": TASK}).status_code == 403
