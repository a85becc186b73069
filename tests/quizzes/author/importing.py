"""What tests of importing share: files of our own making, and sending them."""

import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from learning.models import Course

GIFT = """\
// two questions
::Patching::Which launch type lets the team patch no server?{
  =Fargate#AWS manages the compute.
  ~EC2#The instances are yours to patch.
}

The load balancer listens on port 443 for HTTPS. {TRUE}
"""
KOREAN_MD = """\
---
type: quiz
id: own
lang: ko
topic: launch-types
difficulty: 2
---

### 팀이 서버를 패치하지 않아도 되는 시작 유형은 무엇인가요? ^own-1
- [x] Fargate
  > AWS가 컴퓨팅을 관리해요. [[launch-types#^fargate-no-servers]]
- [ ] EC2
  > 인스턴스는 직접 패치해야 해요. [[launch-types#^ec2-your-servers]]
"""
ENGLISH_MD = """\
---
type: quiz
id: own
lang: en
topic: launch-types
difficulty: 2
---

### Which launch type lets the team patch no server? ^own-1
- [x] Fargate
  > AWS manages the compute. [[launch-types#^fargate-no-servers]]
- [ ] EC2
  > The instances are yours to patch. [[launch-types#^ec2-your-servers]]
"""
URL = "/en/author/import/"


def file(text: str | bytes, name: str = "questions.gift") -> SimpleUploadedFile:
    """Return a file to upload."""
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def said(course: Course, **more: object) -> dict[str, Any]:
    """Return what a form says beside its files."""
    topic = course.topics.get(slug="launch-types").pk
    return {"language": "en", "topic": topic, "format": "", "encoding": "", **more}


def send(client: Client, course: Course, *files: SimpleUploadedFile, **more: object) -> str:
    """Upload `files`; return the address of the dry run."""
    response = client.post(URL, said(course, file=list(files), **more))
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def batch_in(url: str) -> uuid.UUID:
    """Return the batch of a dry run's address."""
    return uuid.UUID(url.rstrip("/").rsplit("/", 1)[-1])
