"""The few words the renderer itself puts into a lesson, in the languages lessons are written in. Pure.

A lesson is rendered once and stored, so its words are in the lesson's language and not in the reader's: no gettext.
"""

from collections.abc import Mapping

TITLES: Mapping[str, Mapping[str, str]] = {
    "ko": {
        "exam": "시험 포인트", "beyond": "노트 밖 이야기", "goals": "이 강의를 마치면", "example": "예제",
        "note": "참고", "abstract": "요약", "info": "정보", "todo": "할 일", "tip": "도움말", "important": "중요",
        "success": "확인", "question": "질문", "warning": "주의", "failure": "실패", "danger": "위험",
        "bug": "버그", "quote": "인용",
    },
    "en": {
        "exam": "Exam tip", "beyond": "Beyond the notes", "goals": "After this lesson", "example": "Worked example",
        "note": "Note", "abstract": "Summary", "info": "Info", "todo": "To do", "tip": "Tip", "important": "Important",
        "success": "Success", "question": "Question", "warning": "Warning", "failure": "Failure", "danger": "Danger",
        "bug": "Bug", "quote": "Quote",
    },
}  # fmt: skip

_WORDS: Mapping[str, Mapping[str, str]] = {
    "ko": {
        "done": "완료: ",
        "open": "할 일: ",
        "table": "표 {number}",
        "footnotes": "각주",
        "back": "본문으로 돌아가기",
        "no note": "없는 노트",
        "no image": "이미지가 없습니다",
        "no diagram": "그림이 없습니다",
        "no file": "여기서 보여 줄 수 없는 파일입니다",
        "remote image": "외부 이미지",
        "bad link": "열 수 없는 링크",
        "no check": "문항은 목록이나 인용 밖에만 둘 수 있습니다",
        "refused": "이 노트는 너무 크거나 복잡해서 보여 줄 수 없습니다.",
    },
    "en": {
        "done": "Done: ",
        "open": "To do: ",
        "table": "Table {number}",
        "footnotes": "Footnotes",
        "back": "Back to the text",
        "no note": "no such note",
        "no image": "The image is missing",
        "no diagram": "The diagram is missing",
        "no file": "A file that cannot be shown here",
        "remote image": "image on another site",
        "bad link": "a link that cannot be opened",
        "no check": "A question must stand outside lists and quotations",
        "refused": "This note is too large or too complex to be shown.",
    },
}


def phrase(language: str, key: str) -> str:
    """Return the renderer's words for `key`; languages without a table read English."""
    return _WORDS.get(language, _WORDS["en"])[key]


def callout_title(language: str, kind: str) -> str:
    """Return the title of a callout that has none of its own."""
    return TITLES.get(language, TITLES["en"])[kind]
