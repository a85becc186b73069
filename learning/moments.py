"""Days and times as people type them: in the site's time zone, which the page names. Knows no models."""

from datetime import UTC, datetime

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FORMAT = "%Y-%m-%dT%H:%M"  # what browsers send, and what the server writes into the field
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)


class MomentField(forms.DateTimeField):
    """A local day and time, or nothing; an hour that a change of clocks leaves out or gives twice is refused."""

    widget = forms.DateTimeInput(format=FORMAT, attrs={"type": "datetime-local"})
    default_error_messages = {"invalid": _("Enter a day and a time, like 2026-11-22 09:00.")}

    def __init__(self, *, label: object = None) -> None:
        within = _("Enter a day between the years 2000 and 2100.")
        super().__init__(
            label=label,  # type: ignore[arg-type]  # lazy words are words
            required=False,
            input_formats=[FORMAT, "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
            validators=[MinValueValidator(EARLIEST, within), MaxValueValidator(LATEST, within)],
        )


def zone_name() -> str:
    """Return the name of the zone in which times are typed and shown."""
    return timezone.get_current_timezone_name()


def in_order(opens: datetime | None, closes: datetime | None) -> bool:
    """Return whether something that opens and closes at these times is open at all; None leaves that end open."""
    return opens is None or closes is None or opens < closes
