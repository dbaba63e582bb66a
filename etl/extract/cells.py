"""The events of a calendar file as a table: which line of the file is the DTSTART of which event, and what it says."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

import numpy as np

from etl.clock import Flags, Ints, instants
from etl.columns import ALL_DAY, FLOATING, INSTANT
from etl.extract import value
from etl.extract.lines import Lines
from etl.extract.parts import Parts
from etl.extract.zones import Zones
from etl.model import Note


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
        """The instants of times on their clocks, in seconds; those on clock -1, no time at all, as they are."""
        out = walls.copy()
        for clock in np.unique(clocks).tolist():
            if clock > INSTANT:
                on = np.flatnonzero(clocks == clock)
                out[on] = instants(walls[on], self.zones[clock])
        return out


class Cells:
    """One row a VEVENT, in the order of the file; what is wrong goes to `notes`, with its line. `kept`: which can be taken."""

    def __init__(self, lines: Lines, parts: Parts, homes: dict[int, Home], clocks: Clocks, notes: list[Note]) -> None:
        """`homes`: of the calendars, by their part; -1 for events that stand in none."""
        self.lines, self.homes, self.clocks, self.notes = lines, homes, clocks, notes
        events = parts.is_a(b"VEVENT")
        events &= (parts.inside < 0) | parts.is_a(b"VCALENDAR")[parts.inside]
        part = np.flatnonzero(events)
        self._parts, self._row = parts, np.full(len(events) + 1, -1)
        self._row[part] = np.arange(len(part))
        self.line, self.home = lines.number[parts.begins[part]], parts.inside[part]
        self.kept = np.ones(len(part), bool)

    def __len__(self) -> int:
        return len(self.line)

    def all_of(self, name: bytes) -> tuple[Ints, Ints]:
        """The rows of all lines of that name, and the places of these lines."""
        at = self.lines.named(name)
        row = self._row[self._parts.of_lines(at)]
        return row[row >= 0], at[row >= 0]

    def first_of(self, name: bytes) -> tuple[Ints, Ints]:
        """The same for the first line of that name in each event that has one."""
        row, at = self.all_of(name)
        first = np.diff(row, prepend=-1) > 0
        return row[first], at[first]

    def column(self, name: bytes) -> list[bytes]:
        """The lines of that name of every event, one below the other where it has several; b"" for none."""
        row, at = self.all_of(name)
        texts = self.lines.text(at)
        if len(row) == len(self) and (np.diff(row, prepend=-1) == 1).all():
            return texts
        column = [b""] * len(self)
        for place, text in zip(row.tolist(), texts, strict=True):
            column[place] = column[place] + b"\n" + text if column[place] else text
        return column

    def says(self, name: bytes, held: bytes) -> Flags:
        """Which events hold this value in their first line of that name, in any case."""
        row, at = self.first_of(name)
        says = np.zeros(len(self), bool)
        says[row[self.lines.holds(at, len(name), held)]] = True
        return says

    def say(self, which: Flags, what: str) -> None:
        """A note on each of these events."""
        self.notes.extend(Note(line, what) for line in self.line[which & self.kept].tolist())

    def leave_out(self, which: Flags, why: str) -> None:
        """Take these events out, with a note."""
        self.say(which, f"an event {why}; it is left out")
        self.kept &= ~which

    def times_of(self, name: bytes, *, needed: bool = False) -> tuple[Ints, Ints]:
        """The first time of that name of every event, as `times`."""
        row, at = self.first_of(name)
        cells = self.lines.text(at)
        walls, clocks = np.zeros(len(self), np.int64), np.full(len(self), -1)
        walls[row], clocks[row] = self.times(row, at, cells)
        there = np.zeros(len(self), bool)
        there[row] = True if needed else [not cell.endswith(b":") for cell in cells]
        if needed:
            self.leave_out(~there, "has no start")
        self.leave_out(there & (clocks < 0), "has a time that cannot be read")
        return walls, clocks

    def times(self, row: Ints, at: Ints, cells: list[bytes]) -> tuple[Ints, Ints]:
        """The DATE or DATE-TIME of content lines as wall-clock seconds and clocks, -1 for those that cannot be read. A TZID is
        for times of day only (RFC 5545 3.2.19)."""
        split = [cell.rpartition(b":") for cell in cells]
        walls, forms = value.try_moments([text for _, _, text in split])
        if (forms < 0).any():
            walls, forms = value.try_moments([text.strip().upper() for _, _, text in split])
        homes = self.home[row].tolist()
        heads: dict[tuple[int, bytes], int] = {}
        head = np.array(
            [heads.setdefault((home, text), len(heads)) for home, (text, _, _) in zip(homes, split, strict=True)], int
        )
        named, wide = np.full(len(heads), -1), np.full(len(heads), FLOATING)
        timed = np.flatnonzero(forms != value.DAY_FORM)
        for number, first in zip(*np.unique(head[timed], return_index=True), strict=True):
            place = int(timed[first])
            home = self.homes[homes[place]]
            wide[number] = self.clocks.number(home.wide) if home.wide else FLOATING
            params, _ = value.split(split[place][0] + b":") or ({}, "")
            zone = home.zones.of(params["TZID"], int(self.lines.number[at[place]])) if "TZID" in params else None
            named[number] = self.clocks.number(zone) if zone else -1
        local, with_z = np.where(named < 0, wide, named)[head], np.where(named < 0, INSTANT, named)[head]
        return walls, np.choose(forms + 1, [-1, ALL_DAY, local, with_z])
