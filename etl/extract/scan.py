"""The first look at a calendar export: bytes in, its calendars as numbered lines out, before any library sees them.

Lines end in CR, LF or CRLF and in nothing else (U+2028, NEL, VT and FF are text, RFC 5545 3.1); folds are undone on
bytes, because one may split a character. Only what the hours need is kept: descriptions, alarms, attachments,
organizers and the people invited never leave this module.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.extract.content_line import Line, decode, split
from etl.model import Note, Progress, Refused

AGAIN = "Export the calendar again and load the new file"
BLOCK = 1 << 20

KEPT = {
    "VCALENDAR": {"X-WR-CALNAME", "X-WR-TIMEZONE", "VERSION", "METHOD"},
    "VEVENT": {
        *("UID", "RECURRENCE-ID", "DTSTART", "DTEND", "DURATION", "SUMMARY", "LOCATION", "CATEGORIES", "STATUS", "TRANSP"),
        *("RRULE", "RDATE", "EXDATE", "SEQUENCE", "X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-CDO-ALLDAYEVENT", "ATTENDEE"),
    },
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"},
}
KEPT["DAYLIGHT"] = KEPT["STANDARD"]
NAMES = {name.encode() for names in KEPT.values() for name in names} | {b"BEGIN", b"END"}
NAME = re.compile(rb"[ \t]*([A-Za-z0-9-]+)[ \t]*[;:]")
QUOTED_PRINTABLE = re.compile(rb";(?:ENCODING=)?QUOTED-PRINTABLE[;:]", re.IGNORECASE)

DECLINED = re.compile(rb"PARTSTAT\s*=\s*\"?DECLINED", re.IGNORECASE)


@dataclass(slots=True)
class Part:
    """A BEGIN … END stretch: an event, a time zone, or one of a time zone's halves."""

    kind: str
    line: int
    lines: list[Line] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)
    declined: set[str] = field(default_factory=set)

    def first(self, name: str) -> Line | None:
        """The first line of that name."""
        return next((line for line in self.lines if line.name == name), None)

    def value(self, name: str) -> str:
        """The first value of that name, "" where there is none."""
        line = self.first(name)
        return line.value.strip() if line else ""


@dataclass(slots=True)
class Scan:
    """The calendars of a file, the kinds of things they hold, and what was left out."""

    calendars: list[Part] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    foreign_lines: list[int] = field(default_factory=list)


def scan(data: bytes, file_name: str, say: Progress | None = None) -> Scan:
    """All calendars of `data` (UTF-8). Refuses a file that is cut short or whose BEGIN and END do not match."""
    out, stack = Scan(), list[Part]()
    number, last = 0, 0
    for number, raw in content_lines(data, say, file_name):
        last = number
        name = NAME.match(raw)
        if name is None:
            if stack and stack[-1].kind in KEPT:
                out.notes.append(Note(number, "a line without a colon is left out"))
            continue
        word = name[1].upper().decode()
        if word == "BEGIN":
            _begin(out, stack, number, _value(raw))
        elif word == "END":
            _end(stack, number, _value(raw), file_name, at_the_end=data.endswith(raw))
        elif stack and word in KEPT.get(stack[-1].kind, ()) and (word != "ATTENDEE" or DECLINED.search(raw)):
            _keep(out, stack[-1], number, raw, word)
    if stack:
        inside = next((part for part in reversed(stack) if part.kind != "VCALENDAR"), None)
        what = "the file ends inside an event" if inside else "the file ends before its calendar does"
        raise Refused(file_name, what, "It was cut short: " + AGAIN[0].lower() + AGAIN[1:], last)
    if out.foreign_lines:
        count = len(out.foreign_lines)
        lines = "1 line is" if count == 1 else f"{count} lines are"
        out.notes.append(Note(out.foreign_lines[0], f"{lines} not UTF-8 text, the first is this; letters may look wrong"))
    return out


def content_lines(data: bytes, say: Progress | None = None, file_name: str = "") -> Iterator[tuple[int, bytes]]:
    """Unfolded lines, each with the number of the physical line it starts on; those not needed are skipped."""
    start, pending, wanted, soft = 0, list[bytes](), True, False
    for number, raw in enumerate(_physical_lines(data, say, file_name), 1):
        if soft:  # a quoted-printable line that goes on without a fold (vCalendar 1.0)
            pending[-1] = pending[-1][:-1]
            pending.append(raw)
            soft = raw.endswith(b"=")
        elif raw[:1] in (b" ", b"\t"):
            if wanted:
                pending.append(raw[1:])
                soft = raw.endswith(b"=") and QUOTED_PRINTABLE.search(pending[0]) is not None
        elif raw:
            if pending:
                yield start, b"".join(pending)
            name = NAME.match(raw)
            wanted = name is None or name[1].upper() in NAMES
            start, pending = number, [raw] if wanted else []
            soft = wanted and raw.endswith(b"=") and QUOTED_PRINTABLE.search(raw) is not None
    if pending:
        yield start, b"".join(pending)


def _physical_lines(data: bytes, say: Progress | None, file_name: str) -> Iterator[bytes]:
    """Lines of `data`, a block at a time, so that a large file is not held twice."""
    at = 0
    while at < len(data):
        end = data.find(b"\n", at + BLOCK)
        end = len(data) if end < 0 else end + 1
        yield from data[at:end].splitlines()  # on bytes: CR, LF and CRLF only
        at = end
        if say:
            say(f"Reading {file_name}", at / len(data) / 2)


def _value(raw: bytes) -> str:
    return raw.partition(b":")[2].strip().decode("latin-1").upper()


def _begin(out: Scan, stack: list[Part], number: int, kind: str) -> None:
    part = Part(kind, number)
    out.kinds.add(kind)
    if kind == "VCALENDAR":
        out.calendars.append(part)  # one inside another counts as a calendar of its own
    elif not stack:
        out.calendars.append(Part("VCALENDAR", number, parts=[part]))
    elif (stack[-1].kind, kind) in HELD:
        stack[-1].parts.append(part)
    stack.append(part)


HELD = {("VCALENDAR", "VEVENT"), ("VCALENDAR", "VTIMEZONE"), ("VTIMEZONE", "STANDARD"), ("VTIMEZONE", "DAYLIGHT")}


def _end(stack: list[Part], number: int, kind: str, file_name: str, *, at_the_end: bool) -> None:
    if stack and stack[-1].kind == kind:
        stack.pop()
    elif stack and at_the_end:
        return  # the last line itself is cut: the stack stays open, and that is said
    elif not stack:
        raise Refused(file_name, "something ends here that never began", AGAIN, number)
    else:
        what = f"what began on line {stack[-1].line} has no end before this line"
        raise Refused(file_name, what, AGAIN, number)


def _keep(out: Scan, part: Part, number: int, raw: bytes, word: str) -> None:
    text, clean = decode(raw)
    if not clean:
        out.foreign_lines.append(number)
    line = split(number, word, text)
    if line is None:
        out.notes.append(Note(number, "a line that cannot be read is left out"))
    elif word != "ATTENDEE":
        part.lines.append(line)
    elif line.params.get("PARTSTAT", "").upper() == "DECLINED":
        part.declined |= {line.value.lower().removeprefix("mailto:").strip(), line.params.get("EMAIL", "").lower()}
