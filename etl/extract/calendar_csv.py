"""The CSV that classic Outlook exports a calendar to: one row an occurrence, in the wall clock of that computer.

A row that cannot be read costs that row, and its line is named; attendees, descriptions and the like are never read.
"""

import hashlib
import re
from datetime import date, datetime, time, timedelta

from etl.columns import columns
from etl.extract.dates import BadTime, Likely, decide_order, is_twelve_hour, parse_date, parse_time
from etl.extract.notes import thin
from etl.extract.rows import Row, Table, yes_or_no
from etl.model import CalendarExport, Extract, How, Note, Occurrence, Refused

NEEDED = {
    "subject": "Subject",
    "start_date": "Start Date",
    "start_time": "Start Time",
    "end_date": "End Date",
    "end_time": "End Time",
}
MEND = "Export it from Outlook again as comma separated values, with all its columns"

_MONTH_FIRST_ZONES = re.compile(r"(America|US|Canada)/.*|Pacific/Honolulu|(Etc/)?UTC")
_FREE = ("3", "free")  # Outlook's CSV: 1 tentative, 2 busy, 3 free, 4 out of office


def is_calendar(table: Table) -> bool:
    """Whether the header is that of a calendar, be it with a column missing."""
    return len(set(NEEDED) & set(table.columns)) >= 3


def read_calendar_csv(table: Table, how: How) -> Extract:
    """The occurrences of an export, floating. Raises Refused for a missing column, or where no row is left."""
    table.need(NEEDED, MEND)
    days = [(row.line, table.text(row, column)) for row in table.rows for column in ("start_date", "end_date")]
    dates = decide_order(days, how.date_order, table.file_name, _likely_order(table, days, how))
    occurrences: list[Occurrence] = []
    left_out: list[tuple[int, str]] = []
    for row in table.rows:
        try:
            occurrences.append(_occurrence(table, row, dates.order))
        except BadTime as fault:
            left_out.append((row.line, str(fault)))
    if not occurrences:
        line, what = left_out[0]
        raise Refused(table.file_name, f"no row of this calendar can be read: here {what}", MEND, line)
    bad = [Note(line, f"left out: {what}") for line, what in left_out]
    export = CalendarExport("", "", columns(occurrences, how.zone), table.file_name)
    return Extract((export,), thin((*table.notes, *dates.notes, *table.long_notes(), *bad)))


def _likely_order(table: Table, days: list[tuple[int, str]], how: How) -> Likely | None:
    """What Outlook's way of writing says of the order; Windows writes dates as its region does."""
    if all("." in text for _, text in days if text):
        return Likely("dmy", "they are written with dots")
    hours_of_twelve = any(is_twelve_hour(table.text(row, "start_time")) for row in table.rows)
    # Australia, New Zealand and India write AM and PM too, with the day first.
    if hours_of_twelve and _MONTH_FIRST_ZONES.fullmatch(how.zone.key):
        return Likely("mdy", "the times are written with AM and PM")
    return None


def _occurrence(table: Table, row: Row, order: str) -> Occurrence:
    all_day = _all_day(table.text(row, "all_day_event"))
    start, end = _days(table, row, order) if all_day else _moments(table, row, order)
    title, place = table.text(row, "subject"), table.text(row, "location")
    content = "\x1f".join((start.isoformat(), end.isoformat(), title, place))
    return Occurrence(
        uid=hashlib.sha256(content.encode()).hexdigest(),
        original=start.strftime("%Y%m%d" if all_day else "%Y%m%dT%H%M%S"),
        start=start,
        end=end,
        title=title,
        place=place,
        categories=tuple(filter(None, map(str.strip, re.split("[;,]", table.text(row, "categories"))))),
        status="free" if table.text(row, "show_time_as").casefold() in _FREE else "",
        line=row.line,
    )


def _all_day(text: str) -> bool:
    try:
        return bool(yes_or_no(text))
    except ValueError:
        raise BadTime("the all day event is neither true nor false") from None


def _moments(table: Table, row: Row, order: str) -> tuple[datetime, datetime]:
    start, end = (
        datetime.combine(_date(table, row, f"{which}_date", order), _time(table, row, f"{which}_time"))
        for which in ("start", "end")
    )
    if end < start:
        raise BadTime("it ends before it starts")
    return start, end


def _days(table: Table, row: Row, order: str) -> tuple[date, date]:
    """First day, and the day after the last. Outlook ends an all-day event at the midnight after it; a table made by
    hand, with no time or another one, names the last day itself."""
    start = _date(table, row, "start_date", order)
    end = _date(table, row, "end_date", order) if table.text(row, "end_date") else start
    if end < start:
        raise BadTime("it ends before it starts")
    at_midnight = bool(table.text(row, "end_time")) and _time(table, row, "end_time") == time(0)
    return start, end if at_midnight and end > start else end + timedelta(days=1)


def _date(table: Table, row: Row, column: str, order: str) -> date:
    try:
        return parse_date(table.text(row, column), order)
    except BadTime as fault:
        raise BadTime(f"the {column.replace('_', ' ')} {fault}") from None


def _time(table: Table, row: Row, column: str) -> time:
    try:
        return parse_time(table.text(row, column))
    except BadTime as fault:
        raise BadTime(f"the {column.replace('_', ' ')} {fault}") from None
