"""The library's lane: icalendar, x-wr-timezone and recurring-ical-events, as the reference for calendars that are well made.

It knows nothing of limits, notes or damage. What a calendar means beyond its times (what counts as cancelled, declined or
free; DESIGN, counting rule 1) is told here again in the plainest way.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
import x_wr_timezone
from dateutil import tz

from etl.extract import read
from etl.model import CalendarExport, How

NONE = icalendar.vText("")
LASTS = "X-OWNER-TIME-LASTS"
FIRST = datetime(1990, 1, 1, tzinfo=UTC)


class One(NamedTuple):
    """One occurrence, comparable: times are instants in UTC as text, days as their dates."""

    uid: str
    start: str
    end: str
    all_day: bool
    title: str
    place: str
    status: str


def by_library(data: bytes, how: How) -> list[One]:
    """What the library finds in a file until `how.until`, sorted."""
    icalendar.use_zoneinfo()  # forgets the time zones of the files before, which it would take for this one's
    found = []
    for written in icalendar.Calendar.from_ical(data, multiple=True):
        calendar = _standard(written)
        owners = how.owners | {str(calendar.get("X-WR-CALNAME", "")).lower()}
        method = str(calendar.get("METHOD", "")).upper()
        for event in recurring_ical_events.of(calendar, keep_recurrence_attributes=True).between(FIRST, how.until):
            found.append(_one(event, how, owners, method))
    return sorted(set(found))


def by_product(data: bytes, how: How) -> list[One]:
    """The same by the reader; an occurrence it gives twice is there twice."""
    found = []
    for export in read(data, "reference.ics", how).exports:
        assert isinstance(export, CalendarExport)
        for one in export.occurrences:
            all_day = not isinstance(one.start, datetime)
            start, end = (_text(at, how) for at in (one.start, one.end))
            uid = "" if one.uid.startswith("content-") else one.uid  # the identity of an event that has none
            found.append(One(uid, start, end, all_day, one.title, one.place, one.status))
    return sorted(found)


def _standard(written: icalendar.Calendar) -> icalendar.Calendar:
    """With X-WR-TIMEZONE applied; x-wr-timezone loses THISANDFUTURE on the way, which is put back. A DURATION, which
    recurring-ical-events makes an end of, is kept by a name of our own."""
    calendar = x_wr_timezone.to_standard(written)
    for before, after in zip(written.walk("VEVENT"), calendar.walk("VEVENT"), strict=True):
        if "RANGE" in before.get("RECURRENCE-ID", NONE).params:
            after["RECURRENCE-ID"].params["RANGE"] = before["RECURRENCE-ID"].params["RANGE"]
        if "DURATION" in before:
            after[LASTS] = before["DURATION"].to_ical().decode()
    return calendar


def _one(event: icalendar.Event, how: How, owners: frozenset[str], method: str) -> One:
    start = event["DTSTART"].dt
    end = _end(event, start, how)
    if isinstance(start, datetime) and _instant(end, how) < _instant(start, how):  # a start in the hour that clocks skip
        end = _instant(start, how) + max(_wall(end) - _wall(start), timedelta(0))
    all_day = not isinstance(start, datetime)
    words = [str(event.get(name, "")).strip() for name in ("SUMMARY", "LOCATION")]
    return One(str(event.get("UID", "")), _text(start, how), _text(end, how), all_day, *words, _status(event, owners, method))


def _end(event: icalendar.Event, start: date, how: How) -> date:
    """The end: a length of hours is told by the stopwatch (RFC 5545 3.3.6), where the library goes by the wall clock."""
    length = icalendar.vDuration.from_ical(event[LASTS]) if LASTS in event else None
    if length is not None and isinstance(start, datetime) and length % timedelta(days=1):
        return _instant(start, how) + length
    if length is not None:
        return start + length
    if "DTEND" in event:
        return event["DTEND"].dt
    return start if isinstance(start, datetime) else start + timedelta(days=1)


def _status(event: icalendar.Event, owners: frozenset[str], method: str) -> str:
    if method == "CANCEL" or str(event.get("STATUS", "")).upper() == "CANCELLED":
        return "cancelled"
    if any(_address(each) in owners for each in _attendees(event) if each.params.get("PARTSTAT", "").upper() == "DECLINED"):
        return "declined"
    free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    busy = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    return "free" if free or busy == "FREE" else "out of office" if busy == "OOF" else ""


def _attendees(event: icalendar.Event) -> Iterator[icalendar.vCalAddress]:
    held = event.get("ATTENDEE", [])
    yield from held if isinstance(held, list) else [held]


def _address(attendee: icalendar.vCalAddress) -> str:
    return str(attendee).lower().removeprefix("mailto:").strip()


def _wall(at: date) -> datetime:
    return at.replace(tzinfo=None) if isinstance(at, datetime) else datetime(at.year, at.month, at.day)


def _instant(at: date, how: How) -> datetime:
    """An instant; that of a floating time on the practice's clock. A time that clocks skip is read by the offset before the
    change (3.3.5); dateutil, which reads the rules of a VTIMEZONE for icalendar, goes by the one after it."""
    wall = _wall(at)
    zone = at.tzinfo if isinstance(at, datetime) and at.tzinfo else how.zone
    if not isinstance(zone, ZoneInfo) and not tz.datetime_exists(wall, zone):
        return (wall - (zone.utcoffset(wall - timedelta(hours=3)) or timedelta(0))).replace(tzinfo=UTC)
    return wall.replace(tzinfo=zone, fold=getattr(at, "fold", 0)).astimezone(UTC)


def _text(at: date, how: How) -> str:
    """An instant as text; a day as its date."""
    return f"{_instant(at, how):%Y%m%dT%H%M%SZ}" if isinstance(at, datetime) else f"{at:%Y%m%d}"
