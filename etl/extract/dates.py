"""What cells say as people and spreadsheets write it: dates, times of day, lengths, yes and no.

03/04/2026 can be read two ways. One order holds for a whole file: the one its own rows prove (a 13 can be no month),
else the one its owner told, else the file is refused with the question. It is never guessed in silence.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple, TypeVar

from etl.model import AsksDateOrder, Note

YEARS = range(1990, 2101)
TWO_DIGIT_YEARS = range(2000, 2070)
ASK = "Load it with --date-order dmy (day first) or --date-order mdy (month first); in the dashboard, say which on the Data page"

_DATE = re.compile(
    r"\s*(?:([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{1,2})([-/.])([0-9]{1,2})\6([0-9]{4}|[0-9]{2}))(?![0-9])"
)
_NAMED_MONTH = re.compile(r"\s*([0-9]{1,2})[-/. ]([A-Za-z]{3})[a-z]*[-/. ]([0-9]{4})(?![0-9])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(
    r"([0-9]{1,2})(?:[:.]([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?)?(?:\s*([AaPp])\.?\s?[Mm]\.?)?"
    r"(?:\s*([Zz]|[+-][0-9]{2}:?[0-9]{2}))?"
)
# 7,5 has a decimal comma; 1,000 could be read two ways and is refused.
_MINUTES = re.compile(r"([0-9]+(?:\.[0-9]+|,[0-9]{1,2})?)(?:\s*min(?:ute)?s?\.?)?|([0-9]{1,3}):([0-9]{2})(?::[0-9]{2})?")
_WORDS = {"dmy": "day first", "mdy": "month first"}
_YES_NO = {"": None, "yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}

T = TypeVar("T")


class BadCell(ValueError):  # noqa: N818 - named for what it is told about
    """What a cell says that cannot be, as it goes on from the name of its column; holds no content."""

    def __init__(self, what: str, column: str = "") -> None:
        super().__init__(f"{column} {what}".strip())
        self.what, self.column = what, column


def named(column: str, read: Callable[..., T], *cell: str) -> T:
    """What a cell says; a BadCell names the column."""
    try:
        return read(*cell)
    except BadCell as fault:
        raise BadCell(fault.what, column) from None


class DateOrder(NamedTuple):
    """`order` is dmy or mdy, for all dates of a file that do not begin with the year."""

    order: str
    notes: tuple[Note, ...] = ()


def decide_order(
    cells: Sequence[tuple[int, str]], told: str | None, file_name: str, likely: tuple[str, str] | None = None
) -> DateOrder:
    """The one order of all dates in `cells` (line, text; a time may follow the date; other texts are passed over).

    `likely` is an order that a program's way of writing makes likely, and the reason. Raises Refused with the question
    where nothing tells, and where rows contradict each other and `told` is None.
    """
    proof: dict[str, int] = {}
    unclear = two_digits = 0
    for line, text in cells:
        if not (found := _DATE.match(text)) or found[1]:
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
    said = f"the dates can be read two ways; they were read {_WORDS[likely[0]]}, because {likely[1]}"
    other = "dmy" if likely[0] == "mdy" else "mdy"
    mend = f"If that is wrong, load it again with --date-order {other}, or say so on the Data page"
    return DateOrder(likely[0], (*notes, Note(unclear, f"{said}. {mend}")))


def split_moment(text: str) -> tuple[str, str]:
    """The date and the time of day of a cell, as written; "" for what it does not have. `14 Sep 2026` is a date too."""
    if not (found := _DATE.match(text) or _NAMED_MONTH.match(text)):
        return "", text
    rest = re.fullmatch(r"(?:[Tt]|,?\s+)(.+)", text[found.end() :])
    return text[: found.end()], rest[1] if rest else text[found.end() :]


@lru_cache(maxsize=10_000)  # the days of years; a table says each of them many times
def parse_date(text: str, order: str) -> date:
    """A date, year first or in `order` (dmy, mdy). Raises BadCell."""
    if (found := _NAMED_MONTH.fullmatch(text)) and found[2].lower() in _MONTHS:
        year, month, day = int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1])
    elif not (found := _DATE.fullmatch(text)):
        raise BadCell("is not a date such as 2026-09-14" if text else "is blank")
    elif found[1]:
        year, month, day = int(found[1]), int(found[3]), int(found[4])
    else:
        year, month, day = int(found[8]), int(found[7]), int(found[5])
        if order == "mdy":
            month, day = day, month
        if len(found[8]) == 2:
            year += TWO_DIGIT_YEARS.start
            if year not in TWO_DIGIT_YEARS:
                raise BadCell("has a year of two digits that is outside 2000 to 2069")
    if year not in YEARS:
        raise BadCell(f"has a year outside {YEARS.start} to {YEARS.stop - 1}")
    try:
        return date(year, month, day)
    except ValueError:
        raise BadCell("is a day that no calendar has") from None


@lru_cache(maxsize=10_000)
def parse_time(text: str) -> time:
    """A time of day on the 24-hour clock, or with AM or PM on the 12-hour one; whole seconds. It is of a zone where an
    offset or Z follows. Raises BadCell."""
    found = _TIME.fullmatch(text)
    if not found or not (found[2] or found[4]):
        raise BadCell("is not a time of day such as 10:20" if text else "is blank")
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if hour > 23 or (found[4] and not 1 <= hour <= 12) or minute > 59 or second > 59:
        raise BadCell("is a time that no clock shows")
    if found[4]:
        hour = hour % 12 + (12 if found[4] in "Pp" else 0)
    return time(hour, minute, second, tzinfo=_offset(found[5]) if found[5] else None)


def _offset(text: str) -> timezone:
    if text in "Zz":
        return UTC
    ahead = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    if ahead > timedelta(hours=14) or int(text[-2:]) > 59:
        raise BadCell("has an offset that no time zone has")
    return timezone(-ahead if text[0] == "-" else ahead)


def parse_moment(text: str, order: str) -> datetime:
    """A date with a time of day; aware where an offset or Z follows, else naive. Raises BadCell."""
    day, clock = split_moment(text)
    if not day or not clock:
        raise BadCell("is not a date with a time of day" if text else "is blank")
    return datetime.combine(parse_date(day, order), parse_time(clock))


def parse_minutes(text: str) -> float:
    """Minutes as a number, or as hours and minutes with a colon. Raises BadCell."""
    if not (found := _MINUTES.fullmatch(text)):
        raise BadCell("is not a number of minutes" if text else "is blank")
    return float(found[1].replace(",", ".")) if found[1] else float(int(found[2]) * 60 + int(found[3]))


def yes_or_no(text: str) -> bool | None:
    """yes, y, true or 1; no, n, false or 0, in any case; None for blank. Raises BadCell."""
    if text.casefold() not in _YES_NO:
        raise BadCell("is neither yes nor no")
    return _YES_NO[text.casefold()]
