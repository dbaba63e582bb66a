"""Which clock a time of a calendar is on.

The rule for a TZID: a name of the world's time zone database (`America/Toronto`) means that zone, whatever the file
says of it; any other name means the rules the file itself gives for it (its VTIMEZONE, RFC 5545 3.6.5), if they are
sound; else a Windows name (`Eastern Standard Time`) means what Unicode CLDR's table says it does; else the time is
floating, on the practice's own clock, and that is noted.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from etl.clock import DAY, seconds, wall
from etl.extract import rule, value
from etl.model import Note

FIRST, LAST = seconds(datetime(1900, 1, 1, tzinfo=UTC)), seconds(datetime(2102, 1, 1, tzinfo=UTC))
EARLIEST = seconds(datetime(1600, 1, 1, tzinfo=UTC))  # Windows counts from 1601
WIDEST = 15 * 3600
FAR_OFF = timedelta(hours=2)
MOST_HALVES, MOST_RULES, MOST_ONSETS = 500, 100, 2_000

Half = tuple[tuple[str, str], ...]
"""The lines of one half of a VTIMEZONE, as name and value."""


@dataclass(frozen=True, slots=True)
class Described:
    """A VTIMEZONE of a file: its line, its name, and what it says of each of its halves."""

    line: int
    name: str
    halves: tuple[Half, ...]


class FileZone(tzinfo):
    """A time zone as a calendar file gives it: the offset from UTC before and after each onset."""

    def __init__(self, changes: Sequence[tuple[int, int]], before: int) -> None:
        """`changes`: the instant of each onset, ascending, and the offset from then on, all in seconds."""
        self._offsets = [before, *(offset for _, offset in changes)]
        self._utc = [at for at, _ in changes]
        pairs = list(zip(self._utc, self._offsets, self._offsets[1:], strict=False))
        # A wall-clock time that comes twice (fold 0) or never is on the offset before, as in RFC 5545 3.3.5.
        self._wall = ([at + max(a, b) for at, a, b in pairs], [at + min(a, b) for at, a, b in pairs])

    def utcoffset(self, dt: datetime | None) -> timedelta:
        """The offset at a wall-clock time."""
        at = bisect_right(self._wall[dt.fold], seconds(dt.replace(tzinfo=None))) if dt else 0
        return timedelta(seconds=self._offsets[at])

    def dst(self, dt: datetime | None) -> timedelta:
        """Nothing: the file's offsets are whole."""
        return timedelta(0)

    def tzname(self, dt: datetime | None) -> str:
        """A name that is no zone's."""
        return "file"

    def fromutc(self, dt: datetime) -> datetime:
        """The wall-clock time of an instant."""
        at = seconds(dt.replace(tzinfo=None))
        local = wall(at + self._offsets[bisect_right(self._utc, at)]).replace(tzinfo=self)
        return local.replace(fold=int(seconds(local) != at))


class Zones:
    """The clocks of one calendar of a file, by TZID."""

    def __init__(self, described: Iterable[Described], notes: list[Note]) -> None:
        """What is wrong with a zone that the file describes is added to `notes`."""
        self._notes = notes
        self._known: dict[str, tzinfo | None] = {}
        self.used: set[str] = set()
        for zone in described:
            name = clean(zone.name)
            world = iana(name)
            own = file_zone(zone.halves) if name else None
            if not name:
                notes.append(Note(zone.line, "a time zone without a name is left out"))
            elif world is None and own is None:
                notes.append(Note(zone.line, "the rules of a time zone in this file make no sense and are left out"))
            elif world is None:
                self._known[name] = own
            elif own and all(abs(_offset(own, month) - _offset(world, month)) > FAR_OFF for month in (1, 7)):
                notes.append(Note(zone.line, "the file gives a time zone other rules than the world does; the world's hold"))

    def of(self, tzid: str, line: int) -> tzinfo | None:
        """The clock of a TZID; None, with a note, where nobody knows it."""
        name = clean(tzid)
        if name not in self._known:
            self._known[name] = iana(name) or iana(_of_windows(name)) or iana(_tail(name))
            if self._known[name] is None:
                self._notes.append(Note(line, "a time zone that nobody knows; its times are read on the practice's clock"))
        zone = self._known[name]
        self.used.add(iana_name(zone) or _of_windows(name))
        return zone

    def calendar_wide(self, name: str, line: int) -> ZoneInfo | None:
        """The zone of X-WR-TIMEZONE; None where there is none, or nobody knows it."""
        zone = iana(clean(name)) or iana(_of_windows(clean(name)))
        if name and zone is None:
            self._notes.append(Note(line, "the calendar's own time zone is one that nobody knows, and is left out"))
        return zone


