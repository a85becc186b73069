"""A copy of the course with questions of a test's own, to edit and sync again."""

import shutil
from pathlib import Path

from learning.activities import SyncReport
from learning.models import Course
from quizzes.marking.files import read_files
from quizzes.services import forget_stock, sync_files
from tests.conftest import ROOT
from tests.quizzes.conftest import NOW

HEAD = "---\ntype: quiz\nid: own\nlang: {lang}\ntopic: efs\n---\n\n"
OWN = """\
### Which one? ^own-001
- [x] Right
  > Yes. [[efs#^efs-multi-az]]
- [ ] Wrong
  > No. [[efs#^efs-shared-file-system]]
- [ ] Neither
  > No. [[efs#^containers-ephemeral]]

### In which order? ^own-002
1. First
  > One. [[efs#^efs-multi-az]]
2. Second
  > Two. [[efs#^efs-shared-file-system]]
3. Third
  > Three. [[efs#^containers-ephemeral]]

partial:: yes

### Which goes where? ^own-003
| what | where |
|---|---|
| cat | mat |
| dog | log |
|  | sea |

> [!explain]
> A table rests on this. [[efs#^efs-multi-az]]

## Case: a shop ^case-own
A shop.

### What first? ^own-004
- [x] This
  > Yes. [[efs#^efs-multi-az]]
- [ ] That
  > No. [[efs#^efs-shared-file-system]]

### What then? ^own-005
- [ ] This
  > No. [[efs#^efs-multi-az]]
- [x] That
  > Yes. [[efs#^efs-shared-file-system]]
"""


def copy(folder: Path) -> Path:
    """Return a copy of the shipped course in `folder`, its questions on EFS being OWN."""
    course = Path(shutil.copytree(ROOT / "content" / "ecs", folder / "ecs"))
    for path in course.glob("questions/efs.*"):
        path.unlink()
    write(course, OWN)
    return course


def write(course: Path, text: str) -> None:
    """Make `text` the test's own questions, in both languages."""
    for lang in ("ko", "en"):
        (course / "questions" / f"own.{lang}.quiz.md").write_text(HEAD.format(lang=lang) + text)


def sync(row: Course, course: Path) -> dict[str, SyncReport]:
    """Bring the rows in line with the files."""
    reports = sync_files(course=row, files=read_files(course), now=NOW)
    forget_stock()
    return {report.kind: report for report in reports}
