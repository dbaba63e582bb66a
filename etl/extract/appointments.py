"""A table of appointments: one row an occurrence, in the wall clock of the practice. Outlook's own CSV is one of them.

A row that cannot be read costs that row, and its line is named; columns that the shape does not name are never read.
"""

import hashlib
import re
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from etl.columns import columns
from etl.extract.dates import (
    BadCell,
    decide_order,
    named,
    parse_date,
    parse_minutes,
    parse_moment,
    parse_time,
    split_moment,
    yes_or_no,
)
from etl.extract.notes import thin
from etl.extract.rows import Row, Table, compared
from etl.model import CalendarExport, CsvShape, Extract, How, Note, Occurrence, Refused

OUTLOOK = CsvShape(
    name="",
    date="Start Date",
    start="Start Time",
    end_date="End Date",
    end="End Time",
    title="Subject",
    place="Location",
    status="Show time as",
    free=("3", "free"),  # 1 tentative, 2 busy, 3 free, 4 out of office
    all_day="All day event",
    categories="Categories",
)
_NEEDED = (OUTLOOK.title, OUTLOOK.date, OUTLOOK.start, OUTLOOK.end_date, OUTLOOK.end)
_MEND = "Export it from Outlook again as comma separated values, with all its columns"
_MONTH_FIRST_ZONES = re.compile(r"(America|US|Canada)/.*|Pacific/Honolulu|(Etc/)?UTC")
_NO_COLUMNS = ("name", "owner", "cancelled", "free", "kind", "number", "seconds")
_PARTS = tuple(field.name for field in fields(CsvShape) if field.name not in _NO_COLUMNS)
_TWELVE_HOURS = re.compile(r"[0-9]\s*[AaPp]\.?\s?[Mm]\.?$")
_ONE_NIGHT = timedelta(hours=12)  # a time alone that is earlier than the start is that of the next morning


def is_outlook(table: Table) -> bool:
    """Whether the header is that of Outlook's calendar, be it with a column missing."""
    named = {compared(name) for name in _NEEDED} & set(table.columns)
    return compared(OUTLOOK.title) in named and len(named) >= 3


def fits(table: Table, shape: CsvShape) -> bool:
    """Whether the header has every column that the shape names."""
    wanted = {compared(name) for name in (*_columns(shape), shape.number, shape.seconds) if name}
    return wanted <= set(table.columns)


def read_appointments(table: Table, shape: CsvShape, how: How) -> Extract:
    """The occurrences of one calendar. Raises Refused for a missing column, and where no row is the owner's or none is left."""
    if shape is OUTLOOK:
        table.need({compared(name): name for name in _NEEDED}, _MEND)
    rows, notes = table.take(_columns(shape))
    provider, owner = _PARTS.index("provider"), _folded(shape.owner)
    mine = [row for row in rows if not shape.provider or _fold(row[1][provider]) in owner]
    if others := len(rows) - len(mine):
        rows_are = "1 row is" if others == 1 else f"{others:,} rows are"
        notes.append(Note(None, f"{rows_are} of other providers than you, and left out"))
    if not mine:
        mend = "Write your name under owner of this [[csv]] in practice.toml as it stands in that column"
        raise Refused(table.file_name, "no row of this table is of the provider who is you", mend, table.header_line)
    dates = decide_order(dated := _dated(mine), how.date_order, table.file_name, _likely_order(mine, dated, how))
    occurrences: list[Occurrence] = []
    left_out: list[Note] = []
    for line, cells in mine:
        try:
            occurrences.append(_occurrence(line, dict(zip(_PARTS, cells, strict=True)), shape, dates.order))
        except BadCell as fault:
            left_out.append(Note(line, str(fault)))
    if not occurrences:
        mend = _MEND if shape is OUTLOOK else "Check that [[csv]] in practice.toml names the right columns"
        raise Refused(table.file_name, f"no row of this calendar can be read: here {left_out[0].text}", mend, left_out[0].line)
    bad = (Note(note.line, f"left out: {note.text}") for note in left_out)
    export = CalendarExport(shape.name, "", columns(occurrences, how.zone), table.file_name)
    return Extract((export,), thin((*table.notes, *dates.notes, *notes, *bad)))


def _columns(shape: CsvShape) -> list[str]:
    return [compared(getattr(shape, part)) for part in _PARTS]


