"""The call list of a telephone system: each call with one of the practice's locations is an interruption. No number is kept,
and of a call with any other number only when it began is read, which tells the days of the list."""

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from etl.extract.dates import BadCell, decide_order, named, parse_date, parse_minutes, parse_moment, parse_time, split_moment
from etl.extract.notes import thin
from etl.extract.rows import Table, compared
from etl.model import CsvShape, Extract, How, Interruption, LogExport, Note, Refused

_PARTS = ("date", "start", "minutes", "seconds", "number", "provider", "status")
MOST_ROWS = 100_000
MOST_MINUTES = 1440
FEWEST_ALIKE = 6
"""Digits that two ways of writing one number share at least; a shorter number is an extension."""
_EXTENSION = re.compile(r"(?<=\d)\s*(?:x|ext\.?|extension|#)\s*\d{1,5}\s*$", re.IGNORECASE)
_AMOUNT = r"(\d{1,6}(?:[.,]\d{1,2})?)\s*"
_UNITS = re.compile(
    rf"(?=.)(?:{_AMOUNT}h(?:rs?|ours?)?\.?)?\s*(?:{_AMOUNT}m(?:ins?|inutes?)?\.?)?\s*(?:{_AMOUNT}s(?:ecs?|econds?)?\.?)?",
    re.IGNORECASE,
)


def read_calls(table: Table, shape: CsvShape, how: How) -> Extract:
    """The interruptions of one call list. Raises Refused for a missing column, and where no row can be read."""
    rows, notes = table.take([compared(getattr(shape, part)) for part in _PARTS])
    if len(rows) > MOST_ROWS:
        raise Refused(
            table.file_name, f"the list has more than {MOST_ROWS:,} calls", "Split it into several files", rows[MOST_ROWS][0]
        )
    places = [_PARTS.index(part) for part in ("date", "start")]
    dates = decide_order(
        [(line, cells[at]) for line, cells in rows for at in places if cells[at]], how.date_order, table.file_name
    )
    calls: list[Interruption] = []
    bad: list[Note] = []
    others = unanswered = foreign = 0
    listed = [(line, dict(zip(_PARTS, cells, strict=True))) for line, cells in rows]
    for line, row in listed:
        location = location_of(row["number"], how.phones)
        if location is None:
            others += 1
            continue
        if shape.provider and not _among(row["provider"], shape.owner):
            foreign += 1
            continue
        if _among(row["status"], shape.cancelled):
            unanswered += 1
            continue
        try:
            minutes = _minutes(row, shape)
            if minutes:
                calls.append(Interruption(_started(row, shape, dates.order), minutes, location, via="phone", line=line))
            else:
                unanswered += 1
        except BadCell as fault:
            bad.append(Note(line, f"left out: {fault}"))
    if bad and not calls:
        mend = "Check that [[csv]] in practice.toml names the right columns"
        raise Refused(table.file_name, f"no call of this list can be read: here {bad[0].text}", mend, bad[0].line)
    notes += _left_out(others, foreign, unanswered)
    began = tuple(_all_began((row for _, row in listed), shape, dates.order))
    export = LogExport(shape.name, tuple(dict.fromkeys(calls)), table.file_name, calls=True, began=began)
    return Extract((export,), thin((*table.notes, *dates.notes, *notes, *bad)))


def location_of(number: str, phones: Sequence[tuple[str, str]]) -> str | None:
    """The location that a number belongs to; `phones` are (number, location).

    Digits alone are compared, without what stands before them for a country or a long distance: the shorter number is the end
    of the longer one, with six digits in common. An extension of up to five digits must be the very same; one behind a number
    (`x12`) tells locations apart where the practice has it too.
    """
    for asked in dict.fromkeys((_digits(number), _digits(_EXTENSION.sub("", number)))):
        for phone, location in phones:
            known = _digits(phone)
            short, long = sorted((asked, known), key=len)
            if asked == known or (len(short) >= FEWEST_ALIKE and long.endswith(short)):
                return location
    return None


def _digits(number: str) -> str:
    digits = re.sub(r"\D", "", number.replace("(0)", ""))  # as in +44 (0)20: dialled within the country only
    alone = digits.lstrip("0")
    return alone if len(alone) >= FEWEST_ALIKE else digits


def _among(cell: str, words: Sequence[str]) -> bool:
    return " ".join(cell.casefold().split()) in {" ".join(word.casefold().split()) for word in words}


def _minutes(row: Mapping[str, str], shape: CsvShape) -> float:
    """How long a call was; 0 where nobody spoke."""
    cell = row["seconds"] if shape.seconds else row["minutes"]
    if not cell:
        return 0.0
    if re.fullmatch(r"(\d{1,3}:)?\d{1,4}:[0-5]\d", cell):
        hours, minutes, seconds = ([0.0, *map(float, cell.split(":"))])[-3:]
        length = hours * 60 + minutes + seconds / 60
    elif re.fullmatch(r"0+([.,]0+)?", cell):
        return 0.0
    elif found := _UNITS.fullmatch(cell):  # says itself what it counts
        hours, minutes, seconds = (float((each or "0").replace(",", ".")) for each in found.groups())
        length = hours * 60 + minutes + seconds / 60
    else:
        length = named("the length", parse_minutes, cell) / (60 if shape.seconds else 1)
    if length * 60 < 1:
        return 0.0
    if length > MOST_MINUTES:
        raise BadCell("the length is more than a day")
    return length


def _started(row: Mapping[str, str], shape: CsvShape, order: str) -> datetime:
    if not shape.date:
        return named("the start", parse_moment, row["start"], order)
    day = named("the start date", parse_date, split_moment(row["date"])[0] or row["date"], order)
    return datetime.combine(day, named("the start time", parse_time, split_moment(row["start"])[1]))


def _all_began(rows: Iterable[Mapping[str, str]], shape: CsvShape, order: str) -> Iterator[datetime]:
    """When the calls of a list began, whoever they are with; those that cannot be read tell nothing."""
    for row in rows:
        with contextlib.suppress(BadCell):
            yield _started(row, shape, order)


def _left_out(others: int, foreign: int, unanswered: int) -> list[Note]:
    """What was left out, in numbers alone."""
    reasons = (
        (others, "with a number that is no location's, and left out; name the numbers under phones"),
        (foreign, "somebody else's by the column of who took it, and left out"),
        (unanswered, "not answered, and left out"),
    )
    return [Note(None, f"{'1 call was' if count == 1 else f'{count:,} calls were'} {why}") for count, why in reasons if count]
