"""Static files: one stylesheet for the whole site, hashed names, pre-compressed, module imports rewritten."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/site.css"
# In the order of the cascade: properties, elements, shared parts, then one file a feature.
PARTS = ("tokens", "base", "components", "lesson", "diagram", "code", "quiz", "exam", "review", "builder", "drawing")


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise is untyped here
    """WhiteNoise's storage, told to look into `import … from "./x.js"` as well."""

    support_js_module_import_aggregation = True


class SheetFinder(BaseFinder):
    """Finds `css/site.css`, made of the files of PARTS, so that a first visit needs one request for all styles."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.DATA_DIR / "bundle")

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to configure, so nothing to check."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return where `path` is, or nothing when it is not the sheet."""
        if path != SHEET:
            return []
        found = str(self._write())
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Yield the sheet, freshly made."""
        self._write()
        yield SHEET, self.storage

    def _write(self) -> Path:
        source = Path(settings.BASE_DIR) / "static" / "css"
        sheet = "\n".join(p.read_text() for part in PARTS if (p := source / f"{part}.css").exists())
        path = Path(self.storage.path(SHEET))
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text() != sheet:
            path.write_text(sheet)
        return path
