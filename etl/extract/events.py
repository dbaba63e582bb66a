"""One event of a calendar: its kept lines in, its times, words and standing out."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import cast
from zoneinfo import ZoneInfo

from x_wr_timezone import UTCChangingWalker

from etl.extract.content_line import Line
from etl.extract.guard import UnsoundError, checked_rule, times_a_day
from etl.extract.scan import Part
from etl.extract.values import UNREADABLE, Length, Moment, as_time, length, moment, text_of, texts_of
from etl.extract.zones import Zones
from etl.model import Note

FIRST_YEAR, LAST_YEAR = 1990, 2100
FIRST_YEAR_OF_A_SERIES = 1900  # a birthday repeats from long before anything counts
MOST_DATES = 10_000
MOST_RULES = 10
LONGEST_TEXT = 2_000


class LeftOutError(ValueError):
    """An event that cannot be taken; the text says why, in words that follow 'an event'."""


@dataclass(frozen=True, slots=True)
class Event:
    """One VEVENT. Times are aware in the zone the file gives, naive where floating, dates where all-day.
    `lasts` is its length where the file gives that, and no end. `moves` is the instance of a series that this one
    stands for (RECURRENCE-ID)."""

    line: int
    uid: str
    sequence: int
    start: Moment
    end: Moment
    lasts: Length | None
    title: str
    place: str
    categories: tuple[str, ...]
    status: str
    moves: Moment | None
    and_later: bool
    rules: tuple[str, ...]
    more: tuple[Moment | tuple[Moment, Length], ...]
    without: tuple[Moment, ...]

    @property
    def recurs(self) -> bool:
        """Whether it makes or changes a series."""
        return bool(self.rules or self.more or self.without) or self.moves is not None


class Reader:
    """Reads the events of one calendar of a file; what is wrong goes to `notes`, with its line."""

    def __init__(
        self, zones: Zones, wide: ZoneInfo | None, zone: tzinfo, owners: frozenset[str], method: str, notes: list[Note]
    ) -> None:
        """`wide`: X-WR-TIMEZONE, the clock of times in UTC and of floating ones if given; `zone`: else of floating ones."""
        self._zones, self._zone, self._owners, self._notes = zones, zone, owners, notes
        self._cancelled = method.upper() == "CANCEL"
        self._walker = UTCChangingWalker(wide) if wide else None

    def read(self, part: Part) -> Event | None:
        """The event; None where it is left out, with a note."""
        try:
            return self._read(part)
        except LeftOutError as why:
            self._notes.append(Note(part.line, f"an event {why}; it is left out"))
            return None

    def _read(self, part: Part) -> Event:
        begins = part.first("DTSTART")
        if begins is None:
            raise LeftOutError("has no start")
        start = self._moment(begins, begins.value)
        moves = part.first("RECURRENCE-ID")
        rules = tuple(self._rules(part, start))
        more = tuple(self._more(part))
        without = tuple(dict.fromkeys(self._without(part)))
        repeats = bool(rules or more)
        if not (FIRST_YEAR_OF_A_SERIES if repeats else FIRST_YEAR) <= start.year <= LAST_YEAR:
            raise LeftOutError(f"starts outside the years {FIRST_YEAR} to {LAST_YEAR}")
        start, end, lasts = self._span(part, start)
        if end.year > LAST_YEAR:
            raise LeftOutError(f"ends after the year {LAST_YEAR}")
        title, place = self._text(part, "SUMMARY"), self._text(part, "LOCATION")
        sequence = part.value("SEQUENCE")
        return Event(
            line=part.line,
            uid=part.value("UID") or content_key(start, end, title, place),
            sequence=int(sequence) if sequence.isdecimal() and len(sequence) < 9 else -1,
            start=start,
            end=end,
            lasts=lasts,
            title=title,
            place=place,
            categories=tuple(self._categories(part)),
            status=self._status(part),
            moves=self._moment(moves, moves.value) if moves else None,
            and_later=moves is not None and moves.params.get("RANGE", "").upper() == "THISANDFUTURE",
            rules=rules,
            more=more,
            without=without,
        )

    def _moment(self, line: Line, text: str) -> Moment:
        """A DATE or DATE-TIME on its clock. A TZID is for times of day only (RFC 5545 3.2.19)."""
        tzid = line.params.get("TZID")
        zone = self._zones.of(tzid, line.number) if tzid and "T" in text.upper() else None
        try:
            found = moment(text, zone)
        except UNREADABLE:
            raise LeftOutError("has a time that cannot be read") from None
        if isinstance(found, datetime) and self._walker and FIRST_YEAR_OF_A_SERIES <= found.year <= LAST_YEAR:
            return cast("datetime", self._walker.walk_value_datetime(found))
        return found

    def _span(self, part: Part, start: Moment) -> tuple[Moment, Moment, Length | None]:
        """Start and end, both dates or both times, and the length if the file gives that. Without either: RFC 5545 3.6.1."""
        ends, duration = part.first("DTEND"), part.value("DURATION")
        lasts: Length | None = None
        end: Moment
        if ends is not None and ends.value.strip():
            end = self._moment(ends, ends.value)
        elif duration:
            end, lasts = self._after(start, duration)
        elif isinstance(start, datetime):
            self._notes.append(Note(part.line, "an event has no end; it counts 0 minutes"))
            return start, start, None
        else:
            return start, start + timedelta(days=1), None
        if isinstance(start, datetime) or isinstance(end, datetime):
            start, end = self._alike(part, as_time(start), as_time(end))
            if _midnights(part, start, end):
                start, end = start.date(), end.date()
        if lasts.whole < timedelta(0) if lasts else end < start:  # within the hour that comes twice, clocks run back
            self._notes.append(Note(part.line, "an event ends before it starts; it counts 0 minutes"))
            return start, start, None
        return start, end, lasts if isinstance(start, datetime) else None

    def _alike(self, part: Part, start: datetime, end: datetime) -> tuple[datetime, datetime]:
        """Both times with a zone, or both without."""
        if (start.tzinfo is None) == (end.tzinfo is None):
            return start, end
        self._notes.append(Note(part.line, "one of an event's two times has no time zone; it is read in that of the other"))
        return (start.replace(tzinfo=end.tzinfo), end) if start.tzinfo is None else (start, end.replace(tzinfo=start.tzinfo))

    def _after(self, start: Moment, duration: str) -> tuple[Moment, Length]:
        """The end by a length, and that length. A day stays a day where the length is one of whole days."""
        try:
            lasts = length(duration)
            if not isinstance(start, datetime) and not lasts.whole.seconds:
                return start + lasts.whole, lasts
            return lasts.after(as_time(start), self._zone), lasts
        except UNREADABLE:
            raise LeftOutError("has a length that cannot be read") from None

    def _rules(self, part: Part, start: Moment) -> Iterator[str]:
        """The sound rules of the event, in the order of the file; an unsound one costs its repetition, not the event."""
        lines = [line for line in part.lines if line.name == "RRULE" and line.value.strip()]
        for line in lines[:MOST_RULES]:
            try:
                if not FIRST_YEAR_OF_A_SERIES <= start.year <= LAST_YEAR:
                    raise LeftOutError(f"repeats from outside the years {FIRST_YEAR_OF_A_SERIES} to {LAST_YEAR}")
                rule = checked_rule(line.value, start)
                if start.year < FIRST_YEAR and times_a_day(rule) > 1:
                    raise UnsoundError(f"comes several times a day since before {FIRST_YEAR}")
                yield rule
            except UnsoundError as why:
                self._notes.append(Note(line.number, f"the repetition of an event {why}; only its first date is taken"))
        if len(lines) > 1:
            self._notes.append(Note(part.line, "an event has several rules for its repetition; the dates of all are taken"))

    def _more(self, part: Part) -> Iterator[Moment | tuple[Moment, Length]]:
        """The single dates added to a series (RDATE), each with its length where it has one of its own."""
        taken = 0
        for line, text in _listed(part, "RDATE"):
            taken += 1
            if taken > MOST_DATES:
                self._notes.append(Note(line.number, f"an event has more than {MOST_DATES:,} dates; the first are taken"))
                return
            first, _, second = text.partition("/")
            try:
                start = self._moment(line, first)
                if not FIRST_YEAR <= start.year <= LAST_YEAR:
                    raise LeftOutError("is of another time")
                if not second:
                    yield start
                    continue
                ends = None if "P" in second.upper() else as_time(self._moment(line, second))
                lasts = Length(ends - as_time(start)) if ends else length(second)
                yield start, lasts if lasts.whole > timedelta(0) else Length(timedelta(0))
            except (LeftOutError, *UNREADABLE):
                self._notes.append(Note(line.number, "a date of a repeating event cannot be read; it is left out"))

    def _without(self, part: Part) -> Iterator[Moment]:
        """The dates taken out of a series (EXDATE)."""
        for line, text in _listed(part, "EXDATE"):
            try:
                gone = self._moment(line, text)
            except LeftOutError:
                self._notes.append(Note(line.number, "an exception of a repeating event cannot be read; it is left out"))
                continue
            if FIRST_YEAR <= gone.year <= LAST_YEAR:
                yield gone

    def _text(self, part: Part, name: str) -> str:
        line = part.first(name)
        if line is None:
            return ""
        if len(line.value) > LONGEST_TEXT:
            self._notes.append(Note(line.number, f"a text of more than {LONGEST_TEXT:,} characters is cut"))
        return text_of(line.value[:LONGEST_TEXT])

    def _categories(self, part: Part) -> Iterator[str]:
        for line in part.lines:
            if line.name == "CATEGORIES":
                yield from texts_of(line.value[:LONGEST_TEXT])

    def _status(self, part: Part) -> str:
        if self._cancelled or part.value("STATUS").upper() == "CANCELLED":
            return "cancelled"
        if part.declined & self._owners:
            return "declined"
        free = part.value("TRANSP").upper() == "TRANSPARENT" or part.value("X-MICROSOFT-CDO-BUSYSTATUS").upper() == "FREE"
        return "free" if free else ""


def content_key(start: Moment, end: Moment, title: str, place: str) -> str:
    """An identity for an event without one: the same content is the same event, whenever it is loaded."""
    text = "\n".join((start.isoformat(), end.isoformat(), title, place))
    return "content-" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def _listed(part: Part, name: str) -> Iterator[tuple[Line, str]]:
    for line in part.lines:
        if line.name == name:
            yield from ((line, text) for text in line.value.split(",") if text.strip())


def _midnights(part: Part, start: datetime, end: datetime) -> bool:
    """Whether Outlook means whole days: it writes them as midnights with a mark of its own."""
    marked = part.value("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE"
    return marked and start.time() == end.time() == time() and start.date() < end.date()
