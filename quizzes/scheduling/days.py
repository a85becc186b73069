"""Days as a learner has them: from midnight to midnight of a time zone, whatever UTC says. Pure."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

LONG_AGO, FAR_AHEAD = date(1, 1, 2), date(9999, 12, 30)  # so that a day more or less in any zone still is one


def day_of(moment: datetime, zone: tzinfo) -> date:
    """Return the day on which `moment` falls in `zone`."""
    return moment.astimezone(zone).date()


def beginning_of(day: date, zone: tzinfo) -> datetime:
    """Return the moment, in UTC, at which `day` begins in `zone`; a day of 23 or 25 hours is one day."""
    within = min(max(day, LONG_AGO), FAR_AHEAD)
    return datetime.combine(within, time.min, zone).astimezone(UTC)


def following(day: date, days: int = 1) -> date:
    """Return the day `days` after `day`, the last there is at the most."""
    return day + min(timedelta(days=days), FAR_AHEAD - day)
