"""Cut the power at the moment each answer is acknowledged: is it on the disk?

    python -m tests.trials.power 200

Nobody can pull a plug here. Instead strace writes down what the server writes to the database's files, when it forces
them to the disk, and when it sends a reply. At each reply the image that the disk is sure to hold, without any write
that was not forced yet, is opened with SQLite. The control is the same with synchronous=NORMAL, which must lose.
"""

import os
import re
import shutil
import signal
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.trials.site import Learner, Site, kill, prepared

SAVES = 200
SETTINGS = ("config.settings", "tests.trials.careless")  # the promise, its control
CALLS = "pwrite64,write,ftruncate,unlink,fsync,fdatasync,sendto,sendmsg,writev"
STRACE = ["strace", "-f", "-y", "-xx", "-s", "70000", "-e", f"trace={CALLS}", "-e", "signal=none", "-o"]

LINE = re.compile(r"(?P<pid>\d+) +(?:<\.\.\. (?P<resumed>\w+) resumed>|(?P<call>\w+)\((?P<rest>.*))")
FILE = re.compile(r"\d+<(?P<path>[^>]*)>")
WRITE = re.compile(r'\d+<[^>]*>, "(?P<data>[^"]*)", (?P<size>\d+)(?:, (?P<at>\d+))?')
CUT = re.compile(r"\d+<[^>]*>, (?P<size>\d+)")
REPLY = b"HTTP/1.1 200"


def plain(text: str) -> bytes:
    """Return the bytes that strace wrote as \\x41."""
    return re.sub(rb"\\x([0-9a-f]{2})", lambda found: bytes.fromhex(found[1].decode()), text.encode())


@dataclass
class Disk:
    """The files of a database: as programs see them, and as they are sure to be after a power cut."""

    seen: dict[str, bytearray]
    sure: dict[str, bytes] = field(default_factory=dict)
    forcing: dict[str, tuple[str, bytes]] = field(
        default_factory=dict
    )  # by process: what a sync under way will make sure

    def __post_init__(self) -> None:
        self.sure = {path: bytes(content) for path, content in self.seen.items()}

    def write(self, path: str, data: bytes, at: int) -> None:
        """Write; sure only after a sync."""
        content = self.seen.setdefault(path, bytearray())
        content.extend(bytes(max(0, at + len(data) - len(content))))
        content[at : at + len(data)] = data

    def begin_sync(self, process: str, path: str) -> None:
        """Begin to force what is written by now."""
        self.forcing[process] = (path, bytes(self.seen.get(path, b"")))

    def end_sync(self, process: str) -> None:
        """What was written when the sync began is sure now."""
        path, content = self.forcing.pop(process)
        self.sure[path] = content

    def cut(self, path: str, size: int) -> None:
        """Shorten a file; taken as sure at once, which is the harsher guess."""
        del self.seen.setdefault(path, bytearray())[size:]
        self.sure[path] = self.sure.get(path, b"")[:size]

    def drop(self, path: str) -> None:
        """Remove a file."""
        self.seen.pop(path, None)
        self.sure.pop(path, None)


def replies(log: Iterable[str], disk: Disk) -> Iterator[dict[str, bytes]]:
    """Replay a log of strace on `disk`; yield the files sure at each reply 200."""
    for line in log:
        found = LINE.match(line)
        if found is None:
            continue
        if found["resumed"]:
            if found["pid"] in disk.forcing:
                disk.end_sync(found["pid"])
        elif found["call"] in ("sendto", "sendmsg", "writev", "write") and REPLY in plain(found["rest"]):
            yield dict(disk.sure)
        else:
            _replay(disk, found["pid"], found["call"], found["rest"])


def _replay(disk: Disk, process: str, call: str, rest: str) -> None:
    file = FILE.match(rest)
    path = plain(file["path"] if file else rest.partition('"')[2].partition('"')[0]).decode(errors="replace")
    if not path.endswith((".sqlite3", ".sqlite3-wal")):
        return
    if call in ("pwrite64", "write") and (one := WRITE.match(rest)):
        disk.write(path, plain(one["data"]), int(one["at"] or 0))
    elif call == "ftruncate" and (size := CUT.match(rest)):
        disk.cut(path, int(size["size"]))
    elif call == "unlink":
        disk.drop(path)
    elif call in ("fsync", "fdatasync"):
        disk.begin_sync(process, path)
        if "unfinished" not in rest:
            disk.end_sync(process)


@dataclass
class Tally:
    """Counts over all acknowledged saves."""

    acknowledged: int = 0
    missing: int = 0
    corrupt: int = 0


def inspect(files: dict[str, bytes], operation: str, tally: Tally) -> None:
    """Open the image `files` as after a power cut, and look for the act `operation`."""
    tally.acknowledged += 1
    with TemporaryDirectory() as folder:
        for path, content in files.items():
            (Path(folder) / Path(path).name).write_bytes(content)
        with closing(sqlite3.connect(Path(folder) / "db.sqlite3")) as database:
            try:
                name = operation.replace("-", "")
                query = "SELECT COUNT(*) FROM quizzes_answer WHERE operation = ?"
                tally.missing += database.execute(query, [name]).fetchone() != (1,)
                tally.corrupt += database.execute("PRAGMA quick_check").fetchone() != ("ok",)
            except sqlite3.DatabaseError:
                tally.corrupt += 1


def run(site: Site, saves: int) -> Tally:
    """Save `saves` times under strace, then cut the power at each acknowledgement."""
    learner = site.learners(1)[0]
    paths = [site.database, site.database.with_name("db.sqlite3-wal")]
    disk = Disk({str(path): bytearray(path.read_bytes()) for path in paths if path.exists()})
    log = site.database.with_name("strace.log")
    _save(site, learner, saves, log)
    names, tally = list(learner.acknowledged), Tally()
    with log.open(errors="replace") as lines:
        images = list(replies(lines, disk))[-len(names) :]  # before them the server was asked whether it is well
    for files, name in zip(images, names, strict=True):
        inspect(files, name, tally)
    return tally


def _save(site: Site, learner: Learner, saves: int, log: Path) -> None:
    process = site.start(*STRACE, str(log))
    try:
        for _ in range(saves):
            learner.save(site.port)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        kill(process)


def main() -> int:
    """Try it and its control, print the counts, return 0 when only the control lost."""
    if not shutil.which("strace"):
        print("strace is not installed: apt install strace")
        return 2
    saves = int(sys.argv[1]) if len(sys.argv) > 1 else SAVES
    found = []
    for settings in SETTINGS:
        with prepared() as site:
            found.append(run(site.under(settings), saves))
    promise, control = found
    print(f"as served: {promise}\nsynchronous=NORMAL, the control: {control}")
    return not (promise.acknowledged == saves and not promise.missing and not promise.corrupt and control.missing)


if __name__ == "__main__":
    sys.exit(main())
