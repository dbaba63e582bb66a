"""Small calendars for tests: an event in a few words, a calendar around events, a reading of it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from etl.extract import read
from etl.model import CalendarExport, Extract, How, Occurrence

TORONTO = ZoneInfo("America/Toronto")
UNTIL = datetime(2027, 1, 1, tzinfo=UTC)
HOW = How(zone=TORONTO, owners=frozenset({"owner@example.com"}), until=UNTIL)


def event(*lines: str, uid: str = "one") -> str:
    """A VEVENT of these lines; DTSTART alone may be given as a bare value."""
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])


def calendar(*parts: str) -> bytes:
    """A VCALENDAR around these lines and components. Its first line is line 1."""
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""]).encode()


def extract(*parts: str, how: How = HOW) -> Extract:
    """What the reader makes of a calendar of these parts."""
    return read(calendar(*parts), "owner.ics", how)


def dated(found: Extract) -> list[Occurrence]:
    """All occurrences of all calendars."""
    return [one for export in found.exports if isinstance(export, CalendarExport) for one in export.occurrences]


def starts(found: Extract) -> list[str]:
    """When each occurrence starts, as ISO text."""
    return [one.start.isoformat() for one in dated(found)]


def texts(found: Extract) -> list[str]:
    """The notes, each as 'line: text'."""
    return [f"{note.line}: {note.text}" for note in found.notes]
