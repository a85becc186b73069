"""The pictures of a course: which kinds of file they are, and where they are served. Pure.

SVG is not among them: a drawing may hold script, so it goes through `diagrams` or not at all.
"""

from pathlib import Path
from urllib.parse import quote

from learning.catalogue.shelf import key

FOLDER = "images"
MAX_PICTURE = 10 * 1024 * 1024  # bytes
TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


def is_picture(name: str) -> bool:
    """Tell by its ending whether a file can be shown as a picture."""
    return Path(name).suffix.lower() in TYPES


def picture_url(course: str, name: str) -> str:
    """Return the address of a picture of a course; it is the same in every language."""
    return f"/courses/{course}/{FOLDER}/{quote(name)}"


def pictures_of(folder: Path) -> dict[str, Path]:
    """Return the pictures in the course folder `folder`, by the key of their names."""
    found = (folder / FOLDER).glob("*")
    return {key(path.name): path for path in sorted(found) if is_picture(path.name) and path.is_file()}
