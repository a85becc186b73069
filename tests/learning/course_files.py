"""A small course in a temporary folder, for tests that break it on purpose."""

from pathlib import Path

MANIFEST = """\
id = "tea"
pass_mark = 700

[title]
ko = "차"
en = "Tea"

[summary]
ko = "차를 우리는 법."
en = "How to make tea."

[[topics]]
id = "water"
weight = 60
title.ko = "물"
title.en = "Water"

[[topics]]
id = "leaves"
weight = 40
title.ko = "찻잎"
title.en = "Leaves"

[exam]
minutes = 10
items = 5
"""

LESSON = """\
---
id: {id}
title: {title}
summary: {summary}
topic: {id}
---
{body}"""

WATER_KO = (
    "물이 먼저입니다.\n\n## 온도\n\n"
    "- 녹차는 80도의 물로 우립니다. ^green-tea-80\n- 홍차는 끓는 물로 우립니다. ^black-tea-boiling\n"
)
WATER_EN = (
    "Water comes first.\n\n## Heat\n\n"
    "- Green tea wants water of 80 degrees. ^green-tea-80\n- Black tea wants boiling water. ^black-tea-boiling\n"
)
LEAVES_KO = "찻잎은 **어두운 곳**에 둡니다. ^leaves-dark\n\n[[water#^green-tea-80|녹차]]를 보세요.\n"
LEAVES_EN = "Leaves are kept **in the dark**. ^leaves-dark\n\nSee [[water#^green-tea-80|green tea]].\n"


def lesson(lesson_id: str, body: str, title: str = "A title", summary: str = "A sentence.") -> str:
    """Return the text of a lesson file."""
    return LESSON.format(id=lesson_id, title=title, summary=summary, body=body)


FILES = {
    "course.toml": MANIFEST,
    "lessons/010-water.ko.md": lesson("water", WATER_KO, "물", "물 이야기."),
    "lessons/010-water.en.md": lesson("water", WATER_EN, "Water", "About water."),
    "lessons/020-leaves.ko.md": lesson("leaves", LEAVES_KO, "찻잎", "찻잎 이야기."),
    "lessons/020-leaves.en.md": lesson("leaves", LEAVES_EN, "Leaves", "About leaves."),
}


def write_course(folder: Path, changes: dict[str, str | None] | None = None) -> Path:
    """Write the course into `folder`; `changes` replaces files, or leaves them out with None."""
    for name, text in {**FILES, **(changes or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text, encoding="utf-8")
    return folder
