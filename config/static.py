"""Static files: a sheet for all pages and one a section, hashed names, pre-compressed, module imports rewritten."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What each sheet is made of, in the order of the cascade: every page loads the first, a section adds its own.
SHEETS = {
    "css/site.css": ("tokens", "base", "components", "lesson", "diagram", "code", "quiz"),
    "css/taking.css": ("exam", "review", "reviewing"),
    "css/designing.css": ("builder", "import", "drawing"),
    "css/authoring.css": ("charts", "author", "editor", "classes", "stats", "importing", "export"),
    "css/figures.css": ("charts", "home", "progress"),
}


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise is untyped here
    """WhiteNoise's storage, told to look into `import … from "./x.js"` as well."""

    support_js_module_import_aggregation = True


class SheetFinder(BaseFinder):
    """Finds the sheets, made of the files of SHEETS, so that a first visit needs one request for its styles."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.DATA_DIR / "bundle")

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to configure, so nothing to check."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return where `path` is, or nothing when it is not a sheet."""
        if path not in SHEETS:
            return []
        found = str(self._write(path))
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Yield the sheets, freshly made."""
        for name in SHEETS:
            self._write(name)
            yield name, self.storage

    def _write(self, name: str) -> Path:
        source = Path(settings.BASE_DIR) / "static" / "css"
        sheet = "\n".join((source / f"{part}.css").read_text() for part in SHEETS[name])
        path = Path(self.storage.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text() != sheet:
            path.write_text(sheet)
        return path
