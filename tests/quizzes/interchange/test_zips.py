"""Archives from strangers: what could only be meant badly is refused, and nothing is believed."""

import io
import struct
import warnings
import zipfile

import pytest

from quizzes.interchange.limits import MAX_PARTS
from quizzes.interchange.zips import ZipError, open_archive, pack
from tests.quizzes.interchange.foreign import zipped


def why(data: bytes, name: str = "") -> str:
    """Return why an archive is refused, when it is opened or when its member `name` is read."""
    with pytest.raises(ZipError) as caught:
        open_archive(data).read(name)
    return caught.value.problem.text()


def with_infos(*infos: zipfile.ZipInfo) -> bytes:
    whole = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(whole, "w") as archive:
        warnings.simplefilter("ignore")
        for info in infos:
            archive.writestr(info, b"x")
    return whole.getvalue()


def test_it_works() -> None:
    files = {"a.txt": b"one", "folder/b.txt": b"two", "한글.xml": b"three"}
    archive = open_archive(pack(files))
    assert {name: archive.read(name) for name in archive.members} == files
    assert pack(files) == pack(files)


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04" + b"\x00" * 40, b"hello", zipped({"a": b"x" * 999})[:-9]])
def test_no_zip_is_said(data: bytes) -> None:
    assert "no zip archive" in why(data)


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/passwd", "C:\\x", "a\\..\\b", "a\nb", "x" * 300])
def test_names_that_climb_are_refused(name: str) -> None:
    assert "leads out of it" in why(with_infos(zipfile.ZipInfo(name)))


def test_links_are_refused() -> None:
    info = zipfile.ZipInfo("link")
    info.external_attr = 0o120777 << 16
    assert "is a link" in why(with_infos(info))


def test_a_name_twice_is_refused() -> None:
    twice = with_infos(zipfile.ZipInfo("a.xml"), zipfile.ZipInfo("a.xml"))
    other_case = with_infos(zipfile.ZipInfo("a.xml"), zipfile.ZipInfo("A.xml"))
    assert "two files of one name" in why(twice)
    assert "two files of one name" in why(other_case)


def test_too_many_files_are_refused() -> None:
    assert "more than" in why(with_infos(*(zipfile.ZipInfo(f"f{n}") for n in range(MAX_PARTS + 1))))


def test_an_encrypted_one_is_refused() -> None:
    data = bytearray(zipped({"a.xml": b"x" * 99}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert "is encrypted" in why(bytes(data))


def test_a_bomb_is_read_no_further_than_the_limit() -> None:
    data = zipped({"bomb": b"\x00" * 80_000_000})
    assert len(data) < 100_000
    assert "is larger than" in why(data, "bomb")


def test_a_bomb_that_lies_about_its_size_is_read_no_further_either() -> None:
    data = bytearray(zipped({"bomb": b"\x00" * 80_000_000}))
    place = data.rindex(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", 10)
    archive = open_archive(bytes(data))
    try:
        assert len(archive.read("bomb")) <= 10
    except ZipError as error:
        assert "damaged" in error.problem.text()  # noqa: PT017 - either is fine


def test_a_whole_that_says_it_is_huge_is_refused() -> None:
    data = bytearray(zipped({"bomb": b"x"}))
    place = data.rindex(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", 4_000_000_000)
    assert "would be larger than" in why(bytes(data))


def test_overlapping_files_are_refused() -> None:
    data = bytearray(zipped({"a": b"x" * 50, "b": b"y" * 50}, zipfile.ZIP_STORED))
    place = data.rindex(b"PK\x01\x02") + 42  # where the second file begins
    data[place : place + 4] = struct.pack("<I", 5)
    assert "overlap" in why(bytes(data))


def test_other_ways_of_packing_are_refused() -> None:
    assert "packed in a way" in why(zipped({"a": b"x" * 99}, zipfile.ZIP_LZMA))


def test_damage_inside_is_said() -> None:
    data = bytearray(zipped({"a": bytes(range(256)) * 9}, zipfile.ZIP_STORED))
    data[60] ^= 0xFF
    assert "“a” in the archive is damaged." in why(bytes(data), "a")


def test_a_zip_in_a_zip_stays_closed() -> None:
    inner = zipped({"x.xml": b"<quiz/>"})
    assert open_archive(zipped({"inner.zip": inner})).read("inner.zip") == inner