def clean(tzid: str) -> str:
    """A TZID without the marks that some programs put around it."""
    return tzid.strip().strip('"').strip("/").strip()


def _of_windows(name: str) -> str:
    """The zone that CLDR's table has for a Windows name, "" for any other."""
    if "/" in name:
        return ""
    from tzlocal.windows_tz import win_tz  # here: few files need it

    return win_tz.get(name, "")


def _tail(tzid: str) -> str:
    """The zone at the end of a 'globally unique' TZID such as /example.org/20070129_1/Europe/Berlin."""
    parts = tzid.split("/")
    tails = ("/".join(parts[at:]) for at in range(1, len(parts)))
    return next((tail for tail in tails if iana(tail)), "")


def _offset(zone: tzinfo, month: int) -> timedelta:
    return datetime(2020, month, 15, tzinfo=zone).utcoffset() or timedelta(0)


@cache
def _names() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}


@cache
def iana(name: str) -> ZoneInfo | None:
    """The zone of the world's database with that name, in any case; None where there is none."""
    try:
        return ZoneInfo(name)  # as it stands: listing all names takes a while
    except (ZoneInfoNotFoundError, OSError, ValueError):
        known = _names().get(name.lower())
    try:
        return ZoneInfo(known) if known else None
    except (ZoneInfoNotFoundError, OSError, ValueError):  # named in the database, missing from it
        return None


def iana_name(zone: tzinfo | None) -> str:
    """The name of a zone of the world's database; "" for any other."""
    return zone.key if isinstance(zone, ZoneInfo) else ""


@lru_cache(maxsize=256)
def file_zone(halves: tuple[Half, ...]) -> FileZone | None:
    """The zone a VTIMEZONE describes, given the (name, value) lines of each of its halves; None where it is unsound: no
    halves, an offset no place on Earth has, a rule that repeats otherwise than yearly."""
    rules = sum(name == "RRULE" for half in halves for name, _ in half)
    if not 0 < len(halves) <= MOST_HALVES or rules > MOST_RULES:
        return None
    changes: dict[int, int] = {}
    first: tuple[int, int] | None = None
    try:
        for half in halves:
            said = dict(reversed(half))
            before, after = (value.offset(said.get(name, "")) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
            if max(abs(before), abs(after)) > WIDEST:
                return None
            onsets = _onsets(half, said.get("DTSTART", ""), before)
            changes.update((onset - before, after) for onset in onsets)
            if first is None or onsets[0] < first[0]:
                first = (onsets[0], before)
    except (value.BadTime, rule.UnsoundError):
        return None
    return FileZone(sorted(changes.items()), first[1]) if first else None


def _onsets(half: Half, begins: str, before: int) -> list[int]:
    """The wall-clock times at which one half of a zone begins, ascending. `before`: the offset until then, since UNTIL is in
    UTC (RFC 5545 3.3.10)."""
    start = _wall(begins)
    if start < EARLIEST:
        raise value.BadTime
    added = [one.partition("/")[0] for name, held in half if name == "RDATE" for one in held.split(",", MOST_ONSETS)]
    onsets = {start, *_walls(added[:MOST_ONSETS])}
    for name, held in half:
        if name == "RRULE":
            found = rule.read_rule(held)
            if found.freq != "YEARLY" or found.interval != 1 or found.times_a_day > 1 or "BYSETPOS" in found.by:
                raise rule.UnsoundError("is not yearly")
            last = min(_wall(found.until) + (before if found.until.endswith("Z") else 0), LAST) if found.until else LAST
            # A rule that says month and day itself need not be followed from Windows' year 1601 on.
            says_all = found.count is None and "BYMONTH" in found.by and (found.days or "BYMONTHDAY" in found.by)
            dates = rule.dates(found, max(start, FIRST + start % DAY) if says_all else start, last)
            onsets |= set(dates[dates >= FIRST][:MOST_ONSETS].tolist())
    return sorted(onsets)


def _walls(texts: list[str]) -> list[int]:
    return [int(one) for one in value.moments([text.strip().rstrip("zZ").encode() for text in texts])[0]]


def _wall(text: str) -> int:
    return _walls([text])[0]
