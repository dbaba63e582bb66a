"""Single values of iCalendar (RFC 5545 3.3) as `icalendar` and `dateutil` read them, with types that say what comes out.

All raise one of UNREADABLE for text that is not such a value.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
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


def length(text: str) -> timedelta:
    """A DURATION."""
    return cast("timedelta", _from_ical[vDuration](text.strip().upper()))


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
