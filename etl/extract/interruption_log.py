"""The interruption log as CSV. Its numbers were typed by the owner, so a wrong row refuses the file and is named."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import PurePath

from etl.extract.dates import BadTime, decide_order, on_the_clock, parse_moment, parse_time
from etl.extract.notes import thin
from etl.extract.rows import Row, Table, name_lines, yes_or_no
from etl.model import Extract, How, Interruption, LogExport, Note, Refused

NEEDED = ("started_at", "minutes")
COLUMNS = (*NEEDED, "about_location", "asked_by", "topic", "team_could", "answered_at", "via", "note", "role")
ROLES = ("leadership", "management", "clinical", "personal")
MOST_MINUTES = 1440
SHAPE = (
    f"The first line of an interruption log names its columns: {', '.join(NEEDED)} (these two are needed), "
    f"{', '.join(COLUMNS[2:])}"
)

# 7,5 has a decimal comma; 1,000 could be read two ways and is refused.
_MINUTES = re.compile(r"[0-9]+(?:\.[0-9]+|,[0-9]{1,2})?")
_LATER_THE_SAME_NIGHT = timedelta(hours=12)

_ODD_TIMES = {
    "": "",
    "skipped": "started_at is a time that the clocks skipped that night; it was read by the clock from before",
    "twice": "started_at came twice that night, as the clocks went back; the first was taken. If it was the second, write"
    " its offset behind it, such as -05:00",
}


class _Wrong(Exception):  # noqa: N818
    """What is wrong in one row and how to mend it, as plain sentences."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


def is_log(table: Table) -> bool:
    """Whether the header is that of an interruption log, be it with a column missing."""
    named = set(COLUMNS) & set(table.columns)
    return "started_at" in named or len(named) >= 2


def read_log(table: Table, how: How) -> Extract:
    """All interruptions of a log, a row that repeats another one once. Raises Refused naming the first wrong row."""
    table.need({column: column for column in NEEDED}, SHAPE)
    moments = [(row.line, table.text(row, column)) for row in table.rows for column in ("started_at", "answered_at")]
    dates = decide_order(moments, how.date_order, table.file_name)
    first_seen: dict[Interruption, Interruption] = {}
    repeats: list[Note] = []
    odd_times: list[Note] = []
    wrong: list[tuple[int, _Wrong]] = []
    for row in table.rows:
        try:
            read = _interruption(table, row, dates.order, how)
        except _Wrong as fault:
            wrong.append((row.line, fault))
            continue
        first = first_seen.setdefault(replace(read, line=0), read)
        if first is not read:
            repeats.append(Note(row.line, f"this row says the same as line {first.line}; it counts once"))
        elif odd := _ODD_TIMES[on_the_clock(read.started_at, how.zone)]:
            odd_times.append(Note(row.line, odd))
    if wrong:
        raise _refusal(table.file_name, wrong)
    log = LogExport(PurePath(table.file_name).stem, tuple(first_seen.values()), table.file_name)
    notes = (*table.notes, *_unknown_columns(table), *dates.notes, *table.long_notes(), *repeats, *odd_times)
    return Extract((log,), thin(notes))


def _interruption(table: Table, row: Row, order: str, how: How) -> Interruption:
    started_at = _moment(table.text(row, "started_at"), "started_at", order)
    return Interruption(
        started_at=started_at,
        minutes=_minutes(table.text(row, "minutes")),
        about=table.text(row, "about_location"),
        asked_by=table.text(row, "asked_by"),
        topic=table.text(row, "topic"),
        team_could=_team_could(table.text(row, "team_could")),
        answered_at=_answered_at(table.text(row, "answered_at"), started_at, order, how),
        via=table.text(row, "via"),
        note=table.text(row, "note"),
        role=_role(table.text(row, "role")),
        line=row.line,
    )


def _moment(text: str, column: str, order: str) -> datetime:
    try:
        return parse_moment(text, order)
    except BadTime as fault:
        raise _Wrong(f"{column} {fault}", "Write a date and a time of day, such as 2026-09-14 10:20") from None


def _minutes(text: str) -> float:
    minutes = float(text.replace(",", ".")) if _MINUTES.fullmatch(text) else 0.0
    if not 0 < minutes <= MOST_MINUTES:
        what = f"minutes must be a number of more than 0 and at most {MOST_MINUTES} (a day)"
        raise _Wrong(what, "Write how many minutes it took, such as 6 or 7.5")
    return minutes


def _team_could(text: str) -> bool | None:
    try:
        return yes_or_no(text)
    except ValueError:
        raise _Wrong("team_could is neither yes nor no", "Write yes, no, or leave it blank when not known") from None


def _role(text: str) -> str:
    role = text.casefold() or "management"
    if role not in ROLES:
        mend = f"Write {', '.join(ROLES[:-1])} or {ROLES[-1]}, or leave it blank for management"
        raise _Wrong("role is none that an interruption can have", mend)
    return role


def _answered_at(text: str, started_at: datetime, order: str, how: How) -> datetime | None:
    """When it was answered. A time alone is on the day of the start, or past midnight within 12 hours of it."""
    if not text:
        return None
    try:
        clock = parse_time(text)
    except BadTime:
        answered = _moment(text, "answered_at", order)
    else:
        answered = datetime.combine(started_at.date(), clock, started_at.tzinfo)
        if answered == started_at.replace(second=0):
            return started_at
        if answered < started_at < answered + timedelta(days=1) <= started_at + _LATER_THE_SAME_NIGHT:
            return answered + timedelta(days=1)
    if _aware(answered, how) < _aware(started_at, how):
        raise _Wrong("answered_at is earlier than started_at", "Write when it was answered, or leave it blank")
    return answered


def _aware(moment: datetime, how: How) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=how.zone)


def _unknown_columns(table: Table) -> Iterator[Note]:
    """By their number: a name that nobody knows can be anything, a patient's too."""
    unknown = [str(at) for at, column in enumerate(table.columns, 1) if column and column not in COLUMNS]
    if unknown:
        named = f"column {unknown[0]} of this line is" if len(unknown) == 1 else f"columns {', '.join(unknown)} of this line are"
        yield Note(table.header_line, f"{named} none that a log has, and not read")


def _refusal(file_name: str, wrong: list[tuple[int, _Wrong]]) -> Refused:
    (line, fault), *others = wrong
    mend = fault.mend
    if others:
        rows = "1 more row is" if len(others) == 1 else f"{len(others)} more rows are"
        mend += f". {rows} wrong, on {name_lines([at for at, _ in others])}"
    return Refused(file_name, fault.what, mend, line)
