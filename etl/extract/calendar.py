"""An iCalendar file (RFC 5545) as calendar exports.

An event that cannot be read costs only itself, with its line and the reason as a note. A file that is damaged, cut short
or holds no events is refused. Several calendars of one name in a file are one export: a series and the exceptions to it
may stand in different ones.
"""

from datetime import UTC, datetime, tzinfo

import numpy as np

from etl.clock import seconds, wall
from etl.columns import Columns
from etl.extract import value
from etl.extract.cells import Cells, Clocks, Home
from etl.extract.events import Events
from etl.extract.lines import Lines, read_lines
from etl.extract.listed import TooMuchError
from etl.extract.notes import thin
from etl.extract.parts import Parts, read_parts
from etl.extract.series import Dates, all_dates, recurring
from etl.extract.zones import Described, Half, Zones, iana_name
from etl.model import CalendarExport, Extract, How, Note, NotOurs, Refused
from etl.stopwatch import lap

MOST_OCCURRENCES = 300_000
MOST_CALENDARS = 200
FEWEST_STAMPS, AT_ONCE = 5, 5  # events and seconds that tell the moment of an export


def read_calendar(data: bytes, file_name: str, how: How) -> Extract:
    """The calendars in `data` (iCalendar text, UTF-8); raises Refused."""
    lines = read_lines(data, file_name)
    parts = read_parts(lines, file_name)
    if not parts.is_a(b"VEVENT").any():
        raise _no_events(parts, file_name)
    if how.say:
        how.say(f"Reading {file_name}", 0.5)
    calendars = _Calendars(lines, parts, how)
    cells = Cells(lines, parts, calendars.homes, Clocks(how.zone), calendars.notes)
    events = Events(cells)
    lap("scan")
    homes, which = np.unique(cells.home, return_inverse=True)
    groups: dict[str, int] = {}
    of_home = [groups.setdefault(calendars.of(home, "X-WR-CALNAME"), len(groups)) for home in homes.tolist()]
    group = np.array(of_home)[which]
    if len(groups) > MOST_CALENDARS:
        raise Refused(file_name, f"this file holds more than {MOST_CALENDARS} calendars", "Export fewer of them at a time")
    try:
        dates = all_dates(events, group, seconds(how.until), MOST_OCCURRENCES)
    except TooMuchError as why:
        raise Refused(file_name, f"this file {why}", "Export a shorter time") from None
    lap("expand")
    exports = []
    for name, number in groups.items():
        named = [calendars.homes[home] for home in homes[np.array(of_home) == number].tolist()]
        of_name = dates.take(np.flatnonzero(group[dates.event] == number))
        exports.append(CalendarExport(name, _zone(named), _columns(events, of_name, how.zone), file_name, _exported_at(cells)))
    if how.say:
        how.say(f"Reading {file_name}", 1.0)
    return Extract(tuple(exports), thin(calendars.notes))


def _columns(events: Events, dates: Dates, zone: tzinfo) -> Columns:
    of_uid, uid = np.unique(events.uid[dates.event], return_inverse=True)
    of_text, text = np.unique(events.text[dates.event], return_inverse=True)
    return Columns(
        zone=zone,
        uids=tuple(events.uids[one] for one in of_uid.tolist()),
        texts=tuple(events.texts[one] for one in of_text.tolist()),
        uid=uid,
        text=text,
        start=dates.start,
        end=dates.end,
        clock=dates.clock,
        original=dates.original,
        original_clock=dates.original_clock,
        status=events.status[dates.event],
        recurs=np.isin(events.uid, events.uid[recurring(events)])[dates.event],
        line=events.cells.line[dates.event],
    )


def _zone(homes: list[Home]) -> str:
    """The zone of a calendar: its own word for it, else the only one its events use, else ""."""
    wide = [iana_name(home.wide) for home in homes if home.wide]
    used = {name for home in homes for name in home.zones.used}
    return wide[0] if wide else used.pop() if len(used) == 1 else ""


