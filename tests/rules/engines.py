"""Three engines for recurrence rules: the product's by its reader, dateutil in Python, libical in C."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dateutil import rrule

from etl.extract import read
from etl.model import CalendarExport, How

if TYPE_CHECKING:
    from tests.rules.making import Rule

BATCH = 50
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Read:
    """What the product made of a rule: the instants, ascending, and what it said of it."""

    instants: tuple[datetime, ...]
    said: tuple[str, ...]


def product(rules: Sequence[Rule], until: datetime) -> Iterator[Read]:
    """Each rule as an event of a calendar file, many in a file, its instants before `until`. Where the reader says
    something, the rule is read again in a file of its own, so that what was said is known to be said of it."""
    how = How(zone=ZoneInfo("UTC"), owners=frozenset(), until=until + timedelta(days=2))
    for at in range(0, len(rules), BATCH):
        some = rules[at : at + BATCH]
        found, any_said = _read(some, how)
        for rule in some:
            own, said = _read([rule], how) if any_said else (found, ())
            starts = sorted(own.get(rule.number, ()))
            yield Read(tuple(at for at in starts if at < until or at == starts[0]), said)


def _read(rules: Sequence[Rule], how: How) -> tuple[dict[int, list[datetime]], tuple[str, ...]]:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for rule in rules:
        lines += ["BEGIN:VEVENT", f"UID:{rule.number}", *rule.lines, "DURATION:PT10M", "END:VEVENT"]
    extract = read("\r\n".join([*lines, "END:VCALENDAR", ""]).encode(), "rules.ics", how)
    found: dict[int, list[datetime]] = {}
    for export in extract.exports:
        assert isinstance(export, CalendarExport)
        for one in export.occurrences:
            assert isinstance(one.start, datetime)
            found.setdefault(int(one.uid), []).append(one.start)
    return found, tuple(note.text for note in extract.notes)


@contextmanager
def _years_to(year: int) -> Iterator[None]:
    """dateutil looks for dates up to the year 9999, where none comes day by day: here no further than this year."""
    kept = rrule.datetime
    rrule.datetime = SimpleNamespace(**(vars(kept) | {"MAXYEAR": year}))
    try:
        yield
    finally:
        rrule.datetime = kept


def dates(text: str, start: datetime, last: datetime, most: int = MOST) -> list[datetime]:
    """The wall-clock times of a rule by dateutil, up to `last`; `text` without UNTIL, see `instants`."""
    parts = dict(part.split("=") for part in text.split(";"))
    if parts["FREQ"] == "WEEKLY" and "BYSETPOS" in parts and start.weekday() != DAYS.index(parts.get("WKST", "MO")):
        return _from_the_week(parts, start, last, most)
    with _years_to(last.year):
        try:
            found = rrule.rrulestr(_as_dateutil(text, start), dtstart=start)
            return list(takewhile(lambda at: at <= last, islice(found, most)))
        except ValueError:  # HOURLY every 24 hours at another hour than its start's: dateutil finds no date in that
            return []


def _from_the_week(parts: dict[str, str], start: datetime, last: datetime, most: int) -> list[datetime]:
    """ "A set of recurrence instances starts at the beginning of the interval" (BYSETPOS), which in WEEKLY is a WKST;
    dateutil counts those of the first week from DTSTART on. Here it begins at that WKST, and COUNT at DTSTART."""
    begins = start - timedelta(days=(start.weekday() - DAYS.index(parts.get("WKST", "MO"))) % 7)
    parts = {"BYDAY": DAYS[start.weekday()]} | parts
    count = min(int(parts.pop("COUNT", most)), most)
    found = dates(";".join(f"{name}={held}" for name, held in parts.items()), begins, last)
    return [at for at in found if at >= start][:count]


def by_dateutil(rule: Rule, until: datetime) -> tuple[datetime, ...]:
    """The instants of a rule by dateutil."""
    text, last = _endless(rule, until)
    return instants(rule, dates(text, rule.start, last), until)


def by_libical(rules: Sequence[Rule], until: datetime, program: Path) -> Iterator[tuple[datetime, ...] | str]:
    """The instants of each rule by libical; a text where it takes no such rule."""
    asked = []
    for rule in rules:
        text, last = _endless(rule, until)
        asked.append(f"{rule.start:%Y%m%dT%H%M%S} {text} {last:%Y%m%dT%H%M%S}\n")
    done = subprocess.run([program], input="".join(asked), capture_output=True, text=True, timeout=600, check=True)
    for rule, line in zip(rules, done.stdout.splitlines(), strict=True):
        if "!" in line:
            yield "takes no such rule"
        else:
            yield instants(rule, [datetime.fromisoformat(at) for at in line.split()], until)


def instants(rule: Rule, walls: Sequence[datetime], until: datetime) -> tuple[datetime, ...]:
    """Wall-clock times as the instants of a series before `until`: a time that clocks skip by the offset before the change,
    of one that comes twice the first (3.3.5); DTSTART itself is the first of them (3.8.5.3); UNTIL includes its instant."""
    zone = ZoneInfo(rule.zone)
    found = {at.replace(tzinfo=zone).astimezone(UTC) for at in [rule.start, *walls]}
    first, last = rule.start.replace(tzinfo=zone).astimezone(UTC), _until(rule) or until
    return tuple(sorted(at for at in found if at == first or (at <= last and at < until)))


def _until(rule: Rule) -> datetime | None:
    found = dict(part.split("=") for part in rule.text.split(";")).get("UNTIL")
    return datetime.fromisoformat(found) if found else None


def _endless(rule: Rule, until: datetime) -> tuple[str, datetime]:
    """The rule without its UNTIL, which is an instant and no time on the wall clock, and a wall-clock time past both."""
    text = ";".join(part for part in rule.text.split(";") if not part.startswith("UNTIL"))
    return text, min(until, _until(rule) or until).replace(tzinfo=None) + timedelta(days=1)


def _as_dateutil(text: str, start: datetime) -> str:
    """Where dateutil reads a legal rule otherwise than 3.3.10: `MO,1TU` is every Monday and the first Tuesday; dateutil
    takes for it the days that are both; here each week of the plain day is named. BYWEEKNO alone leaves the weekday to
    DTSTART ("Information, not contained in the rule, ... derived from DTSTART"), as libical has it too; dateutil takes all seven.
    """
    parts = dict(part.split("=") for part in text.split(";"))
    if "BYWEEKNO" in parts and not parts.keys() & {"BYDAY", "BYMONTHDAY", "BYYEARDAY"}:
        parts["BYDAY"] = DAYS[start.weekday()]
    days = parts.get("BYDAY", "").split(",")
    if len({len(day) > 2 for day in days}) == 2:
        weeks = range(1, 6 if parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts else 54)
        named = (day if len(day) > 2 else ",".join(f"{week}{day}" for week in weeks) for day in days)
        parts["BYDAY"] = ",".join(named)
    return ";".join(f"{name}={held}" for name, held in parts.items())
