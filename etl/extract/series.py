"""The dates of recurring events, with their exceptions (RFC 5545 3.8.5): one UID's events in, its occurrences out.

A date of a series is told by its original start. EXDATE and RECURRENCE-ID mean the date with the same instant or, where
there is none, with the same reading of the clock: programs write either, and some a date alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from etl.clock import DAY, Flags, Ints, walls
from etl.columns import ALL_DAY, FLOATING, INSTANT
from etl.extract import value
from etl.extract.cells import ZONED
from etl.extract.events import FIRST, Events
from etl.extract.listed import MOST_DATES, TooMuchError, listed
from etl.extract.rule import Rule, dates
from etl.extract.words import sequences
from etl.model import Note

MOST_EXAMINED = 10_000_000  # dates looked at for all rules of a file
MOST_SERIES = 20_000
LATER = re.compile(rb";\s*RANGE\s*=\s*\"?THISANDFUTURE", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dates:
    """Some dates of one event: `event` is its place, the rest as in `etl.columns`."""

    event: Ints
    start: Ints
    end: Ints
    clock: Ints
    original: Ints
    original_clock: Ints

    def take(self, which: Ints) -> "Dates":
        """Those at these places."""
        return Dates(*(getattr(self, field.name)[which] for field in fields(self)))


def recurring(events: Events) -> Flags:
    """Which events make or change a series."""
    found = events.moves_clock >= 0
    found[[*events.rules, *events.rdates[0].tolist(), *events.exdates[0].tolist()]] = True
    return found


def joined(some: Sequence[Dates]) -> Dates:
    """Dates one after the other."""
    return Dates(*(np.concatenate([getattr(each, field.name) for each in some]) for field in fields(Dates)))


def all_dates(events: Events, group: Ints, until: int, most: int) -> Dates:
    """The dates of all events until an instant, in the order of the file; events of one UID and one `group` belong
    together. Of single events with one UID those with the highest SEQUENCE count. Raises TooMuchError for more than `most`."""
    kept = np.flatnonzero(events.cells.kept)
    uids, first, uid, count = np.unique(
        group[kept] * len(events.uids) + events.uid[kept], return_index=True, return_inverse=True, return_counts=True
    )
    repeats = np.zeros(len(uids), bool)
    repeats[uid[recurring(events)[kept]]] = True
    alone = (~repeats & (count == 1))[uid]
    series, plain = Series(events, kept[~alone], until), kept[alone]
    found, total, groups = [series.single(plain)], len(plain), np.flatnonzero(repeats | (count > 1)).tolist()
    if np.count_nonzero(repeats) > MOST_SERIES:
        raise TooMuchError(f"has more than {MOST_SERIES:,} repeating events")
    members, stops = kept[np.argsort(uid, kind="stable")], np.cumsum(count)
    for number in groups:
        group_of_uid = members[stops[number] - count[number] : stops[number]]
        found.append(series.of(group_of_uid) if repeats[number] else series.single(series.newest(group_of_uid)))
        total += len(found[-1].event)
        if total > most:
            break
    if total > most:
        raise TooMuchError(f"makes more than {most:,} dates")
    place = np.zeros(len(events.cells), np.int64)
    place[kept] = first[uid]
    dates = joined(found)
    return dates.take(np.argsort(place[dates.event], kind="stable"))


def _means(wall: Ints, at: Ints, other_wall: Ints, other_at: Ints, other_clock: Ints) -> Flags:
    """Which dates one of the others means: the date of its instant or, if there is none, that of its reading of the clock."""
    if not len(other_wall):
        return np.zeros(len(wall), bool)
    on_day = other_clock == ALL_DAY
    unmet = ~on_day & ~_among(other_at, at)
    found = _among(at, other_at[~on_day]) | _among(wall, other_wall[unmet])
    return found | _among(wall // DAY * DAY, other_wall[on_day]) if on_day.any() else found


def _among(values: Ints, others: Ints) -> Flags:
    """Which values are among the others; of a few of them all pairs are looked at, which is quicker than to sort."""
    if len(values) * len(others) > 20_000:
        return np.isin(values, others)
    found: Flags = (values[:, None] == others).any(axis=1)
    return found


class Series:
    """Expands the recurring events of one file until an instant."""

    def __init__(self, events: Events, rows: Ints, until: int) -> None:
        """`rows`: the events of UIDs that recur or stand in the file more than once."""
        self._e, self._until, self._examined = events, until, 0
        self._sequence = sequences(events.cells, rows)
        self._exdates = listed(events.cells, events.exdates, "exception")
        self._rdates = listed(events.cells, events.rdates, "date")
        row, at = events.cells.first_of(b"RECURRENCE-ID")
        heads = zip(row.tolist(), events.cells.lines.text(at), strict=True)
        self._later = {place for place, cell in heads if LATER.search(cell)}

    def of(self, group: Ints) -> Dates:
        """All dates of the events of one UID, from 1990 on; a note where there are more than MOST_DATES."""
        e = self._e
        masters, moved = group[e.moves_clock[group] < 0], group[e.moves_clock[group] >= 0]
        if len(masters) > 1:
            self._say(masters[1], "a repeating event is in this file more than once; the newest version is taken")
        master = int(masters[np.argmax(self._sequence[masters])]) if len(masters) else -1
        found = self._of_master(master, moved) if master >= 0 else self._as_they_stand(moved)
        order = np.lexsort((e.cells.line[found.event], found.original))
        order = order[(found.start[order] >= FIRST) & (found.start[order] < self._until)]
        if len(order) > MOST_DATES:
            self._say(group[0], f"a repeating event has more than {MOST_DATES:,} dates; the first are taken")
        elif not len(order) and len(masters):
            self._say(master, "a repeating event has no date in the years that count")
        return found.take(order[:MOST_DATES])

    def single(self, places: Ints) -> Dates:
        """Events that happen once."""
        e = self._e
        clock = np.where(e.start_clock[places] < ZONED, e.start_clock[places], INSTANT)
        original = np.where(clock == INSTANT, e.start[places], e.start_wall[places])
        return Dates(places, e.start[places], e.end[places], clock, original, clock)

    def newest(self, group: Ints) -> Ints:
        """Of single events with one UID: those of the highest SEQUENCE, of those with one start the last in the file."""
        newest = group[(sequence := self._sequence[group]) == sequence.max()]
        by_start = dict(zip(self._e.start[newest].tolist(), newest.tolist(), strict=True))
        if len(by_start) > 1:
            self._say(group[1], "two events share one identity (UID) but start at different times; both are taken")
        if len(by_start) < len(group):
            self._say(group[1], "an event is in this file more than once; the newest version is taken")
        return np.array(list(by_start.values()), np.int64)

    def _say(self, place: int, what: str) -> None:
        self._e.cells.notes.append(Note(int(self._e.cells.line[place]), what))

    def _of_master(self, master: int, moved: Ints) -> Dates:
        e = self._e
        clock, start, length = self._on_its_clock(master)
        added = self._rdates.get(master, [])
        usual = start % DAY if clock != ALL_DAY else 0  # a day alone means the usual time of that day, as it does in EXDATE
        named = [self._on_clock(each.wall, each.clock, clock) + (usual if each.clock == ALL_DAY else 0) for each in added]
        found = [self._by_rule(rule, start, clock, int(e.cells.line[master])) for rule in e.rules.get(master, [])]
        last = max((until for _, until in found if until is not None), default=None)
        if last is None or start <= last:
            named.append(start)
        wall = np.unique(np.concatenate([np.array(named, np.int64), *(some for some, _ in found)]))
        if clock == ALL_DAY:  # an hourly rule gives one day many times
            wall = np.unique(wall // DAY * DAY)
        at, once = np.unique(e.clocks.on(wall, clock), return_index=True)  # an hour that clocks skip is the one after it
        wall = wall[once]
        gone = np.array([(each.wall, each.clock) for each in self._exdates.get(master, [])], np.int64).reshape(-1, 2)
        gone_at = e.clocks.instants(gone[:, 0], gone[:, 1])
        stays = ~_means(wall, at, gone[:, 0], gone_at, gone[:, 1])
        wall, at = wall[stays], at[stays]
        moved = self._newest(moved)
        out = _means(e.moves_wall[moved], e.moves[moved], gone[:, 0], gone_at, gone[:, 1])
        moved = moved[~out]
        replaced = _means(wall, at, e.moves_wall[moved], e.moves[moved], e.moves_clock[moved])
        moved = moved[[not self._is_outdated(place, master, wall, at) for place in moved.tolist()]] if len(moved) else moved
        wall, at = wall[~replaced], at[~replaced]
        by, shift, lasts, days, elapsed, exact = self._lengths(master, moved, at, (clock, start, length))
        for each, begins in zip(added, named, strict=False):
            if each.lasts is not None:
                mine = wall == begins
                lasts[mine], days[mine], elapsed[mine] = each.lasts
                exact[mine] = each.lasts[0] < 0
        begin = e.clocks.on(wall + shift, clock) if shift.any() else at
        end = e.clocks.on(wall + shift + np.where(exact, days * DAY, lasts), clock) + elapsed
        end = np.where((end < begin) & ~exact, begin + lasts, np.maximum(end, begin))  # begins in an hour that clocks skip
        kind = np.full(len(wall), clock if clock < ZONED else INSTANT)
        core = Dates(by, begin, end, kind, wall if clock in (FLOATING, ALL_DAY) else at, kind)
        stood = self._as_they_stand(moved, clock)
        return joined([core, stood])

    def _on_its_clock(self, master: int) -> tuple[int, int, int]:
        """Clock, start and length of a series on that clock. One in UTC keeps the clock of its calendar, if it has one; one
        without a zone has that of its exceptions and added dates: some programs write it on these alone."""
        e = self._e
        clock, begins, ends = int(e.start_clock[master]), int(e.start_wall[master]), int(e.start_wall[master] + e.lasts[master])
        wide = e.cells.homes[int(e.cells.home[master])].wide
        if clock == FLOATING:
            listed = (*self._exdates.get(master, []), *self._rdates.get(master, []))
            clock = next((each.clock for each in listed if each.clock not in (FLOATING, ALL_DAY)), FLOATING)
        elif clock == INSTANT and wide:
            clock = e.clocks.number(wide)
            begins, ends = walls(np.array([e.start[master], e.end[master]]), wide).tolist()
        return clock, begins, ends - begins

    def _on_clock(self, wall: int, on: int, clock: int) -> int:
        """A time on the clock of a series; one without a zone, or a day, is read on that clock as it stands."""
        if on in (clock, FLOATING, ALL_DAY) or clock in (FLOATING, ALL_DAY):
            return wall
        instant = self._e.clocks.instants(np.array([wall]), np.array([on]))
        return int(walls(instant, self._e.clocks.zones[clock])[0])

    def _by_rule(self, rule: Rule, start: int, clock: int, line: int) -> tuple[Ints, int | None]:
        """The dates of one rule, and its UNTIL on the clock of the series. In a series with a zone UNTIL is UTC (RFC 5545
        3.3.10), whether or not it says so; a day alone, which is against the rules there, is the midnight it begins with."""
        stop, until = self._until + DAY, None
        if rule.until:
            (until,), _ = (each.tolist() for each in value.moments([rule.until.encode()]))
            if clock == ALL_DAY:
                until = until // DAY * DAY
            elif clock != FLOATING:
                until = int(walls(np.array([until]), self._e.clocks.zones[clock])[0])
            stop = min(stop, until)
        self._examined += max(stop - start, 0) // DAY * max(1, rule.times_a_day)
        if self._examined > MOST_EXAMINED:
            raise TooMuchError("has repetitions that go on for too many years")
        found = dates(rule, start, stop)
        counts = found[(found >= FIRST - DAY) | (found == start)]  # what lies before anything counts goes at once
        if not len(found) and start <= stop:
            why = "the repetition of an event asks for a date that does not exist; only its first date is taken"
            self._e.cells.notes.append(Note(line, why))
        return counts, until

    def _newest(self, moved: Ints) -> Ints:
        """Of the exceptions to one date those with the highest SEQUENCE, of equal ones the first."""
        if len(moved) < 2:
            return moved
        order = np.lexsort((moved, -self._sequence[moved], self._e.moves[moved]))
        first = np.unique(self._e.moves[moved][order], return_index=True)[1]
        return np.sort(moved[order][first])

    def _is_outdated(self, place: int, master: int, wall: Ints, at: Ints) -> bool:
        """Whether an exception with rules of its own is older than its series, which no longer has its date."""
        e = self._e
        if place not in e.rules and place not in self._rdates and place not in self._exdates:
            return False
        there = _means(wall, at, e.moves_wall[[place]], e.moves[[place]], e.moves_clock[[place]]).any()
        return bool(self._sequence[place] < self._sequence[master] and not there)

    def _lengths(
        self, master: int, moved: Ints, at: Ints, series: tuple[int, int, int]
    ) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints]:
        """What each date of a series has from its event, or from an exception for this and all later dates (3.8.4.4):
        event, shift, length by the clock, and days and seconds by the stopwatch where `exact`. `series`: clock, start and
        length of the series."""
        e = self._e
        clock, start, lasts = series
        by, shift, length = np.full(len(at), master), np.zeros(len(at), np.int64), np.full(len(at), lasts)
        for place in sorted((place for place in moved.tolist() if place in self._later), key=lambda place: int(e.moves[place])):
            later = at > e.moves[place]
            by[later], length[later] = place, e.lasts[place]
            named = self._on_clock(int(e.moves_wall[place]), int(e.moves_clock[place]), clock)
            named += start % DAY if e.moves_clock[place] == ALL_DAY else 0
            shift[later] = self._on_clock(int(e.start_wall[place]), int(e.start_clock[place]), clock) - named
        return by, shift, length, e.days[by], e.elapsed[by], e.by_length[by]

    def _as_they_stand(self, places: Ints, series_clock: int = -1) -> Dates:
        """Exceptions with the times they have themselves; `series_clock`: of the series, if there is one."""
        e = self._e
        wall, clock = e.moves_wall[places], e.moves_clock[places]
        if series_clock == ALL_DAY:
            wall, clock = wall // DAY * DAY, np.full(len(places), ALL_DAY)
        elif series_clock >= ZONED:
            clock = np.where(clock == FLOATING, series_clock, clock)
        kind = np.where(clock < ZONED, clock, INSTANT)
        original = np.where(kind == INSTANT, e.clocks.instants(wall, clock), wall)
        own = np.where(e.start_clock[places] < ZONED, e.start_clock[places], INSTANT)
        return Dates(places, e.start[places], e.end[places], own, original, kind)