def _fold(text: str) -> str:
    """Words as they are compared: any case, any blanks."""
    return " ".join(text.casefold().split())


@lru_cache
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_fold, words))


def _dated(rows: list[Row]) -> list[tuple[int, str]]:
    """The cells that may hold dates, with their lines."""
    places = [_PARTS.index(part) for part in ("date", "start", "end_date", "end")]
    return [(line, cells[at]) for line, cells in rows for at in places if cells[at]]


def _likely_order(rows: list[Row], dated: list[tuple[int, str]], how: How) -> tuple[str, str] | None:
    """What a program's way of writing says of the order; Windows writes dates as its region does."""
    if all("." in split_moment(text)[0] for _, text in dated if split_moment(text)[0]):
        return "dmy", "they are written with dots"
    # Australia, New Zealand and India write AM and PM too, with the day first.
    if _MONTH_FIRST_ZONES.fullmatch(how.zone.key) and any(
        _TWELVE_HOURS.search(cells[_PARTS.index("start")]) for _, cells in rows
    ):
        return "mdy", "the times are written with AM and PM"
    return None


def _occurrence(line: int, row: dict[str, str], shape: CsvShape, order: str) -> Occurrence:
    status = _fold(row["status"])
    all_day = named("the all day event", yes_or_no, row["all_day"])
    start, end = _days(row, order) if all_day else _moments(row, shape, order)
    content = "\x1f".join((start.isoformat(), end.isoformat(), row["title"], row["place"]))
    aware = isinstance(start, datetime) and start.tzinfo
    return Occurrence(
        uid=hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest(),
        original=start.strftime("%Y%m%d" if all_day else "%Y%m%dT%H%M%SZ" if aware else "%Y%m%dT%H%M%S"),
        start=start,
        end=end,
        title=row["title"],
        place=row["place"],
        categories=tuple(filter(None, map(str.strip, re.split("[;,]", row["categories"])))),
        status="cancelled" if status in _folded(shape.cancelled) else "free" if status in _folded(shape.free) else "",
        line=line,
    )


def _moments(row: dict[str, str], shape: CsvShape, order: str) -> tuple[datetime, datetime]:
    """Start and end: floating, or both in UTC where the start has an offset."""
    day = row["date"] if shape.date else None
    start = _moment("start", day, row["start"], order)
    if shape.minutes:
        end = start + timedelta(minutes=named("the length", parse_minutes, row["minutes"]))
    else:
        end = _moment("end", row["end_date"] if shape.end_date else day, row["end"], order, start.date())
    if start.tzinfo:
        start, end = start.astimezone(UTC), (end if end.tzinfo else end.replace(tzinfo=start.tzinfo)).astimezone(UTC)
    end = end.replace(tzinfo=start.tzinfo)
    time_alone = not shape.end_date and (shape.date or not split_moment(row["end"])[0])
    if time_alone and end < start and end + timedelta(days=1) <= start + _ONE_NIGHT:
        end += timedelta(days=1)
    if end < start:
        raise BadCell("it ends before it starts")
    return start, end


def _moment(which: str, day: str | None, cell: str, order: str, same_day: date | None = None) -> datetime:
    """The moment of a cell: on the date of the cell `day` where dates stand apart, else on its own, else on `same_day`."""
    own_day, clock = split_moment(cell)
    if day is None and (own_day or same_day is None):
        return named(f"the {which}", parse_moment, cell, order)
    # A date apart may drag a midnight along, and a time apart a day of 1899 (Access): each is read for what it is named.
    on = same_day if day is None else _day(which, day, order)
    return datetime.combine(on or date.min, named(f"the {which} time", parse_time, clock))


def _days(row: dict[str, str], order: str) -> tuple[date, date]:
    """First day, and the day after the last. Outlook ends an all-day event at the midnight after it; a table made by
    hand, with no time or another one, names the last day itself."""
    start = _day("start", row["date"], order)
    end = _day("end", row["end_date"], order) if row["end_date"] else start
    if end < start:
        raise BadCell("it ends before it starts")
    at_midnight = bool(row["end"]) and named("the end time", parse_time, split_moment(row["end"])[1]) == time(0)
    return start, end if at_midnight and end > start else end + timedelta(days=1)


def _day(which: str, cell: str, order: str) -> date:
    return named(f"the {which} date", parse_date, split_moment(cell)[0] or cell, order)
