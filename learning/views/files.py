"""Pictures of a course's own folder. Only what the folder holds and only picture types; never SVG."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from learning.catalogue.pictures import TYPES, pictures_of
from learning.catalogue.shelf import key
from learning.models import Course

DAY = 24 * 60 * 60  # seconds


@require_safe
def picture(request: HttpRequest, course: str, name: str) -> FileResponse:
    """Send a picture of a course, or 404."""
    row = get_object_or_404(Course, slug=course, retired_at=None)
    path = pictures_of(settings.CONTENT_DIR / row.slug).get(key(name))
    if path is None:
        raise Http404(name)
    headers = {"Cache-Control": f"public, max-age={DAY}", "X-Content-Type-Options": "nosniff"}
    return FileResponse(path.open("rb"), content_type=TYPES[path.suffix.lower()], headers=headers)
