"""Files an instructor brings: kept with what was found in them from the dry run until taken in or thrown away.

Several files of one import are one batch. What a file holds is read once, in a bounded process, whenever something that
was said of it changes; what is taken in later is what was shown. Time is a parameter; knows no requests.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from learning.catalogue.errors import N_
from learning.models import Topic
from quizzes.interchange.decode import decode
from quizzes.interchange.formats import FORMATS, Options, detect
from quizzes.interchange.limits import MAX_WALL
from quizzes.models import Upload
from quizzes.services.reading_child import Answer, Content, content, read_in_child, refusal

KEPT = timedelta(days=2)
MOST_KEPT = 40  # files of one instructor
EMPTY = N_("The file is empty.")
UNKNOWN = N_("The format of this file could not be told. Choose it below.")
LATE = N_("There was no time left to read this file: bring fewer or smaller files at once.")
LONGEST_NAME = 100
SHORTEST = 1.0  # seconds a process needs at the least


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came: a name to show, its bytes, and their encoding where there is no doubt (pasted text)."""

    name: str
    data: bytes
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is said of a file: its format and encoding ("" to find out), the language of its words, its topic's key."""

    format: str
    encoding: str
    language: str
    topic: int


def keep(*, owner: User, files: Sequence[Sent], wish: Wish, now: datetime) -> uuid.UUID:
    """Store files and what is found in them; return the id of their batch."""
    batch, until = uuid.uuid4(), monotonic() + MAX_WALL
    uploads: list[Upload] = []
    for place, file in enumerate(files):  # outside any transaction: nobody waits for a file to be read
        upload = Upload(owner=owner, name=_own_name(file.name, uploads), data=file.data, made_at=now)
        upload.wish = {"batch": str(batch), "place": place}
        _read(upload, replace(wish, encoding=file.encoding or wish.encoding), until)
        uploads.append(upload)
    with transaction.atomic():
        Upload.objects.bulk_create(uploads)
        sweep(owner, now)
    return batch


def _own_name(name: str, others: Sequence[Upload]) -> str:
    """Return a name that can be shown and stored, and that no other file of the batch has."""
    plain = "".join(sign for sign in name.replace("\\", "/").rsplit("/", 1)[-1] if sign.isprintable())
    plain = plain.encode(errors="replace").decode().strip()[-LONGEST_NAME:] or "?"
    taken = {other.name for other in others}
    return next(n for i in range(len(others) + 1) if (n := f"{plain} ({i + 1})" if i else plain) not in taken)


def _read(upload: Upload, wish: Wish, until: float) -> None:
    """Read the file as `wish` says and put what was found beside it."""
    data, form = bytes(upload.data), wish.format
    form = form if form in FORMATS else detect(upload.name, data)
    said = {"format": wish.format, "encoding": wish.encoding, "language": wish.language, "topic": wish.topic}
    upload.wish = {**upload.wish, **said, "found": form, "answer": _answer(data, form, wish, until)}


def _answer(data: bytes, form: str, wish: Wish, until: float) -> Answer:
    left = until - monotonic()
    if not data.strip():
        return refusal(EMPTY)
    if not form:
        return refusal(UNKNOWN)
    if left < SHORTEST:
        return refusal(LATE)
    options = Options(language=wish.language, encoding=wish.encoding if FORMATS[form].text else "")
    return read_in_child(form, data, options, seconds=left)


def read_again(*, upload: Upload, wish: Wish) -> None:
    """Read a kept file once more, as `wish` says now."""
    _read(upload, wish, monotonic() + MAX_WALL)
    upload.save()


def batch_of(owner: User, batch: uuid.UUID) -> list[Upload]:
    """Return the files of a batch in their order; [] when there is none of this owner's."""
    rows = Upload.objects.filter(owner=owner, wish__batch=str(batch))
    return sorted(rows, key=lambda upload: int(upload.wish.get("place", 0)))


def content_of(upload: Upload) -> Content:
    """Return what was found in a file."""
    return content(upload.wish["answer"], upload.name)


def wish_of(upload: Upload) -> Wish:
    """Return what was said of a file."""
    said: dict[str, Any] = upload.wish
    return Wish(said["format"], said["encoding"], said["language"], said["topic"])


def topic_of(upload: Upload) -> Topic | None:
    """Return the topic of the file's questions that name none."""
    return Topic.objects.filter(pk=upload.wish["topic"], retired_at=None).select_related("course").first()


def encoding_of(upload: Upload) -> tuple[str, bool]:
    """Return the encoding a text was read as, and whether that is beyond doubt; ("", True) for what is no text."""
    form = FORMATS.get(upload.wish.get("found", ""))
    if form is None or not form.text or form.name == "moodle_xml":
        return "", True
    decoded = decode(bytes(upload.data), upload.wish["encoding"])
    return decoded.encoding, decoded.sure


@dataclass(frozen=True, slots=True)
class Waiting:
    """A batch that was looked at and neither taken in nor thrown away."""

    batch: str
    names: tuple[str, ...]
    made_at: datetime


def pending(owner: User) -> list[Waiting]:
    """Return the batches of an owner that wait, the newest first. One query, without what the files hold."""
    rows = Upload.objects.filter(owner=owner).order_by("-made_at").values_list("wish__batch", "name", "made_at")
    batches: dict[str, list[tuple[str, datetime]]] = {}
    for batch, name, made_at in rows:
        batches.setdefault(batch, []).append((name, made_at))
    return [Waiting(batch, tuple(name for name, _ in files), files[0][1]) for batch, files in batches.items()]


def discard(*, owner: User, batch: uuid.UUID) -> int:
    """Throw the files of a batch away; return how many there were."""
    return Upload.objects.filter(owner=owner, wish__batch=str(batch)).delete()[0]


def sweep(owner: User, now: datetime) -> None:
    """Throw away what anybody left for days, and the oldest of this owner's when there are too many."""
    Upload.objects.filter(made_at__lt=now - KEPT).delete()
    old = Upload.objects.filter(owner=owner).order_by("-made_at").values_list("pk", flat=True)[MOST_KEPT:]
    Upload.objects.filter(pk__in=list(old)).delete()
