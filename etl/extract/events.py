"""The events of a calendar file, column by column: what each VEVENT says, on one clock, with what is wrong said.

Only what the hours need is looked at: descriptions, alarms, attachments, organizers and the people invited never leave
the file's bytes, but for whether the owner declined.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

import numpy as np

from etl.clock import DAY, Flags, Ints, instants, seconds
from etl.columns import ALL_DAY, FLOATING, INSTANT, STATUSES, Text
from etl.extract import value
from etl.extract.lines import Lines
from etl.extract.parts import Parts
from etl.extract.rule import Rule, UnsoundError, read_rule
from etl.extract.zones import Zones
from etl.model import Note

FIRST_YEAR, LAST_YEAR = 1990, 2100
FIRST_YEAR_OF_A_SERIES = 1900  # a birthday repeats from long before anything counts
FIRST, SERIES_FIRST, LAST = (seconds(datetime(y, 1, 1, tzinfo=UTC)) for y in (FIRST_YEAR, FIRST_YEAR_OF_A_SERIES, LAST_YEAR + 1))
LONGEST_TEXT = 2_000
MOST_RULES = 10
DECLINED = re.compile(rb"PARTSTAT\s*=\s*\"?DECLINED", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Home:
    """What an event has from the calendar it stands in. `wide`: X-WR-TIMEZONE, the clock of its times without one and of
    its series in UTC; `owners`: whose refusal counts."""

    zones: Zones
    wide: tzinfo | None
    owners: frozenset[str]
    cancelled: bool


class Clocks:
    """The clocks of a file's times, by number: INSTANT, FLOATING, ALL_DAY, then every time zone that is met."""

    def __init__(self, practice: tzinfo) -> None:
        self.zones: list[tzinfo] = [UTC, practice, practice]

    def number(self, zone: tzinfo) -> int:
        """The number of a zone."""
        if zone not in self.zones[3:]:
            self.zones.append(zone)
        return 3 + self.zones[3:].index(zone)

    def instants(self, walls: Ints, clocks: Ints) -> Ints:
        """The instants of times on their clocks, in seconds."""
        out = walls.copy()
        for clock in np.unique(clocks).tolist():
            if clock != INSTANT:
                on = np.flatnonzero(clocks == clock)
                out[on] = instants(walls[on], self.zones[clock])
        return out