def _exported_at(cells: Cells) -> datetime | None:
    """When the file was written, where that can be known: programs that stamp every event with that moment (DTSTAMP, RFC
    5545 3.8.7.2) give all of them nearly one, others stamp each with its last change."""
    _, at = cells.first_of(b"DTSTAMP")
    walls, forms, _ = cells.lines.moments(at)
    if len(at) < FEWEST_STAMPS or (forms != value.UTC_FORM).any() or walls.max() - walls.min() > AT_ONCE:
        return None
    return wall(int(walls.max())).replace(tzinfo=UTC)


class _Calendars:
    """What the calendars of a file say of themselves, by their part; -1 stands for events outside of any."""

    def __init__(self, lines: Lines, parts: Parts, how: How) -> None:
        self._lines, self._parts, self._said = lines, parts, dict[int, dict[str, tuple[int, str]]]()
        self.notes: list[Note] = []
        for name in ("X-WR-CALNAME", "X-WR-TIMEZONE", "VERSION", "METHOD"):
            at = lines.named(name.encode())
            for place, part, cell in zip(at.tolist(), parts.of_line[at].tolist(), lines.text(at), strict=True):
                _, held = value.split(cell) or ({}, "")
                self._said.setdefault(part, {}).setdefault(name, (int(lines.number[place]), held.strip()))
        halves: dict[int, list[int]] = {}
        for half in np.flatnonzero(parts.is_a(b"STANDARD") | parts.is_a(b"DAYLIGHT")).tolist():
            halves.setdefault(int(parts.inside[half]), []).append(half)
        zones: dict[int, list[Described]] = {}
        for part in np.flatnonzero(parts.is_a(b"VTIMEZONE")).tolist():
            zones.setdefault(int(parts.inside[part]), []).append(self._described(part, halves.get(part, [])))
        with_events = np.unique(parts.inside[parts.is_a(b"VEVENT")]).tolist()
        self.homes = {part: self._home(part, zones.get(part, []), how) for part in with_events}
        self._tell_lines_without_colon()

    def of(self, part: int, name: str) -> str:
        """The first value of that name, "" where there is none."""
        return self._said.get(part, {}).get(name, (0, ""))[1]

    def _home(self, part: int, described: list[Described], how: How) -> Home:
        if self.of(part, "VERSION") == "1.0":
            what = "this is the old vCalendar 1.0 format, which is read as far as it is like the new one"
            self.notes.append(Note(int(self._lines.number[self._parts.begins[part]]), what))
        zones = Zones(described, self.notes)
        line, named = self._said.get(part, {}).get("X-WR-TIMEZONE", (0, ""))
        name = self.of(part, "X-WR-CALNAME").lower()
        owners = how.owners | {name} if "@" in name else how.owners
        return Home(zones, zones.calendar_wide(named, line), owners, self.of(part, "METHOD").upper() == "CANCEL")

    def _described(self, part: int, halves: list[int]) -> Described:
        """A VTIMEZONE: its own TZID and the lines of its halves."""
        parts = self._parts
        name = dict(self._between(int(parts.begins[part]), int(parts.ends[part]))).get("TZID", "")
        held = (self._between(int(parts.begins[half]), int(parts.ends[half])) for half in halves)
        return Described(int(self._lines.number[parts.begins[part]]), name, tuple(held))

    def _between(self, first: int, last: int) -> Half:
        texts = (value.decode(text) for text in self._lines.text(np.arange(first + 1, last)))
        return tuple((head.partition(";")[0].strip().upper(), held) for head, _, held in (text.partition(":") for text in texts))

    def _tell_lines_without_colon(self) -> None:
        without = self._lines.without_name()
        part = self._parts.of_line[without]
        ours = np.append(self._parts.is_a(b"VCALENDAR") | self._parts.is_a(b"VEVENT"), False)[part]
        lines = self._lines.number[without[ours]].tolist()
        self.notes.extend(Note(line, "a line without a colon is left out") for line in lines)


def _no_events(parts: Parts, file_name: str) -> NotOurs:
    if parts.is_a(b"VFREEBUSY").any():
        return NotOurs(file_name, "no events: this is a free/busy share", "Share or export the calendar with its details")
    return NotOurs(file_name, "no events in this file", "Export the calendar that holds your events")
