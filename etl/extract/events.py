"""The times of the events of a calendar file: each with its start, its end, its rules and the instance that it moves."""

from datetime import UTC, datetime

import numpy as np

from etl.clock import DAY, Flags, seconds, walls
from etl.columns import ALL_DAY, FLOATING, INSTANT
from etl.extract import value, words
from etl.extract.cells import Cells
from etl.extract.rule import Rule, UnsoundError, read_rule
from etl.model import Note

FIRST_YEAR, LAST_YEAR = 1990, 2100
FIRST_YEAR_OF_A_SERIES = 1900  # a birthday repeats from long before anything counts
FIRST, SERIES_FIRST, LAST = (seconds(datetime(y, 1, 1, tzinfo=UTC)) for y in (FIRST_YEAR, FIRST_YEAR_OF_A_SERIES, LAST_YEAR + 1))
MOST_RULES = 10
LONGEST = 31 * DAY  # of what is counted


class Events:
    """One place an event in each array, in the order of the file. Times are wall-clock seconds (`…_wall`) on the clock of a
    number (`…_clock`, -1 for none); `start`, `end` and `moves` (RECURRENCE-ID) are instants; `lasts` is the length by the
    clock. `days`, `elapsed`: the length by the calendar and then by the stopwatch, where `by_length` (DURATION)."""

    def __init__(self, cells: Cells) -> None:
        self.cells, self.clocks = cells, cells.clocks
        self.rules = self._rules()
        self.rdates, self.exdates = cells.all_of(b"RDATE"), cells.all_of(b"EXDATE")
        self.start_wall, self.start_clock = cells.times_of(b"DTSTART", needed=True)
        self.moves_wall, self.moves_clock = cells.times_of(b"RECURRENCE-ID")
        self._check_years()
        self._read_span()
        self.moves = self.clocks.instants(self.moves_wall, self.moves_clock)
        self.texts, self.text = words.texts(cells)
        self.uids, self.uid = words.uids(cells, np.stack([self.start, self.end]), self.texts, self.text)
        self.status = words.statuses(cells)

    def _rules(self) -> dict[int, list[Rule]]:
        """The sound rules of each event that has any; an unsound one costs its repetition, not the event."""
        found: dict[int, list[Rule]] = {}
        asked: dict[int, int] = {}
        rows, at = self.cells.all_of(b"RRULE")
        lines = self.cells.lines
        for row, line, cell in zip(rows.tolist(), lines.number[at].tolist(), lines.text(at), strict=True):
            _, text = value.split(cell) or ({}, "")
            asked[row] = asked.get(row, 0) + bool(text.strip())
            if not text.strip() or asked[row] > MOST_RULES:
                continue
            try:
                found.setdefault(row, []).append(read_rule(text))
            except UnsoundError as why:
                self.cells.notes.append(Note(line, f"the repetition of an event {why}; only its first date is taken"))
        several = self._these([row for row, count in asked.items() if count > 1])
        self.cells.say(several, "an event has several rules for its repetition; the dates of all are taken")
        return {row: rules for row, rules in found.items() if rules}

    def _these(self, rows: list[int]) -> Flags:
        which = np.zeros(len(self.cells), bool)
        which[rows] = True
        return which

    def _check_years(self) -> None:
        ruled = self._these(list(self.rules))
        repeats = ruled | self._these(self.rdates[0].tolist())
        early = self.start_wall < np.where(repeats, SERIES_FIRST, FIRST)
        outside = (early | (self.start_wall >= LAST)) & (self.start_clock >= 0)
        self.cells.leave_out(outside & ruled, f"repeats from outside the years {FIRST_YEAR_OF_A_SERIES} to {LAST_YEAR}")
        self.cells.leave_out(outside, f"starts outside the years {FIRST_YEAR} to {LAST_YEAR}")
        far = (self.moves_clock >= 0) & ((self.moves_wall < SERIES_FIRST) | (self.moves_wall >= LAST))
        self.cells.leave_out(far, f"stands for a date outside the years {FIRST_YEAR_OF_A_SERIES} to {LAST_YEAR}")

    def _read_span(self) -> None:
        """Ends and instants. Without DTEND or DURATION: RFC 5545 3.6.1."""
        cells, start_wall, clock = self.cells, self.start_wall, self.start_clock
        end_wall, end_clock = cells.times_of(b"DTEND")
        self._read_lengths(end_clock >= 0)
        uneven = self.by_length & ((self.days * DAY + self.elapsed) % DAY != 0)
        timed = (clock != ALL_DAY) | (end_clock > ALL_DAY) | (end_clock == FLOATING) | (end_clock == 0) | uneven
        clock, end_clock = (np.where(timed & (each == ALL_DAY), FLOATING, each) for each in (clock, end_clock))
        apart = (end_clock >= 0) & ((clock == FLOATING) != (end_clock == FLOATING))
        cells.say(apart, "one of an event's two times has no time zone; it is read in that of the other")
        clock = np.where(apart & (clock == FLOATING), end_clock, clock)
        end_clock = np.where(apart & (end_clock == FLOATING), clock, end_clock)
        marked = cells.says(b"X-MICROSOFT-CDO-ALLDAYEVENT", b"TRUE") | cells.says(b"X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT", b"TRUE")
        marked &= timed & (end_clock >= 0) & (start_wall < end_wall)  # Outlook writes whole days as midnights
        in_utc = np.flatnonzero(marked & (clock == INSTANT) & (end_clock == INSTANT))
        for wall in (start_wall, end_wall) if len(in_utc) else ():  # be it those of the practice, in UTC
            local = walls(wall[in_utc], self.clocks.zones[FLOATING])
            wall[in_utc] = np.where(local % DAY == 0, local, wall[in_utc])
        whole = marked & (start_wall % DAY == 0) & (end_wall % DAY == 0)
        clock, end_clock = (np.where(whole, ALL_DAY, each) for each in (clock, end_clock))
        open_end = (end_clock < 0) & ~self.by_length
        cells.say(open_end & timed, "an event has no end; in the plan it counts 0 minutes")
        end_wall = np.where(open_end, np.where(timed, start_wall, start_wall + DAY), end_wall)
        end_wall = np.where(self.by_length, start_wall + self.days * DAY, end_wall)
        end_clock = np.where(end_clock < 0, clock, end_clock)
        start, end = self.clocks.instants(start_wall, clock), self.clocks.instants(end_wall, end_clock) + self.elapsed
        lasts = np.where(clock == end_clock, end_wall - start_wall, end - start)  # by one clock, where there is one
        backwards = np.where(self.by_length, self.days * DAY + self.elapsed, lasts) < 0
        cells.say(backwards, "an event ends before it starts; in the plan it counts 0 minutes")
        self.by_length &= ~backwards & (clock != ALL_DAY)
        self.lasts = np.where(backwards, 0, np.where(clock == ALL_DAY, lasts + self.elapsed, lasts))
        end = np.where(backwards, start, np.where(end < start, start + self.lasts, end))  # a start that the clocks skip
        cells.leave_out(end >= LAST, f"ends after the year {LAST_YEAR}")
        cells.say((end - start > LONGEST) & (clock != ALL_DAY), "an event is longer than 31 days; it is not counted")
        self.start_clock, self.start, self.end = clock, start, end

    def _read_lengths(self, has_end: Flags) -> None:
        """The DURATION of events that have no DTEND."""
        size = len(self.cells)
        self.by_length, self.days, self.elapsed = np.zeros(size, bool), np.zeros(size, np.int64), np.zeros(size, np.int64)
        rows, at = self.cells.first_of(b"DURATION")
        rows, at = rows[~has_end[rows]], at[~has_end[rows]]
        unreadable = []
        for row, cell in zip(rows.tolist(), self.cells.lines.text(at), strict=True):
            text = value.decode(cell).partition(":")[2].strip()
            try:
                self.days[row], self.elapsed[row] = value.length(text) if text else (0, 0)
                self.by_length[row] = bool(text)
            except value.BadTime:
                unreadable.append(row)
        self.cells.leave_out(self._these(unreadable), "has a length that cannot be read")
