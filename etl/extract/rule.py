"""Recurrence rules (RFC 5545 3.3.10): the text of one in, its dates out, as wall-clock seconds.

The days between two bounds are laid out as an array and each part of the rule strikes some of them out. So every rule
costs what its days cost: one that no date ever meets (30 February) ends like any other, where a search for its next date
runs to the year 9999. The caps are ours, far above what any calendar program writes.
"""

import re
from dataclasses import dataclass

import numpy as np

from etl.clock import DAY, Flags, Ints
from etl.extract.value import BadTime, moments

FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LARGEST = {
    "BYSECOND": 59, "BYMINUTE": 59, "BYHOUR": 23, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYMONTH": 12,
    "BYSETPOS": 366,
}  # fmt: skip
SIGNED = {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"}
KNOWN = {*LARGEST, "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"}
NOT_WITH = {  # the table of RFC 5545 3.3.10
    "BYWEEKNO": ("MONTHLY", "WEEKLY", "DAILY", "HOURLY"),
    "BYYEARDAY": ("MONTHLY", "WEEKLY", "DAILY"),
    "BYMONTHDAY": ("WEEKLY",),
}
MOST_TIMES_A_DAY = 48
LONGEST_PERIOD = {"YEARLY": 366, "MONTHLY": 31, "WEEKLY": 7, "DAILY": 1}
BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
UNTIL = re.compile(r"\d{8}(T\d{6}Z?)?")


class UnsoundError(ValueError):
    """A repetition that is not followed; the text says why, in words that follow 'the repetition'."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A sound rule. `until`: a date or date-time as written, "" for none; `by`: the BY parts that are numbers;
    `days`: BYDAY as (which one of the month or year, 0 for every; weekday, Monday 0)."""

    freq: str
    interval: int
    count: int | None
    until: str
    by: dict[str, tuple[int, ...]]
    days: tuple[tuple[int, int], ...]
    week_start: int

    @property
    def times_a_day(self) -> int:
        """The most dates it can have on one day."""
        hours = len(self.by.get("BYHOUR", (0,)))
        if self.freq == "HOURLY" and "BYHOUR" not in self.by:
            hours = -(-24 // self.interval)
        return hours * len(self.by.get("BYMINUTE", (0,))) * len(self.by.get("BYSECOND", (0,)))


def read_rule(text: str) -> Rule:
    """The rule that an RRULE states; raises UnsoundError for one that is not followed."""
    parts: dict[str, str] = {}
    for part in text.upper().replace(" ", "").split(";"):
        name, _, held = part.partition("=")
        if not part or name.startswith("X-"):
            continue
        if not held or name not in KNOWN or parts.setdefault(name, held) != held:
            raise UnsoundError("cannot be read")
    freq = parts.get("FREQ")
    if freq is None:
        raise UnsoundError("does not say how often")
    if freq in ("SECONDLY", "MINUTELY"):
        raise UnsoundError("comes more often than hourly")
    if freq not in FREQUENCIES:
        raise UnsoundError("is of a kind that calendars do not have (FREQ)")
    interval, count = (_whole(parts, name) for name in ("INTERVAL", "COUNT"))
    if not 1 <= (1 if interval is None else interval) <= 999:
        raise UnsoundError("has an INTERVAL outside 1 to 999")
    if count == 0:
        raise UnsoundError("has a COUNT of 0")
    if parts.get("WKST", "MO") not in WEEKDAYS:
        raise UnsoundError("cannot be read")
    by = {name: _numbers(name, held) for name, held in parts.items() if name in LARGEST}
    weeks = 5 if freq == "MONTHLY" or "BYMONTH" in by else 53
    days = tuple(_day(one, weeks) for one in parts["BYDAY"].split(",")) if "BYDAY" in parts else ()
    if any(name in by and freq in without for name, without in NOT_WITH.items()):
        raise UnsoundError("mixes parts that do not go together")
    rule = Rule(freq, interval or 1, count, _until(parts), by, days, WEEKDAYS.index(parts.get("WKST", "MO")))
    if rule.times_a_day > MOST_TIMES_A_DAY:
        raise UnsoundError(f"comes more than {MOST_TIMES_A_DAY} times a day")
    return rule


def _whole(parts: dict[str, str], name: str) -> int | None:
    held = parts.get(name)
    if held is not None and not re.fullmatch(r"\+?\d{1,18}", held):
        raise UnsoundError(f"has {name} that is not a whole number")
    return None if held is None else int(held)


def _numbers(name: str, held: str) -> tuple[int, ...]:
    """The numbers of a BY list, each within its bounds."""
    if not re.fullmatch(r"[+-]?\d{1,3}(,[+-]?\d{1,3})*", held):
        raise UnsoundError(f"cannot be read ({name})")
    found = tuple(sorted({int(one) for one in held.split(",")}))
    low = -LARGEST[name] if name in SIGNED else int(name == "BYMONTH")
    if any(not low <= one <= LARGEST[name] or (one == 0 and name in SIGNED) for one in found):
        raise UnsoundError(f"asks for a date that does not exist ({name})")
    return found


def _day(text: str, weeks: int) -> tuple[int, int]:
    found = BYDAY.fullmatch(text)
    if found is None:
        raise UnsoundError("cannot be read (BYDAY)")
    if not 1 <= abs(int(found[1] or 1)) <= weeks:
        raise UnsoundError("asks for a date that does not exist (BYDAY)")
    return int(found[1] or 0), WEEKDAYS.index(found[2])


def _until(parts: dict[str, str]) -> str:
    """UNTIL; what follows a readable date but cannot be read itself is dropped."""
    if "UNTIL" not in parts:
        return ""
    found = UNTIL.match(parts["UNTIL"])
    try:
        moments([found[0].encode() if found else b""])
    except BadTime:
        raise UnsoundError("has an UNTIL that is not a date") from None
    return found[0] if found else ""


def dates(rule: Rule, start: int, stop: int) -> Ints:
    """The dates of a rule from `start` (its DTSTART) to `stop`, ascending; both are wall-clock seconds."""
    if stop < start:
        return np.zeros(0, np.int64)
    if rule.freq == "HOURLY":
        hours: Ints = np.arange(start // 3600, stop // 3600 + 1, rule.interval)
        hours = hours[_days_that_match(rule, hours // 24, start)]
        if "BYHOUR" in rule.by:
            hours = hours[np.isin(hours % 24, rule.by["BYHOUR"])]
        period, begins = hours, hours * 3600
        within = _times(rule, start, with_hours=False)
    else:
        whole = LONGEST_PERIOD[rule.freq] if "BYSETPOS" in rule.by else 0  # positions are counted in whole periods
        days = np.arange(_first_of_period(rule, start // DAY), stop // DAY + 1 + whole)
        period = _periods(rule, days)
        on = (period - period[0]) % rule.interval == 0
        days, period = days[on], period[on]
        match = _days_that_match(rule, days, start)
        days, period = days[match], period[match]
        begins = days * DAY
        within = _times(rule, start, with_hours=True)
    walls = (begins[:, None] + within).ravel()
    if "BYSETPOS" in rule.by:
        walls = walls[_at_positions(np.repeat(period, len(within)), rule.by["BYSETPOS"])]
    walls = walls[(walls >= start) & (walls <= stop)]
    return walls if rule.count is None else walls[: rule.count]


def _times(rule: Rule, start: int, *, with_hours: bool) -> Ints:
    """The seconds into the day, or into the hour, of a rule's dates; what it does not say is that of `start`."""
    hours = rule.by.get("BYHOUR", (start // 3600 % 24,)) if with_hours else (0,)
    minutes, seconds = rule.by.get("BYMINUTE", (start // 60 % 60,)), rule.by.get("BYSECOND", (start % 60,))
    return np.array([hour * 3600 + minute * 60 + second for hour in hours for minute in minutes for second in seconds])


def _at_positions(period: Ints, positions: tuple[int, ...]) -> Flags:
    """Which dates stand at these positions of the set of their period, counted from 1 or, below 0, from its end."""
    _, first, which, size = np.unique(period, return_index=True, return_inverse=True, return_counts=True)
    place = np.arange(len(period)) - first[which]
    return np.isin(place + 1, positions) | np.isin(place - size[which], positions)


def _first_of_period(rule: Rule, day: int) -> int:
    """The first day of the period that a day lies in: positions are counted from there, also before DTSTART."""
    if rule.freq == "WEEKLY":
        return day - (day + 3 - rule.week_start) % 7
    unit = {"MONTHLY": "M", "YEARLY": "Y"}.get(rule.freq, "D")
    return int(np.datetime64(day, "D").astype(f"M8[{unit}]").astype("M8[D]").astype(np.int64))


def _periods(rule: Rule, days: Ints) -> Ints:
    """The number of the day, week, month or year of each day."""
    if rule.freq == "WEEKLY":
        return (days + 3 - rule.week_start) // 7
    unit = {"MONTHLY": "M", "YEARLY": "Y"}.get(rule.freq, "D")
    return days.astype("M8[D]").astype(f"M8[{unit}]").astype(np.int64)


def _spans(days: Ints, unit: str) -> tuple[Ints, Ints]:
    """The place of each day in its month or year, from 0, and how many days that has."""
    span = days.astype("M8[D]").astype(f"M8[{unit}]")
    first = span.astype("M8[D]").astype(np.int64)
    return days - first, (span + 1).astype("M8[D]").astype(np.int64) - first


def _days_that_match(rule: Rule, days: Ints, start: int) -> Flags:
    """Which days the BY parts leave; those that the rule does not give are taken from `start`."""
    by, weekdays = dict(rule.by), rule.days
    begin = np.array([start // DAY])
    if not weekdays and not by.keys() & {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"}:
        if rule.freq == "YEARLY" and "BYMONTH" not in by:
            by["BYMONTH"] = (int(begin.astype("M8[D]").astype("M8[M]").astype(np.int64)[0]) % 12 + 1,)
        if rule.freq in ("YEARLY", "MONTHLY"):
            by["BYMONTHDAY"] = (int(_spans(begin, "M")[0][0]) + 1,)
    if not weekdays and (rule.freq == "WEEKLY" or ("BYWEEKNO" in by and "BYMONTHDAY" not in by and "BYYEARDAY" not in by)):
        weekdays = ((0, int(begin[0] + 3) % 7),)
    keep = np.ones(len(days), bool)
    if "BYMONTH" in by:
        keep &= np.isin(days.astype("M8[D]").astype("M8[M]").astype(np.int64) % 12 + 1, by["BYMONTH"])
    for name, unit in (("BYMONTHDAY", "M"), ("BYYEARDAY", "Y")):
        if name in by:
            place, length = _spans(days, unit)
            keep &= np.isin(place + 1, by[name]) | np.isin(place - length, by[name])
    if "BYWEEKNO" in by:
        keep &= _in_weeks(days, rule.week_start, by["BYWEEKNO"])
    if weekdays:
        keep &= _on_weekdays(rule, days, weekdays)
    return keep


def _on_weekdays(rule: Rule, days: Ints, weekdays: tuple[tuple[int, int], ...]) -> Flags:
    """BYDAY: `MO` is every Monday, `1MO` and `-1MO` the first and the last of the month, or of the year."""
    weekday = (days + 3) % 7
    numbered = rule.freq in ("MONTHLY", "YEARLY") and any(which for which, _ in weekdays)
    if not numbered:
        wanted = np.zeros(7, bool)
        wanted[[day for _, day in weekdays]] = True
        return wanted[weekday]
    place, length = _spans(days, "M" if rule.freq == "MONTHLY" or "BYMONTH" in rule.by else "Y")
    from_start, from_end = place // 7 + 1, -((length - 1 - place) // 7 + 1)
    found = np.zeros(len(days), bool)
    for which, day in weekdays:
        found |= (weekday == day) & ((which == 0) | (from_start == which) | (from_end == which))
    return found


def _in_weeks(days: Ints, week_start: int, numbers: tuple[int, ...]) -> Flags:
    """BYWEEKNO: a week belongs to the year that has four of its days or more."""

    def middle(day: Ints) -> Ints:  # the fourth day of a day's week
        return day - (day + 3 - week_start) % 7 + 3

    place, length = _spans(middle(days), "Y")
    first_of_next = middle(days) - place + length
    last = middle(first_of_next + 3) - 7  # 4 January lies in the first week
    weeks = (last - (first_of_next - length)) // 7 + 1
    return np.isin(place // 7 + 1, numbers) | np.isin(place // 7 - weeks, numbers)