class Events:
    """One place a VEVENT, in the order of the file; `kept` are those that can be taken. What is wrong goes to `notes`, with
    its line. Times are wall-clock seconds (`…_wall`) on the clock of a number (`…_clock`, -1 where there is none); `start`
    and `end` are instants. `days`, `elapsed`: the length, by the calendar and by the stopwatch, where `by_length`."""

    def __init__(self, lines: Lines, parts: Parts, homes: dict[int, Home], clocks: Clocks, notes: list[Note]) -> None:
        """`homes`: of the calendars, by their part; -1 for events that stand in none."""
        self.lines, self.parts, self.homes, self.clocks, self.notes = lines, parts, homes, clocks, notes
        events = parts.is_a(b"VEVENT")
        events &= (parts.inside < 0) | parts.is_a(b"VCALENDAR")[parts.inside]
        self.part = np.flatnonzero(events)
        self._number = np.full(len(events) + 1, -1)
        self._number[self.part] = np.arange(len(self.part))
        self.line, self.home = lines.number[parts.begins[self.part]], parts.inside[self.part]
        self.kept = np.ones(len(self.part), bool)
        self.rules = self._rules()
        self.rdates, self.exdates = self.all_of(b"RDATE"), self.all_of(b"EXDATE")
        self.start_wall, self.start_clock = self._times_of(b"DTSTART", needed=True)
        self.moves_wall, self.moves_clock = self._times_of(b"RECURRENCE-ID")
        self._check_years()
        self._read_span()
        self.moves = clocks.instants(self.moves_wall, np.maximum(self.moves_clock, 0))
        self.texts, self.text = self._texts()
        self.uids, self.uid = self._uids()
        self.status = self._status()
        self._sequences = self._first(b"SEQUENCE")

    def all_of(self, name: bytes) -> tuple[Ints, Ints]:
        """The places of the lines of that name and the number of the event of each."""
        at = self.lines.named(name)
        number = self._number[self.parts.of_lines(at)]
        return at[number >= 0], number[number >= 0]

    def _first(self, name: bytes) -> tuple[Ints, Ints]:
        """The first line of that name in each event that has one: its place, and the number of the event, ascending."""
        at, number = self.all_of(name)
        first = np.diff(number, prepend=-1) > 0 if len(number) else np.zeros(0, bool)
        return at[first], number[first]

    def first_of(self, name: bytes) -> tuple[Ints, Ints, list[bytes]]:
        """The number of each event that has a line of that name, the place of its first one, and that line."""
        at, number = self._first(name)
        return number, at, self.lines.text(at)

    def _leave_out(self, which: Flags, why: str) -> None:
        self._say(which, f"an event {why}; it is left out")
        self.kept &= ~which

    def _say(self, which: Flags, what: str) -> None:
        self.notes.extend(Note(line, what) for line in self.line[which & self.kept].tolist())

    def times(self, at: Ints, number: Ints, cells: list[bytes]) -> tuple[Ints, Ints]:
        """The DATE or DATE-TIME of content lines as wall-clock seconds and clocks, -1 for those that cannot be read; each
        with its place and the number of its event. A TZID is for times of day only (RFC 5545 3.2.19)."""
        split = [cell.rpartition(b":") for cell in cells]
        walls, forms = value.try_moments([text for _, _, text in split])
        if (forms < 0).any():
            walls, forms = value.try_moments([text.strip().upper() for _, _, text in split])
        heads: dict[tuple[int, bytes], int] = {}
        homes = self.home[number].tolist()
        head = np.array(
            [heads.setdefault((home, text), len(heads)) for home, (text, _, _) in zip(homes, split, strict=True)], int
        )
        timed = forms != value.DAY_FORM
        zone = np.full(len(heads), -1)
        for n in np.unique(head[timed]).tolist():
            first = int(np.argmax(timed & (head == n)))
            zone[n] = self._clock(homes[first], split[first][0], int(at[first]))
        wide = np.array([self._wide(home) for home, _ in heads], int)
        local = np.where(zone < 0, wide, zone)[head]
        with_z = np.where(zone < 0, INSTANT, zone)[head]
        return walls, np.select(
            [forms == value.DAY_FORM, forms == value.LOCAL_FORM, forms == value.UTC_FORM], [ALL_DAY, local, with_z], -1
        )

    def _clock(self, home: int, head: bytes, at: int) -> int:
        """The clock that the parameters of a time name; -1 where they name none."""
        params, _ = value.split(head + b":") or ({}, "")
        zone = self.homes[home].zones.of(params["TZID"], int(self.lines.number[at])) if "TZID" in params else None
        return self.clocks.number(zone) if zone else -1

    def _wide(self, home: int) -> int:
        wide = self.homes[home].wide
        return self.clocks.number(wide) if wide else FLOATING

    def _times_of(self, name: bytes, *, needed: bool = False) -> tuple[Ints, Ints]:
        """The first time of that name of each event."""
        number, at, cells = self.first_of(name)
        walls, clocks = np.zeros(len(self.part), np.int64), np.full(len(self.part), -1)
        blank = np.array([cell.endswith(b":") for cell in cells], bool)
        walls[number], clocks[number] = self.times(at, number, cells)
        there = np.zeros(len(self.part), bool)
        there[number[~blank]] = True
        if needed:
            there[number] = True
            self._leave_out(~there, "has no start")
        self._leave_out(there & (clocks < 0), "has a time that cannot be read")
        return walls, clocks

    def _rules(self) -> dict[int, list[Rule]]:
        """The sound rules of each event that has any; an unsound one costs its repetition, not the event."""
        found: dict[int, list[Rule]] = {}
        asked: dict[int, int] = {}
        at, numbers = self.all_of(b"RRULE")
        for line, number, cell in zip(self.lines.number[at].tolist(), numbers.tolist(), self.lines.text(at), strict=True):
            _, text = value.split(cell) or ({}, "")
            asked[number] = asked.get(number, 0) + bool(text.strip())
            if not text.strip() or asked[number] > MOST_RULES:
                continue
            try:
                found.setdefault(number, []).append(read_rule(text))
            except UnsoundError as why:
                self.notes.append(Note(line, f"the repetition of an event {why}; only its first date is taken"))
        several = [int(self.line[number]) for number, count in asked.items() if count > 1]
        self.notes.extend(
            Note(line, "an event has several rules for its repetition; the dates of all are taken") for line in several
        )
        return {number: rules for number, rules in found.items() if rules}

    def _check_years(self) -> None:
        ruled, dated = np.zeros(len(self.part), bool), np.zeros(len(self.part), bool)
        ruled[list(self.rules)] = True
        dated[self.rdates[1]] = True
        early = self.start_wall < np.where(ruled | dated, SERIES_FIRST, FIRST)
        outside = (early | (self.start_wall >= LAST)) & (self.start_clock >= 0)
        self._leave_out(outside & ruled, f"repeats from outside the years {FIRST_YEAR_OF_A_SERIES} to {LAST_YEAR}")
        self._leave_out(outside, f"starts outside the years {FIRST_YEAR} to {LAST_YEAR}")

    def _read_span(self) -> None:
        """Ends and instants. Without DTEND or DURATION: RFC 5545 3.6.1."""
        end_wall, end_clock = self._times_of(b"DTEND")
        self._read_lengths(end_clock >= 0)
        start_wall, clock = self.start_wall, self.start_clock
        uneven = self.by_length & ((self.days * DAY + self.elapsed) % DAY != 0)
        timed = (clock != ALL_DAY) | ((end_clock >= 0) & (end_clock != ALL_DAY)) | uneven
        clock = np.where(timed & (clock == ALL_DAY), FLOATING, clock)
        end_clock = np.where(timed & (end_clock == ALL_DAY), FLOATING, end_clock)
        apart = (end_clock >= 0) & ((clock == FLOATING) != (end_clock == FLOATING))
        self._say(apart, "one of an event's two times has no time zone; it is read in that of the other")
        clock = np.where(apart & (clock == FLOATING), end_clock, clock)
        end_clock = np.where(apart & (end_clock == FLOATING), clock, end_clock)
        whole = (
            self._says(b"X-MICROSOFT-CDO-ALLDAYEVENT", b"TRUE")
            & (end_clock >= 0)
            & timed
            & (start_wall % DAY == 0)
            & (end_wall % DAY == 0)
        )
        clock, end_clock = (np.where(whole & (start_wall < end_wall), ALL_DAY, each) for each in (clock, end_clock))
        open_end = (end_clock < 0) & ~self.by_length
        self._say(open_end & timed, "an event has no end; it counts 0 minutes")
        end_wall = np.where(open_end, np.where(timed, start_wall, start_wall + DAY), end_wall)
        end_wall = np.where(self.by_length, start_wall + self.days * DAY, end_wall)
        end_clock = np.where(end_clock < 0, clock, end_clock)
        start = self.clocks.instants(start_wall, np.maximum(clock, 0))
        end = self.clocks.instants(end_wall, np.maximum(end_clock, 0)) + self.elapsed
        lasts = np.where(clock == end_clock, end_wall - start_wall, end - start)  # by one clock, where there is one
        backwards = np.where(self.by_length, self.days * DAY + self.elapsed, lasts) < 0
        self._say(backwards, "an event ends before it starts; it counts 0 minutes")
        self.by_length &= ~backwards & (clock != ALL_DAY)
        self.lasts = np.where(backwards, 0, np.where(clock == ALL_DAY, lasts + self.elapsed, lasts))
        end = np.where(backwards, start, np.where(end < start, start + self.lasts, end))  # the start in an hour that clocks skip
        self._leave_out(end >= LAST, f"ends after the year {LAST_YEAR}")
        self.start_clock, self.start, self.end = clock, start, end

    def _read_lengths(self, has_end: Flags) -> None:
        """The DURATION of events that have no DTEND."""
        size = len(self.part)
        self.by_length, self.days, self.elapsed = np.zeros(size, bool), np.zeros(size, np.int64), np.zeros(size, np.int64)
        number, _, cells = self.first_of(b"DURATION")
        known: dict[bytes, tuple[int, int] | None] = {}
        unreadable = np.zeros(size, bool)
        for place, cell in zip(number.tolist(), cells, strict=True):
            if has_end[place] or cell.endswith(b":"):
                continue
            if cell not in known:
                known[cell] = _length(cell)
            if lasts := known[cell]:
                self.by_length[place], (self.days[place], self.elapsed[place]) = True, lasts
            else:
                unreadable[place] = True
        self._leave_out(unreadable, "has a length that cannot be read")

    def _coded(self, *names: bytes) -> tuple[list[tuple[bytes, ...]], Ints]:
        """The distinct combinations of the first lines of these names, b"" for none, and which one each event has."""
        columns = []
        for name in names:
            number, _, cells = self.first_of(name)
            column = cells if len(cells) == len(self.part) else [b""] * len(self.part)
            if column is not cells:
                for place, cell in zip(number.tolist(), cells, strict=True):
                    column[place] = cell
            columns.append(column)
        codes: dict[tuple[bytes, ...], int] = {}
        code = np.array([codes.setdefault(each, len(codes)) for each in zip(*columns, strict=True)], np.int64)
        return list(codes), code

    def _texts(self) -> tuple[list[Text], Ints]:
        """Titles, places and categories, each combination of them once."""
        combinations, code = self._coded(b"SUMMARY", b"LOCATION", b"CATEGORIES")
        texts, long, foreign, unreadable = [], set(), set(), set()
        more = self._more_categories()
        for number, cells in enumerate(combinations):
            split = [value.split(cell) if cell else ({}, "") for cell in cells]
            held = [each[1] if each else "" for each in split]
            texts.append(
                Text(
                    value.text_of(held[0][:LONGEST_TEXT]),
                    value.text_of(held[1][:LONGEST_TEXT]),
                    value.texts_of(held[2][:LONGEST_TEXT]),
                )
            )
            unreadable |= {number} if None in split else set()
            long |= {number} if max(map(len, held)) > LONGEST_TEXT else set()
            foreign |= {number} if any(not _is_utf8(cell) for cell in cells) else set()
        self._say(np.isin(code, list(unreadable)), "a line that cannot be read is left out")
        self._say(np.isin(code, list(long)), f"a text of more than {LONGEST_TEXT:,} characters is cut")
        self._say(np.isin(code, list(foreign)), "the words of an event are not UTF-8 text; letters may look wrong")
        for place, also in more.items():
            text = texts[code[place]]
            texts.append(Text(text.title, text.place, (*text.categories, *also)))
            code[place] = len(texts) - 1
        return texts, code

    def _more_categories(self) -> dict[int, tuple[str, ...]]:
        """What the second and later lines of categories add, by event."""
        at, number = self.all_of(b"CATEGORIES")
        later = np.ones(len(number), bool)
        later[np.unique(number, return_index=True)[1]] = False
        more: dict[int, tuple[str, ...]] = {}
        for place, cell in zip(number[later].tolist(), self.lines.text(at[later]), strict=True):
            _, held = value.split(cell) or ({}, "")
            more[place] = (*more.get(place, ()), *value.texts_of(held[:LONGEST_TEXT]))
        return more

    def _uids(self) -> tuple[list[bytes], Ints]:
        """The UIDs, each once. An event without one is known by its content, whenever it is loaded."""
        number, _, cells = self.first_of(b"UID")
        uids = [b""] * len(self.part)
        for place, cell in zip(number.tolist(), cells, strict=True):
            uids[place] = cell.partition(b":")[2].strip()
        for place in (place for place, uid in enumerate(uids) if not uid):
            text = self.texts[self.text[place]]
            said = "\n".join(map(str, (self.start[place], self.end[place], self.start_clock[place], text.title, text.place)))
            uids[place] = b"content-" + hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32].encode()
        codes: dict[bytes, int] = {}
        code = np.array([codes.setdefault(uid, len(codes)) for uid in uids], np.int64)
        return list(codes), code

    def _status(self) -> Ints:
        """The number of each event's status in STATUSES."""
        cancelled = self._says(b"STATUS", b"CANCELLED")
        cancelled |= np.isin(self.home, [home for home, own in self.homes.items() if own.cancelled])
        free = self._says(b"TRANSP", b"TRANSPARENT") | self._says(b"X-MICROSOFT-CDO-BUSYSTATUS", b"FREE")
        declined = np.zeros(len(self.part), bool)
        declined[self._declined()] = True
        return np.select([cancelled, declined, free], [STATUSES.index(each) for each in ("cancelled", "declined", "free")], 0)

    def _says(self, name: bytes, held: bytes) -> Flags:
        """The events whose first line of that name holds this value, in any case."""
        at, number = self._first(name)
        says = np.zeros(len(self.part), bool)
        says[number[self.lines.holds(at, len(name), held)]] = True
        return says

    def _declined(self) -> list[int]:
        """The events that their owner declined."""
        at, number = self.all_of(b"ATTENDEE")
        if not any(own.owners for own in self.homes.values()) or not self.lines.any_with(at, DECLINED):
            return []
        found = []
        for place, cell in zip(number.tolist(), self.lines.text(at), strict=True):
            params, held = value.split(cell) or ({}, "")
            addresses = {held.lower().removeprefix("mailto:").strip(), params.get("EMAIL", "").lower()}
            if params.get("PARTSTAT", "").upper() == "DECLINED" and addresses & self.homes[int(self.home[place])].owners:
                found.append(place)
        return found

    def sequence(self, places: Ints) -> Ints:
        """The SEQUENCE of these events, -1 where one has none."""
        at, number = self._sequences
        found = []
        for place in places.tolist():
            here = np.searchsorted(number, place)
            there = here < len(number) and number[here] == place
            held = self.lines.text(at[here : here + 1])[0].rpartition(b":")[2].strip() if there else b""
            found.append(int(held) if held.isdigit() and len(held) < 9 else -1)
        return np.array(found, np.int64)


def _length(cell: bytes) -> tuple[int, int] | None:
    try:
        return value.length(value.decode(cell).partition(":")[2])
    except value.BadTime:
        return None


def _is_utf8(cell: bytes) -> bool:
    try:
        cell.decode()
    except UnicodeDecodeError:
        return False
    return True
