"""Single values of iCalendar (RFC 5545 3.3) as `icalendar` and `dateutil` read them, with types that say what comes out.

All raise one of UNREADABLE for text that is not such a value.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, cast

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from icalendar.parser.property import split_on_unescaped_comma, unescape_backslash
from icalendar.prop import vDDDTypes, vDuration, vUTCOffset

UNREADABLE = (ValueError, TypeError, OverflowError)
Moment = datetime | date

_from_ical: dict[type, Any] = {kind: kind.from_ical for kind in (vDDDTypes, vDuration, vUTCOffset)}


def moment(text: str, zone: tzinfo | None) -> Moment:
    """A DATE or DATE-TIME: in `zone` where one is given, else aware for a Z and naive without."""
    found = _from_ical[vDDDTypes](text.strip().upper(), timezone=zone)
    if not isinstance(found, date):
        raise ValueError("a time of day, a length or a period")
    return found


@dataclass(frozen=True, slots=True)
class Length:
    """How long something takes: `days` by the calendar, then `elapsed` by the stopwatch (RFC 5545 3.3.6)."""

    days: timedelta
    elapsed: timedelta = timedelta(0)

    @property
    def whole(self) -> timedelta:
        """Both together, as between two days on which no clock changes."""
        return self.days + self.elapsed

    def after(self, start: datetime, zone: tzinfo) -> datetime:
        """The end, on the clock of `start`. A floating start is on the clock of `zone`, and its end is floating again:
        `fold` tells the second of the two times that the clocks show twice."""
        begins = start if start.tzinfo else start.replace(tzinfo=zone)
        if not self.elapsed:
            return start + self.days
        end = ((begins + self.days).astimezone(UTC) + self.elapsed).astimezone(begins.tzinfo)
        return end if start.tzinfo else end.replace(tzinfo=None)


def length(text: str) -> Length:
    """A DURATION."""
    days, _, hours = text.strip().upper().partition("T")
    sign = "-" if days.startswith("-") else ""
    read = _from_ical[vDuration]
    return Length(
        read(days) if days.lstrip("+-") != "P" else timedelta(0),
        read(f"{sign}PT{hours}") if hours else timedelta(0),
    )


def offset(text: str) -> timedelta:
    """A UTC-OFFSET."""
    return cast("timedelta", _from_ical[vUTCOffset](text.strip()))


def dates(rule: str, start: datetime) -> Any:
    """The dates of an RRULE, worked out as they are asked for (dateutil's rrule)."""
    return rrulestr(rule, dtstart=start)


def text_of(value: str) -> str:
    """A TEXT without its escapes."""
    return str(unescape_backslash(value)).strip()


def texts_of(value: str) -> Iterator[str]:
    """The TEXTs of a list, blank ones left out."""
    return (one.strip() for one in split_on_unescaped_comma(value) if one.strip())


def as_time(one: Moment) -> datetime:
    """A date as its midnight, floating; a time as it is."""
    return one if isinstance(one, datetime) else datetime.combine(one, time())
