"""Dates and times as people and spreadsheets write them.

03/04/2026 can be read two ways. One order holds for a whole file: the one its own rows prove (a 13 can be no month),
else the one its owner told, else the file is refused with the question. It is never guessed in silence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from etl.model import AsksDateOrder, Note

YEARS = range(1990, 2101)
TWO_DIGIT_YEARS = range(2000, 2070)
ASK = "Load it with --date-order dmy (day first) or --date-order mdy (month first); in the dashboard, say which on the Data page"

_DATE = r"(?:([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{1,2})([-/.])([0-9]{1,2})\6([0-9]{4}|[0-9]{2}))(?![0-9])"
_TIME = r"([0-9]{1,2})(?:[:.]([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?)?(?:\s*([AaPp])\.?\s?[Mm]\.?)?"
_OFFSET = r"([Zz]|[+-][0-9]{2}:?[0-9]{2})"
_DATE_START = re.compile(r"\s*" + _DATE)
_TIME_ALONE = re.compile(_TIME)
_MOMENT = re.compile(rf"(?P<date>[0-9]+[-/.][0-9]+[-/.][0-9]+)(?:[Tt]|,?\s+)(?P<time>{_TIME})\s*{_OFFSET}?")
_WORDS = {"dmy": "day first", "mdy": "month first"}


class BadTime(ValueError):  # noqa: N818 - named for what it is told about
    """A date or a time that cannot be; its text goes on from the name of a column and holds no content."""


@dataclass(frozen=True, slots=True)
class DateOrder:
    """`order` is dmy or mdy, for all dates of a file that do not begin with the year."""

    order: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Likely:
    """An order that a program's way of writing makes likely, and the reason as said to the owner."""

    order: str
    reason: str


def decide_order(cells: Sequence[tuple[int, str]], told: str | None, file_name: str, likely: Likely | None = None) -> DateOrder:
    """The one order of all dates in `cells` (line, text; a time may follow the date; other texts are passed over).

    Raises Refused with the question where nothing tells, and where rows contradict each other and `told` is None.
    """
    proof: dict[str, int] = {}
    unclear = two_digits = 0
    for line, text in cells:
        if not (found := _DATE_START.match(text)) or found[1]:
            continue
        first, second = int(found[5]), int(found[7])
        two_digits = two_digits or (line if len(found[8]) == 2 else 0)
        if 12 < first <= 31 and second <= 12:
            proof.setdefault("dmy", line)
        elif 12 < second <= 31 and first <= 12:
            proof.setdefault("mdy", line)
        elif first != second and max(first, second) <= 12:
            unclear = unclear or line
    notes: list[Note] = []
    if two_digits:
        notes.append(Note(two_digits, "years are written with two digits; they were read as 2000 to 2069"))
    if len(proof) == 2 and told is None:
        (_, earlier), (order, line) = sorted(proof.items(), key=lambda pair: pair[1])
        what = f"this date is written {_WORDS[order]}, the one on line {earlier} the other way round"
        raise AsksDateOrder(file_name, what, f"Write all dates one way, or say which is right. {ASK}", line)
    if len(proof) == 1:
        (order,) = proof
        if told not in (None, order):
            said = f"the dates were read {_WORDS[order]}, as this line proves, not {_WORDS[str(told)]} as was asked"
            notes.append(Note(proof[order], said))
        return DateOrder(order, tuple(notes))
    if told is not None or not unclear:
        return DateOrder(told or "dmy", tuple(notes))
    if likely is None:
        what = "the dates can be read day first or month first, and no row tells which it is"
        raise AsksDateOrder(file_name, what, ASK, unclear)
    said = f"the dates can be read two ways; they were read {_WORDS[likely.order]}, because {likely.reason}"
    other = "dmy" if likely.order == "mdy" else "mdy"
    mend = f"If that is wrong, load it again with --date-order {other}, or say so on the Data page"
    return DateOrder(likely.order, (*notes, Note(unclear, f"{said}. {mend}")))


def on_the_clock(moment: datetime, zone: tzinfo) -> str:
    """What a change of the clocks makes of a wall-clock time: "skipped", "twice" or "" for nothing."""
    if moment.tzinfo is not None:
        return ""
    first, second = (moment.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return ""
    return "twice" if first < second else "skipped"


def parse_date(text: str, order: str) -> date:
    """A date, year first or in `order` (dmy, mdy). Raises BadTime."""
    found = _DATE_START.fullmatch(text)
    if not found:
        raise BadTime("is not a date such as 2026-09-14" if text else "is blank")
    if found[1]:
        year, month, day = int(found[1]), int(found[3]), int(found[4])
    else:
        year, month, day = int(found[8]), int(found[7]), int(found[5])
        if order == "mdy":
            month, day = day, month
        if len(found[8]) == 2:
            year += TWO_DIGIT_YEARS.start
            if year not in TWO_DIGIT_YEARS:
                raise BadTime("has a year of two digits that is outside 2000 to 2069")
    if year not in YEARS:
        raise BadTime(f"has a year outside {YEARS.start} to {YEARS.stop - 1}")
    try:
        return date(year, month, day)
    except ValueError:
        raise BadTime("is a day that no calendar has") from None


def parse_time(text: str) -> time:
    """A time of day on the 24-hour clock, or with AM or PM on the 12-hour one; whole seconds. Raises BadTime."""
    found = _TIME_ALONE.fullmatch(text)
    if not found or not (found[2] or found[4]):
        raise BadTime("is not a time of day such as 10:20" if text else "is blank")
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if found[4]:
        if not 1 <= hour <= 12:
            raise BadTime("is a time that no clock shows")
        hour = hour % 12 + (12 if found[4] in "Pp" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        raise BadTime("is a time that no clock shows") from None


def is_twelve_hour(text: str) -> bool:
    """Whether a time of day is written with AM or PM."""
    found = _TIME_ALONE.fullmatch(text)
    return bool(found and found[4])


def parse_moment(text: str, order: str) -> datetime:
    """A date with a time of day; aware where an offset or Z follows, else naive. Raises BadTime."""
    found = _MOMENT.fullmatch(text)
    if not found:
        raise BadTime("is not a date with a time of day" if text else "is blank")
    moment = datetime.combine(parse_date(found["date"], order), parse_time(found["time"]))
    offset = found.groups()[-1]
    if not offset:
        return moment
    if offset in "Zz":
        return moment.replace(tzinfo=UTC)
    ahead = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    if ahead > timedelta(hours=14) or int(offset[-2:]) > 59:
        raise BadTime("has an offset that no time zone has")
    return moment.replace(tzinfo=timezone(-ahead if offset[0] == "-" else ahead))
