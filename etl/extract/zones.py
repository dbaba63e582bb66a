"""Which clock a time of a calendar is on.

The rule for a TZID: a name of the world's time zone database (`America/Toronto`) means that zone, whatever the file
says of it; any other name means the rules the file itself gives for it (its VTIMEZONE, RFC 5545 3.6.5), if they are
sound; else a Windows name (`Eastern Standard Time`) means what CLDR says it does; else the time is floating, on the
practice's own clock, and that is noted. The table of CLDR is the one `icalendar` carries.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from etl.extract.scan import Part
from etl.extract.values import UNREADABLE, as_time, dates, moment, offset
from etl.model import Note

FIRST, LAST = datetime(1900, 1, 1), datetime(2102, 1, 1)  # noqa: DTZ001 - onsets are wall-clock times
WIDEST = timedelta(hours=15)
DAYS, FAR_OFF = (datetime(2020, 1, 15), datetime(2020, 7, 15)), timedelta(hours=2)  # noqa: DTZ001 - wall-clock times
MOST_HALVES, MOST_ONSETS = 500, 2_000
YEARLY = re.compile(r"(?:FREQ=YEARLY|INTERVAL=1|UNTIL=\d{8}(?:T\d{6}Z?)?|COUNT=\d{1,4}|WKST=[A-Z]{2}|BY[A-Z]+=[-+0-9A-Z]{1,12})")


class FileZone(tzinfo):
    """A time zone as a calendar file gives it: the offset from UTC before and after each onset."""

    def __init__(self, changes: list[tuple[datetime, timedelta]], before: timedelta) -> None:
        """`changes`: the instant (naive UTC) of each onset, ascending, and the offset from then on."""
        self._offsets = [before, *(offset for _, offset in changes)]
        self._utc = [at for at, _ in changes]
        pairs = list(zip(self._utc, self._offsets, self._offsets[1:], strict=False))
        # A wall-clock time that comes twice (fold 0) or never is on the offset before, as in RFC 5545 3.3.5.
        self._wall = ([at + max(a, b) for at, a, b in pairs], [at + min(a, b) for at, a, b in pairs])

    def utcoffset(self, dt: datetime | None) -> timedelta:
        """The offset at a wall-clock time."""
        if dt is None:
            return self._offsets[0]
        return self._offsets[bisect_right(self._wall[dt.fold], dt.replace(tzinfo=None, fold=0))]

    def dst(self, dt: datetime | None) -> timedelta:
        """Nothing: the file's offsets are whole."""
        return timedelta(0)

    def tzname(self, dt: datetime | None) -> str:
        """A name that is no zone's."""
        return "file"

    def fromutc(self, dt: datetime) -> datetime:
        """The wall-clock time of an instant."""
        utc = dt.replace(tzinfo=None)
        wall = utc + self._offsets[bisect_right(self._utc, utc)]
        fold = int(wall.replace(tzinfo=self).utcoffset() != wall - utc)
        return wall.replace(tzinfo=self, fold=fold)


