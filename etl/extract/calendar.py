"""An iCalendar file (RFC 5545) as calendar exports: scanned, its events read one by one, its series expanded.

An event that cannot be read costs only itself, with its line and the reason as a note. A file that is cut short or
holds no events is refused. Several calendars of one name in a file are one export: a series and the exceptions to it
may stand in different ones.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from etl.columns import columns
from etl.extract.events import Event, Reader
from etl.extract.expand import occurrences
from etl.extract.notes import thin
from etl.extract.scan import Part, scan
from etl.extract.zones import Zones, iana_name
from etl.model import CalendarExport, Extract, How, Note, Occurrence, Refused

MOST_OCCURRENCES = 300_000


class NoEvents(Refused):
    """A calendar without a single event: refused alone, passed over in an archive."""


@dataclass(slots=True)
class _Group:
    """The calendars of one name in a file."""

    wide: str = ""
    used: set[str] = field(default_factory=set)
    events: list[Event] = field(default_factory=list)
    dated: list[Occurrence] = field(default_factory=list)


def read_calendar(data: bytes, file_name: str, how: How) -> Extract:
    """The calendars in `data` (iCalendar text, UTF-8); raises Refused."""
    found = scan(data, file_name, how.say)
    if not any(part.kind == "VEVENT" for calendar in found.calendars for part in calendar.parts):
        raise _no_events(found.kinds, file_name)
    notes = list(found.notes)
    groups: dict[str, _Group] = defaultdict(_Group)
    for calendar in found.calendars:
        if any(part.kind == "VEVENT" for part in calendar.parts):
            _read_events(calendar, groups[calendar.value("X-WR-CALNAME")], how, notes)
    total, done, dated = sum(len(group.events) for group in groups.values()), 0, 0
    for group in groups.values():
        for some in occurrences(group.events, how.until, how.zone, notes):
            group.dated += some
            done, dated = done + 1, dated + len(some)
            if dated > MOST_OCCURRENCES:
                raise Refused(file_name, f"this file makes more than {MOST_OCCURRENCES:,} dates", "Export a shorter time")
            if how.say and done % 500 == 0:
                how.say(f"Reading {file_name}", min(0.5 + done / total / 2, 1.0))
    if how.say:
        how.say(f"Reading {file_name}", 1.0)
    exports = tuple(
        CalendarExport(name, _zone(group), columns(group.dated, how.zone), file_name) for name, group in groups.items()
    )
    return Extract(exports, thin(notes))


def _read_events(calendar: Part, group: _Group, how: How, notes: list[Note]) -> None:
    """The events of one calendar of the file, added to those of its name."""
    if calendar.value("VERSION") == "1.0":
        notes.append(Note(calendar.line, "this is the old vCalendar 1.0 format, which is read as far as it is like the new one"))
    zones = Zones((part for part in calendar.parts if part.kind == "VTIMEZONE"), notes)
    named = calendar.first("X-WR-TIMEZONE")
    wide = zones.calendar_wide(named.value, named.number) if named else None
    name = calendar.value("X-WR-CALNAME").lower()
    owners = how.owners | {name} if "@" in name else how.owners
    reader = Reader(zones, wide, how.zone, owners, calendar.value("METHOD"), notes)
    for part in calendar.parts:
        event = reader.read(part) if part.kind == "VEVENT" else None
        if event is not None:
            group.events.append(event)
    group.wide = group.wide or iana_name(wide)
    group.used |= zones.used


def _zone(group: _Group) -> str:
    """The zone of a calendar: its own word for it, else the only one its events use, else ""."""
    return group.wide or (next(iter(group.used)) if len(group.used) == 1 else "")


def _no_events(kinds: set[str], file_name: str) -> NoEvents:
    if "VFREEBUSY" in kinds:
        return NoEvents(file_name, "no events: this is a free/busy share", "Share or export the calendar with its details")
    return NoEvents(file_name, "no events in this file", "Export the calendar that holds your events")
