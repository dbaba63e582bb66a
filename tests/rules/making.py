"""Random recurrence rules that RFC 5545 allows (3.3.10, its table of which BY part goes with which FREQ)."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.rules.engines import DAYS, dates

UNTIL = datetime(2029, 1, 1, tzinfo=UTC)
# Both hemispheres; clocks that change at 2:00, by half an hour (Lord Howe), at midnight (Santiago).
ZONES = ("America/Toronto", "Europe/London", "Australia/Lord_Howe", "America/Santiago")
MOST = 400  # dates of a rule; it is ended there
SECONDS_APART = timedelta(seconds=1)
NOT_WITH = {
    "YEARLY": (),
    "MONTHLY": ("BYWEEKNO", "BYYEARDAY"),
    "WEEKLY": ("BYWEEKNO", "BYYEARDAY", "BYMONTHDAY"),
    "DAILY": ("BYWEEKNO", "BYYEARDAY"),
    "HOURLY": ("BYWEEKNO",),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as a file gives it: the wall-clock time of its DTSTART in a zone, and the RRULE's text."""

    number: int
    zone: str
    start: datetime
    text: str

    @property
    def lines(self) -> tuple[str, str]:
        """Its two content lines."""
        return f"DTSTART;TZID={self.zone}:{self.start:%Y%m%dT%H%M%S}", f"RRULE:{self.text}"


def rules(seed: str, count: int) -> Iterator[Rule]:
    """So many rules, the same for the same seed. Nearly all begin with a date of their own (3.8.5.3: DTSTART SHOULD be in
    step with the rule); one in ten is left as drawn."""
    made = number = 0
    while made < count:
        number += 1
        found = rule(seed, number)
        if found:
            made += 1
            yield found


def rule(seed: str, number: int) -> Rule | None:
    """One rule; None for a draw without a date in the years to come."""
    chance = random.Random(f"{seed}:{number}")
    zone = chance.choice(ZONES)
    frequency = chance.choices(list(NOT_WITH), (4, 4, 3, 3, 2))[0]
    parts = _parts(chance, frequency)
    start = _start(chance)
    text = ";".join(f"{name}={held}" for name, held in parts.items())
    last = UNTIL.replace(tzinfo=None)
    first = next(iter(dates(text, start, last, 1)), None)
    if first is None:
        return None
    if chance.random() < 0.9:
        start = first
    found = dates(text, start, last, MOST + 1)
    ends = chance.choices(("COUNT", "UNTIL", ""), (3, 3, 4))[0]
    if ends == "COUNT":
        parts["COUNT"] = str(chance.randint(1, 60))
    elif ends == "UNTIL" or len(found) > MOST:
        end = found[chance.randrange(len(found))] if ends else found[MOST - 1]
        if chance.random() < 0.3:
            end += SECONDS_APART * chance.choice((-1, 1))
        end = max(end, start)
        parts["UNTIL"] = f"{end.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC):%Y%m%dT%H%M%SZ}"
    names = list(parts)
    if chance.random() < 0.5:  # the parts stand in any order (3.3.10)
        chance.shuffle(names)
    return Rule(number, zone, start, ";".join(f"{name}={parts[name]}" for name in names))


def _start(chance: random.Random) -> datetime:
    """Often at an hour at which clocks change, now and then on the day of it."""
    day = datetime(2004, 1, 1) + timedelta(days=chance.randrange(365 * 24))
    if chance.random() < 0.2:
        day = chance.choice((datetime(2026, 3, 8), datetime(2026, 11, 1), datetime(2024, 2, 29), datetime(2026, 12, 31)))
    hour = chance.choice((0, 1, 1, 2, 2, 3, 8, 9, 12, 17, 23))
    return day + timedelta(hours=hour, minutes=chance.choice((0, 0, 0, 15, 30, 30, 45, 59)))


def _parts(chance: random.Random, frequency: str) -> dict[str, str]:
    parts = {"FREQ": frequency}
    if chance.random() < 0.5:
        parts["INTERVAL"] = str(chance.choice((1, 2, 2, 3, 4, 5, 6, 7, 10, 12, 13, 24, 52, 100, 999)))
    draws: dict[str, tuple[float, Callable[[], list[str]]]] = {
        "BYMONTH": (0.25, lambda: _some(chance, 1, 12, 4)),
        "BYWEEKNO": (0.15, lambda: _some(chance, 1, 53, 3, signed=True)),
        "BYYEARDAY": (0.15, lambda: _some(chance, 1, 366, 4, signed=True)),
        "BYMONTHDAY": (0.25, lambda: _some(chance, 1, 31, 4, signed=True)),
        "BYDAY": (0.45, lambda: _days(chance, frequency, parts)),
        "BYHOUR": (0.12, lambda: _some(chance, 0, 23, 3)),
        "BYMINUTE": (0.1, lambda: _some(chance, 0, 59, 3)),
        "BYSECOND": (0.04, lambda: _some(chance, 0, 59, 2)),
    }
    for name, (likely, draw) in draws.items():
        if name not in NOT_WITH[frequency] and chance.random() < likely:
            parts[name] = ",".join(draw())
    if any(name.startswith("BY") for name in parts) and chance.random() < 0.25:
        parts["BYSETPOS"] = ",".join(_some(chance, 1, chance.choice((2, 4, 31, 366)), 2, signed=True))
    if chance.random() < 0.2:
        parts["WKST"] = chance.choice(DAYS)
    return parts


def _some(chance: random.Random, low: int, high: int, most: int, *, signed: bool = False) -> list[str]:
    numbers = chance.sample(range(low, high + 1), min(chance.randint(1, most), high + 1 - low))
    return [f"{'-' if signed and chance.random() < 0.35 else ''}{number}" for number in numbers]


def _days(chance: random.Random, frequency: str, parts: dict[str, str]) -> list[str]:
    """BYDAY; with a number only where one may stand: MONTHLY, and YEARLY without BYWEEKNO."""
    days = chance.sample(DAYS, chance.randint(1, 4))
    if frequency not in ("YEARLY", "MONTHLY") or "BYWEEKNO" in parts or chance.random() < 0.4:
        return days
    most = 5 if frequency == "MONTHLY" or "BYMONTH" in parts else 53
    numbered = [f"{chance.choice(('', '-'))}{chance.randint(1, most)}{day}" for day in days]
    if chance.random() < 0.3:  # plain and numbered days in one list
        numbered = [chance.choice(pair) for pair in zip(days, numbered, strict=True)]
    return numbered
