"""The events of a calendar file as a table: which line of the file is the DTSTART of which event, and what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, tzinfo

import numpy as np

from etl.clock import Flags, Ints, grouped, instants
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


ZONED = 3  # the first number of a clock that is a time zone of the file


class Clocks:
    """The clocks of a file's times, by number: INSTANT, FLOATING, ALL_DAY, then from ZONED on every time zone that is met."""

    def __init__(self, practice: tzinfo) -> None:
        self.zones: list[tzinfo] = [UTC, practice, practice]
        self._numbers: dict[tzinfo, int] = {}

    def number(self, zone: tzinfo) -> int:
        """The number of a zone."""
        if zone not in self._numbers:
            self._numbers[zone] = len(self.zones)
            self.zones.append(zone)
        return self._numbers[zone]

    def instants(self, walls: Ints, clocks: Ints) -> Ints:
        """The instants of times on their clocks, in seconds; those on clock -1, no time at all, as they are."""
        out = walls.copy()
        for on in grouped(clocks):
            out[on] = self.on(walls[on], int(clocks[on[0]]))
        return out

    def on(self, walls: Ints, clock: int) -> Ints:
        """The instants of times on one clock."""
        return instants(walls, self.zones[clock]) if clock > INSTANT else walls


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
        row = self._row[self._parts.of_line[at]]
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
        if not texts:
            return [b""] * len(self)
        several: dict[int, list[bytes]] = {}
        for place, text in zip(row.tolist(), texts, strict=True):
            several.setdefault(place, []).append(text)
        return [b"\n".join(several.get(place, ())) for place in range(len(self))]

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
        """The first time of that name of every event as wall-clock seconds and clocks, -1 for none."""
        row, at = self.first_of(name)
        wall, form, stops = self.lines.moments(at)
        clock = self._clocks(
            row, at, form, self.lines.alike(at, stops), lambda n: self.lines.data[self.lines.starts[at[n]] : stops[n]]
        )
        odd = np.flatnonzero(form < 0)
        blank = np.zeros(len(at), bool)
        if len(odd):
            cells = self.lines.text(at[odd])
            blank[odd] = [not needed and cell.endswith(b":") for cell in cells]
            wall[odd], clock[odd] = self.times(row[odd], at[odd], cells)
        walls, clocks, there = np.zeros(len(self), np.int64), np.full(len(self), -1), np.zeros(len(self), bool)
        walls[row], clocks[row], there[row] = wall, clock, ~blank
        if needed:
            self.leave_out(~there, "has no start")
        self.leave_out(there & (clocks < 0), "has a time that cannot be read")
        return walls, clocks

    def times(self, row: Ints, at: Ints, cells: list[bytes]) -> tuple[Ints, Ints]:
        """The DATE or DATE-TIME of content lines, given as they stand, as wall-clock seconds and clocks, -1 for those that
        cannot be read."""
        split = [cell.rpartition(b":") for cell in cells]
        walls, forms = value.try_moments([text.strip().upper() for _, _, text in split])
        heads: dict[bytes, int] = {}
        head = np.array([heads.setdefault(text, number) for number, (text, _, _) in enumerate(split)], np.int64)
        return walls, self._clocks(row, at, forms, head, lambda number: split[number][0])

    def _clocks(self, row: Ints, at: Ints, forms: Ints, head: Ints, text: Callable[[int], bytes]) -> Ints:
        """The clocks of times of these forms. `head`: for each the number of one that has the same parameters, of which
        `text` gives the line up to its colon. A TZID is for times of day only (RFC 5545 3.2.19)."""
        local, with_z = np.full(len(row), FLOATING), np.full(len(row), INSTANT)
        timed = np.flatnonzero(forms > value.DAY_FORM)
        kinds = head[timed] * (len(self._row) + 1) + self.home[row[timed]]
        for alike in (timed[places] for places in grouped(kinds)):
            home = self.homes[int(self.home[row[alike[0]]])]
            params, _ = value.split(text(int(alike[0])) + b":") or ({}, "")
            zone = home.zones.of(params["TZID"], int(self.lines.number[at[alike[0]]])) if "TZID" in params else None
            local[alike] = self.clocks.number(on) if (on := zone or home.wide) else FLOATING
            with_z[alike] = local[alike] if zone else INSTANT
        return np.choose(forms + 1, [-1, ALL_DAY, local, with_z])
