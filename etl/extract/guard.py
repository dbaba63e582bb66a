"""What a repetition may ask for: rules that would run for hours or for ever are said and not followed.

Sources: RFC 5545 3.3.10 for the grammar; the caps are ours, far above what any calendar program writes.
"""

import re
from calendar import monthrange
from datetime import date, datetime
from math import prod

FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LARGEST = {
    "BYSECOND": 59, "BYMINUTE": 59, "BYHOUR": 23, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYMONTH": 12,
    "BYSETPOS": 366,
}  # fmt: skip
SIGNED = {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"}
MOST_TIMES_A_DAY = 48
BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
UNTIL = re.compile(r"(\d{4})(\d{2})(\d{2})(T\d{6}Z?)?")


class UnsoundError(ValueError):
    """A repetition that is not followed; the text says why, in words that follow 'the repetition'."""


def checked_rule(text: str, start: date) -> str:
    """The rule of an RRULE, tidied; raises UnsoundError for one that is not followed. `start` is the event's."""
    rule = _parts(text)
    frequency = rule.get("FREQ")
    if frequency is None:
        raise UnsoundError("does not say how often")
    if frequency in ("SECONDLY", "MINUTELY"):
        raise UnsoundError("comes more often than hourly")
    if frequency not in FREQUENCIES:
        raise UnsoundError("is of a kind that calendars do not have (FREQ)")
    interval = _whole(rule, "INTERVAL", 1)
    if not 1 <= interval <= 999:
        raise UnsoundError("has an INTERVAL outside 1 to 999")
    if "COUNT" in rule and _whole(rule, "COUNT", 1) == 0:
        raise UnsoundError("has a COUNT of 0")
    lists = {name: _numbers(name, held) for name, held in rule.items() if name in LARGEST}
    weeks = 5 if frequency == "MONTHLY" or "BYMONTH" in rule else 53
    days = _days(rule.get("BYDAY", ""), weeks)
    if "BYDAY" in rule:
        rule["BYDAY"] = _spelled_out(rule["BYDAY"], weeks) if frequency in ("YEARLY", "MONTHLY") else ",".join(sorted(days))
    if times_a_day(rule) > MOST_TIMES_A_DAY:
        raise UnsoundError(f"comes more than {MOST_TIMES_A_DAY} times a day")
    _can_match(frequency, interval, lists, days, start)
    if frequency == "DAILY" and interval == 1 and "BYMONTHDAY" in rule and "BYSETPOS" not in rule:
        rule["FREQ"] = "MONTHLY"  # the same dates, without looking at every day
    if "UNTIL" in rule:
        rule["UNTIL"] = _until(rule["UNTIL"])
    return ";".join(f"{name}={held}" for name, held in rule.items())


def times_a_day(rule: dict[str, str] | str) -> int:
    """The most dates a rule can have on one day."""
    held = _parts(rule) if isinstance(rule, str) else rule
    hours = held.get("BYHOUR", "").count(",") + 1
    if held.get("FREQ") == "HOURLY" and "BYHOUR" not in held:
        hours = -(-24 // max(1, _whole(held, "INTERVAL", 1)))
    return hours * (held.get("BYMINUTE", "").count(",") + 1) * (held.get("BYSECOND", "").count(",") + 1)


def _parts(text: str) -> dict[str, str]:
    """The parts of a rule by name; a name that is not one of RFC 5545 is dropped if it starts with X-."""
    rule: dict[str, str] = {}
    for part in text.upper().replace(" ", "").split(";"):
        name, equals, held = part.partition("=")
        if not part or name.startswith("X-"):
            continue
        known = name in LARGEST or name in ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST")
        if not (equals and held and known) or (name in rule and rule[name] != held):
            raise UnsoundError("cannot be read")
        rule[name] = held
    if rule.get("WKST", "MO") not in DAYS:
        raise UnsoundError("cannot be read")
    return rule


def _whole(rule: dict[str, str], name: str, default: int) -> int:
    try:
        return int(rule.get(name, default))
    except ValueError:
        raise UnsoundError(f"has {name} that is not a whole number") from None


def _numbers(name: str, held: str) -> list[int]:
    """The numbers of a BY list, each within its bounds."""
    found = []
    for one in held.split(","):
        if not re.fullmatch(r"[+-]?\d{1,3}", one):
            raise UnsoundError(f"cannot be read ({name})")
        number = int(one)
        low = -LARGEST[name] if name in SIGNED else int(name == "BYMONTH")
        if not low <= number <= LARGEST[name] or (name in SIGNED and number == 0):
            raise UnsoundError(f"asks for a date that does not exist ({name})")
        found.append(number)
    return found


def _days(held: str, most: int) -> set[str]:
    """The days of the week in BYDAY."""
    days = set()
    for one in held.split(",") if held else ():
        found = BYDAY.fullmatch(one)
        if found is None:
            raise UnsoundError("cannot be read (BYDAY)")
        if not 1 <= abs(int(found[1] or 1)) <= most:
            raise UnsoundError("asks for a date that does not exist (BYDAY)")
        days.add(found[2])
    return days


def _spelled_out(held: str, weeks: int) -> str:
    """BYDAY with every week of a plain day named where others name theirs: `MO,1TU` is every Monday and the first
    Tuesday, but dateutil takes it for the Tuesdays that are Mondays."""
    days = held.split(",")
    if {len(day) > 2 for day in days} != {True, False}:
        return held
    return ",".join(day if len(day) > 2 else ",".join(f"{week}{day}" for week in range(1, weeks + 1)) for day in days)


def _can_match(frequency: str, interval: int, lists: dict[str, list[int]], days: set[str], start: date) -> None:
    """Refuses rules that no date ever meets: followed, they would search to the year 9999, day by day."""
    never = UnsoundError("asks for a date that does not exist")
    month_days, months = lists.get("BYMONTHDAY"), lists.get("BYMONTH")
    if month_days and months and not any(abs(day) <= monthrange(2024, month)[1] for day in month_days for month in months):
        raise never
    if frequency != "YEARLY" and ("BYWEEKNO" in lists or "BYYEARDAY" in lists):
        raise UnsoundError("mixes parts that do not go together")
    if frequency == "WEEKLY" and month_days:
        raise UnsoundError("mixes parts that do not go together")
    if frequency == "HOURLY" and lists.keys() & {"BYMONTH", "BYMONTHDAY", "BYSETPOS"}:
        raise UnsoundError("is hourly on chosen days of the year")
    step = interval if frequency == "DAILY" else interval / 24 if frequency == "HOURLY" else 1
    if days and step % 7 == 0 and DAYS[start.weekday()] not in days:
        raise never
    if frequency == "MONTHLY" and months and not any((month - start.month) % _shared(interval) == 0 for month in months):
        raise never
    month = len(month_days) if month_days else 5 * len(days) if days else 1
    times = prod(
        len(lists.get(name, (0,))) for name in ("BYHOUR", "BYMINUTE", "BYSECOND") if (frequency, name) != ("HOURLY", "BYHOUR")
    )
    most = times * {"YEARLY": 366, "MONTHLY": month, "WEEKLY": len(days) or 1}.get(frequency, 1)
    places = lists.get("BYSETPOS")
    if places and all(abs(place) > most for place in places):
        raise never


def _shared(interval: int) -> int:
    """The largest number of months that both a year and the interval are made of."""
    return next(months for months in (12, 6, 4, 3, 2, 1) if interval % months == 0)


def _until(held: str) -> str:
    """UNTIL, tidied: what follows a readable date but cannot be read itself is dropped, a far year comes nearer."""
    found = UNTIL.match(held)
    if found is None:
        raise UnsoundError("has an UNTIL that is not a date")
    try:
        datetime(int(found[1]), int(found[2]), int(found[3]))  # noqa: DTZ001 - only whether there is such a day
    except ValueError:
        raise UnsoundError("has an UNTIL that is not a date") from None
    return held[: found.end()] if int(found[1]) <= 2100 else f"21001231{found[4] or ''}"
