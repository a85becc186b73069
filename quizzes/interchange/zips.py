"""Archives from strangers: members read in memory, never extracted, no name and no size believed. Pure.

Knows no format. What could only be meant badly (encrypted, twice, overlapping, links, names that climb) is refused.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from learning.catalogue.errors import N_, Problem
from quizzes.interchange.limits import MAX_PART, MAX_PARTS, MAX_UNPACKED

MAX_NAME = 255
_LINK, _TYPE = 0o120000, 0o170000
_CLIMBS = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\\|[\x00-\x1f\x7f]")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # an archive of the same files is the same file


class ZipError(Exception):
    """The archive cannot be read; `problem` says why."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.problem = Problem("", 0, message, params)


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that may be read: its members by name."""

    file: zipfile.ZipFile
    members: Mapping[str, zipfile.ZipInfo]

    def __contains__(self, name: str) -> bool:
        return name in self.members

    def read(self, name: str, limit: int = MAX_PART) -> bytes:
        """Return a member, at most `limit` bytes of it whatever it says of itself. Raises ZipError."""
        try:
            with self.file.open(self.members[name]) as member:
                data = member.read(limit + 1)
        except _DAMAGED:
            raise ZipError(N_("“%(name)s” in the archive is damaged."), name=name[:80]) from None
        if len(data) > limit:
            raise ZipError(N_("“%(name)s” in the archive is larger than %(limit)s MB."), name=name[:80],
                           limit=limit // 1024**2)  # fmt: skip
        return data


def open_archive(data: bytes) -> Archive:
    """Return the archive `data` after looking at its list of members. Raises ZipError."""
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
        infos = [info for info in file.infolist() if not info.is_dir()]
    except _DAMAGED:
        raise ZipError(N_("This is no zip archive, or it is damaged.")) from None
    if len(infos) > MAX_PARTS:
        raise ZipError(N_("The archive has more than %(limit)s files."), limit=MAX_PARTS)
    for info in infos:
        _look_at(info)
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise ZipError(N_("The archive would be larger than %(limit)s MB."), limit=MAX_UNPACKED // 1024**2)
    members = {info.filename: info for info in infos}
    if len({name.casefold() for name in members}) < len(infos):
        raise ZipError(N_("The archive has two files of one name."))
    _apart(infos, len(data))
    return Archive(file, members)


def _look_at(info: zipfile.ZipInfo) -> None:
    name = info.filename
    if len(name.encode(errors="replace")) > MAX_NAME or _CLIMBS.search(name) or _CLIMBS.search(info.orig_filename):
        raise ZipError(
            N_("The archive has a file whose name leads out of it or is no name: “%(name)s”."), name=name[:80]
        )
    if info.flag_bits & 0x41:
        raise ZipError(N_("“%(name)s” in the archive is encrypted."), name=name[:80])
    if info.external_attr >> 16 & _TYPE == _LINK:
        raise ZipError(N_("“%(name)s” in the archive is a link."), name=name[:80])
    if info.compress_type not in _METHODS:
        raise ZipError(N_("“%(name)s” in the archive is packed in a way that is not read."), name=name[:80])


def _apart(infos: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse members that share bytes: ten megabytes of them unpack to petabytes."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end or info.header_offset + info.compress_size > size:
            raise ZipError(N_("The files in the archive overlap."))
        end = info.header_offset + 30 + info.compress_size


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of `files`, always the same for the same files."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, data)
    return whole.getvalue()
