"""Bytes into text: what tells the encoding, what is doubtful, and that lines are counted as editors count them."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.interchange.decode import begins, decode

WORDS = "서버를 패치하지 않는 시작 유형은?\nA) Fargate\n"


@pytest.mark.parametrize(
    ("data", "encoding", "sure"),
    [
        (WORDS.encode(), "utf-8", True),
        (b"only ASCII", "utf-8", True),
        (codecs.BOM_UTF8 + WORDS.encode(), "utf-8", True),
        (WORDS.encode("cp949"), "cp949", False),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), "utf-16-le", True),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "utf-16-be", True),
        (WORDS.encode("utf-16-le"), "utf-16-le", False),
        (WORDS.encode("utf-16-be"), "utf-16-be", False),
        (codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"), "utf-32-le", True),
    ],
)
def test_it_works(data: bytes, encoding: str, sure: bool) -> None:
    decoded = decode(data)
    assert (decoded.encoding, decoded.sure, decoded.problems) == (encoding, sure, ())
    assert decoded.text in (WORDS, "only ASCII")


def test_what_a_person_chose_is_what_counts() -> None:
    assert decode(WORDS.encode("cp949"), "cp949").sure
    wrong = decode(WORDS.encode("cp949"), "utf-8")
    assert wrong.text is None
    assert wrong.problems[0].line == 1
    assert decode(b"caf\xe9", "cp1252").text == "café"
    assert decode(b"x", "no-such-encoding").text == "x"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"one\ntwo\nthr\0ee", 3),
        ("하나\n둘\n".encode() + b"\xff\xfe\n" + "셋 넷 다섯".encode(), 3),
        (("줄\n" * 40).encode() + "끝".encode()[:2], 41),  # cut off in the middle of a letter
        (b"\x81\n\x81\n", 1),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(data: bytes, line: int) -> None:
    decoded = decode(data)
    assert decoded.text is None
    assert [problem.line for problem in decoded.problems] == [line]


def test_a_lone_surrogate_is_no_text() -> None:
    assert decode(codecs.BOM_UTF16_LE + "a\nb".encode("utf-16-le") + b"\x00\xd8").text is None
    assert decode("\ud800".encode("utf-8", "surrogatepass")).text is None


def test_other_breaks_than_newlines_are_spaces() -> None:
    assert decode("a\u2028b\x0bc\x85d\r\ne\rf\n".encode()).text == "a b c d\ne\nf\n"


def test_hangul_is_composed() -> None:
    assert decode("한글".encode()).text == "한글"


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused_with_a_line(data: bytes) -> None:
    decoded = decode(data)
    if decoded.text is None:
        assert decoded.problems
        assert decoded.problems[0].line <= data.count(b"\n") + data.count(b"\r") + 1
    else:
        assert not decoded.problems
        assert not {"\r", "\0", "\u2028"} & set(decoded.text)
    assert isinstance(begins(data), str)


@given(st.text(st.characters(codec="cp949", exclude_characters="\0"), min_size=1))
def test_what_korean_windows_saves_is_read_back(text: str) -> None:
    assert decode(text.encode("cp949"), "cp949").text == decode(text.encode()).text
