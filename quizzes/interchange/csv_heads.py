"""The heads of the columns of a CSV of questions, in both languages and as people write them. Pure."""

import re
from collections.abc import Mapping, Sequence

LETTERS = "ABCDEFGHIJKL"  # as many as a matching has rows

NAMES: Mapping[str, Mapping[str, str]] = {  # as they are written
    "en": {
        "id": "id",
        "kind": "kind",
        "question": "question",
        "text": "text",
        **{f"option {letter}": f"option {letter}" for letter in LETTERS},
        "answer": "answer",
        **{f"reason {letter}": f"reason {letter}" for letter in LETTERS},
        "explain": "explanation",
        "hint": "hint",
        "heads": "heads",
        "topic": "topic",
        "difficulty": "difficulty",
        "tags": "tags",
        "points": "points",
        "partial": "partial",
        "shuffle": "shuffle",
        "choose": "choose",
        "pilot": "pilot",
        "beyond": "beyond",
        "language": "language",
    },
    "ko": {
        "id": "id",
        "kind": "유형",
        "question": "문항",
        "text": "본문",
        **{f"option {letter}": f"선택지 {letter}" for letter in LETTERS},
        "answer": "정답",
        **{f"reason {letter}": f"이유 {letter}" for letter in LETTERS},
        "explain": "해설",
        "hint": "힌트",
        "heads": "열 제목",
        "topic": "주제",
        "difficulty": "난이도",
        "tags": "태그",
        "points": "배점",
        "partial": "부분 점수",
        "shuffle": "섞기",
        "choose": "고를 개수",
        "pilot": "시험 삼아",
        "beyond": "노트 밖",
        "language": "언어",
    },
}
ALSO = {  # as they are read too
    "문제": "question",
    "질문": "question",
    "question text": "question",
    "questiontext": "question",
    "stem": "question",
    "지문": "text",
    "correct": "answer",
    "correct answer": "answer",
    "right answer": "answer",
    "key": "answer",
    "답": "answer",
    "정답 번호": "answer",
    "explain": "explain",
    "feedback": "explain",
    "설명": "explain",
    "풀이": "explain",
    "type": "kind",
    "종류": "kind",
    "category": "topic",
    "분류": "topic",
    "아이디": "id",
    "문항 id": "id",
    "level": "difficulty",
    "score": "points",
    "점수": "points",
    "lang": "language",
}
ORDINAL = "ordinal"  # counts the rows of a sheet, each sheet from 1: no lasting id, and nothing to take over
ORDINALS = ("번호", "순번", "연번", "문항 번호", "문제 번호", "no", "no.", "#")
LETTERED = re.compile(r"(option|choice|answer|선택지|보기|reason|feedback|이유|해설)?\s*([a-l]|1[0-2]|[1-9])")
REASONS = ("reason", "feedback", "이유", "해설")

OURS = {said.lower(): part for names in NAMES.values() for part, said in names.items()}
WRITTEN: Mapping[str, str] = {**OURS, **ALSO, **dict.fromkeys(ORDINALS, ORDINAL)}


def column(name: str) -> str | None:
    """Return the part that a column headed `name` holds, or None."""
    said = " ".join(name.lower().replace("_", " ").split())
    if said in WRITTEN:
        return WRITTEN[said]
    match = LETTERED.fullmatch(said)
    if not match:
        return None
    letter = LETTERS[int(match[2]) - 1] if match[2].isdigit() else match[2].upper()
    if match[2].isdigit() and not match[1]:
        return None
    return f"{'reason' if match[1] in REASONS else 'option'} {letter}"


def known(names: Sequence[str]) -> int:
    """Return how many of `names` head a column that is known."""
    return sum(column(name) is not None for name in names)


def numbered(names: Sequence[str]) -> bool | None:
    """Return whether `names` call the options 1, 2, 3; False for A, B, C, None for a mixture."""
    by_number = {name.strip()[-1:].isdigit() for name in names if (column(name) or "").startswith("option")}
    return by_number.pop() if len(by_number) == 1 else None