class Zones:
    """The clocks of one calendar of a file, by TZID."""

    def __init__(self, parts: Iterable[Part], notes: list[Note]) -> None:
        """`parts`: the VTIMEZONEs of the calendar; what is wrong with one is added to `notes`."""
        self._notes = notes
        self._known: dict[str, tzinfo | None] = {}
        self.used: set[str] = set()
        for part in parts:
            name = clean(part.value("TZID"))
            if not name:
                notes.append(Note(part.line, "a time zone without a name is left out"))
            elif world := iana(name):
                zone = file_zone(part)
                if zone and all(abs(zone.utcoffset(day) - _offset(world, day)) > FAR_OFF for day in DAYS):
                    notes.append(Note(part.line, "the file gives a time zone other rules than the world does; the world's hold"))
            else:
                zone = file_zone(part)
                if zone is None:
                    notes.append(Note(part.line, "the rules of a time zone in this file make no sense and are left out"))
                else:
                    self._known[name] = zone

    def of(self, tzid: str, line: int) -> tzinfo | None:
        """The clock of a TZID; None, with a note, where nobody knows it."""
        name = clean(tzid)
        if name not in self._known:
            self._known[name] = iana(name) or iana(WINDOWS_TO_OLSON.get(name, "")) or iana(_tail(tzid))
            if self._known[name] is None:
                self._notes.append(Note(line, "a time zone that nobody knows; its times are read on the practice's clock"))
        zone = self._known[name]
        self.used.add(iana_name(zone) or iana_name(iana(WINDOWS_TO_OLSON.get(name, ""))))
        return zone

    def calendar_wide(self, name: str, line: int) -> ZoneInfo | None:
        """The zone of X-WR-TIMEZONE; None where there is none, or nobody knows it."""
        zone = iana(clean(name)) or iana(WINDOWS_TO_OLSON.get(clean(name), ""))
        if name and zone is None:
            self._notes.append(Note(line, "the calendar's own time zone is one that nobody knows, and is left out"))
        return zone


def clean(tzid: str) -> str:
    """A TZID without the marks that some programs put around it."""
    return tzid.strip().strip('"').strip("/").strip()


def _tail(tzid: str) -> str:
    """The zone at the end of a 'globally unique' TZID such as /example.org/20070129_1/Europe/Berlin."""
    parts = clean(tzid).split("/")
    tails = ("/".join(parts[at:]) for at in range(1, len(parts)))
    return next((tail for tail in tails if iana(tail)), "")


def _offset(zone: tzinfo, day: datetime) -> timedelta:
    return day.replace(tzinfo=zone).utcoffset() or timedelta(0)


@cache
def _names() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}


@cache
def iana(name: str) -> ZoneInfo | None:
    """The zone of the world's database with that name, in any case; None where there is none."""
    known = _names().get(name.lower())
    try:
        return ZoneInfo(known) if known else None
    except (ZoneInfoNotFoundError, OSError, ValueError):  # named in the database, missing from it
        return None


def iana_name(zone: tzinfo | None) -> str:
    """The name of a zone of the world's database; "" for any other."""
    return zone.key if isinstance(zone, ZoneInfo) else ""


def file_zone(part: Part) -> FileZone | None:
    """The zone a VTIMEZONE describes; None where it is unsound: no halves, an offset no place on Earth has, a rule
    that repeats otherwise than yearly."""
    if not 0 < len(part.parts) <= MOST_HALVES:
        return None
    changes: dict[datetime, timedelta] = {}
    first: tuple[datetime, timedelta] | None = None
    try:
        for half in part.parts:
            before, after = (offset(half.value(name)) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
            if abs(before) > WIDEST or abs(after) > WIDEST:
                return None
            onsets = _onsets(half)
            changes.update((onset - before, after) for onset in onsets)
            if first is None or onsets[0] < first[0]:
                first = (onsets[0], before)
    except UNREADABLE:
        return None
    return FileZone(sorted(changes.items()), first[1]) if first else None


def _onsets(half: Part) -> list[datetime]:
    """The wall-clock times at which one half of a zone begins, ascending."""
    start = _wall(half.value("DTSTART"))
    onsets = {start}
    for line in half.lines:
        if line.name == "RDATE":
            onsets |= {_wall(one.partition("/")[0]) for one in line.value.split(",")[:MOST_ONSETS]}
        elif line.name == "RRULE":
            rule = [part for part in line.value.strip().upper().split(";") if part]
            if "FREQ=YEARLY" not in rule or not all(YEARLY.fullmatch(part) for part in rule):
                raise ValueError("a rule that is not yearly")
            found = dates(";".join(part.rstrip("Z") if part.startswith("UNTIL") else part for part in rule), start)
            onsets |= set(found.between(FIRST, LAST, inc=True)[:MOST_ONSETS])
    return sorted(onsets)


def _wall(text: str) -> datetime:
    return as_time(moment(text.strip().rstrip("zZ"), None))
