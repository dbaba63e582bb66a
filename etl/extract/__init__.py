"""Files in, typed records out: calendars (.ics), archives of them (.zip), tables of appointments and interruption
logs (.csv, .xlsx), told apart by what they hold, never by what they are called. Nothing is written, logged, opened or fetched."""

from dataclasses import replace

from etl.columns import joined
from etl.extract.archive import Entry, entries
from etl.extract.calendar import MOST_CALENDARS, MOST_OCCURRENCES, read_calendar
from etl.extract.notes import thin
from etl.extract.sniff import CALENDAR, ZIP, decoded, kind_of
from etl.given import read_bytes
from etl.model import AsksColumns, CalendarExport, Extract, How, LogExport, Note, NotOurs, Refused


def read(data: bytes, file_name: str, how: How) -> Extract:
    """All that a file holds; raises Refused with what is wrong and what to do. `file_name` may hold folders."""
    name, data = read_bytes((file_name, data))
    kind = kind_of(data, name)
    if kind == ZIP:
        return _read_archive(data, name, how)
    return _read_plain(data, name, how, kind)


def _read_plain(data: bytes, name: str, how: How, kind: str) -> Extract:
    if kind == CALENDAR:
        return read_calendar(decoded(data), name, how)
    from etl.extract.table import read_csv  # here, so that a calendar does not wait for it

    return read_csv(data, name, how)


def _read_archive(data: bytes, name: str, how: How) -> Extract:
    """The calendars and logs of an archive, those of one name as one; raises Refused where one of them is broken."""
    notes: list[Note] = []
    exports: dict[tuple[type, str], CalendarExport | LogExport] = {}
    dates = 0
    for entry in entries(data, name):
        found = _read_entry(entry, name, how, notes)
        for export in found.exports if found else ():
            own = replace(export, file_name=name, name=export.name or entry.stem)
            key = (type(own), own.name)
            exports[key] = _joined(exports[key], own) if key in exports else own
            dates += len(own.occurrences) if isinstance(own, CalendarExport) else 0
            if len(exports) > MOST_CALENDARS or dates > MOST_OCCURRENCES:
                what = f"the zip holds more than {MOST_CALENDARS} calendars or makes more than {MOST_OCCURRENCES:,} dates"
                raise Refused(name, what, "Export fewer calendars or a shorter time")
        notes += [Note(note.line, f"{shown(entry.name)}: {note.text}") for note in (found.notes if found else ())]
    if not exports:
        raise Refused(name, "no calendar with events and no log is inside", "Choose the zip of a calendar export")
    return Extract(tuple(exports.values()), thin(notes))


def _read_entry(entry: Entry, name: str, how: How, notes: list[Note]) -> Extract | None:
    """What one file of an archive holds; None, with a note, where it is nothing of ours."""
    try:
        kind = kind_of(entry.data, name)
    except Refused as other:
        notes.append(Note(None, f"{shown(entry.name)}: {other.what}; it is left out"))
        return None
    if kind == ZIP:
        notes.append(Note(None, f"{shown(entry.name)}: a zip inside the zip is not opened"))
        return None
    try:
        return _read_plain(entry.data, name if kind == CALENDAR else entry.name, how, kind)
    except NotOurs as other:
        notes.append(Note(None, f"{shown(entry.name)}: {other.what}; it is left out"))
        return None
    except AsksColumns:
        notes.append(Note(None, f"{shown(entry.name)}: its columns are not known yet; it is left out. Load it alone"))
        return None
    except Refused as broken:
        raise Refused(name, f"in {shown(entry.name)}, {broken.what}", broken.mend, broken.line) from None


def _joined(one: CalendarExport | LogExport, other: CalendarExport | LogExport) -> CalendarExport | LogExport:
    """Two files of one calendar, or of one log, as one; an occurrence that both hold is one."""
    if isinstance(one, CalendarExport) and isinstance(other, CalendarExport):
        both = joined(one.occurrences, other.occurrences)
        return replace(one, occurrences=both, time_zone=one.time_zone or other.time_zone)
    if isinstance(one, LogExport) and isinstance(other, LogExport):
        return replace(one, interruptions=(*one.interruptions, *other.interruptions), began=(*one.began, *other.began))
    raise TypeError("a calendar and a log cannot be one")


def shown(name: str) -> str:
    """The name of a file in an archive, as a message may show it: calendars are often named for a mail address."""
    ending = name[-4:] if name.lower().endswith((".ics", ".csv", ".zip")) else ""
    words = name.removesuffix(ending).split(" ")
    return " ".join("(address)" if "@" in word else word for word in words) + ending
