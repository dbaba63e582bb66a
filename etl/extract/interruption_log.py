"""The interruption log as a table. Its numbers were typed by the owner, so a wrong row refuses the file and is named."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import PurePath

from etl.extract.dates import BadCell, decide_order, named, parse_minutes, parse_moment, parse_time, yes_or_no
from etl.extract.notes import thin
from etl.extract.rows import Table
from etl.model import Extract, How, Interruption, LogExport, Note, Refused

NEEDED = ("started_at", "minutes")
COLUMNS = (*NEEDED, "about_location", "asked_by", "topic", "team_could", "answered_at", "via", "note", "role", "estimated")
ROLES = ("leadership", "management", "clinical", "personal")
MOST_MINUTES = 1440
MOST_ROWS = 100_000
MOST_WRONG = 1_000  # rows after which nobody wants to know of more
SHAPE = (
    f"The first line of an interruption log names its columns: {', '.join(NEEDED)} (these two are needed), "
    f"{', '.join(COLUMNS[2:])}"
)
_WRITE = {
    "started_at": "Write a date and a time of day, such as 2026-09-14 10:20",
    "answered_at": "Write when it was answered, such as 10:30 or 2026-09-14 10:30, or leave it blank",
    "minutes": "Write how many minutes it took, such as 6 or 7.5",
    "team_could": "Write yes, no, or leave it blank when not known",
    "estimated": "Write yes where when or how long it was is a guess, else no, or leave it blank",
    "role": f"Write {', '.join(ROLES[:-1])} or {ROLES[-1]}, or leave it blank for management",
}
_ONE_NIGHT = timedelta(hours=12)


def is_log(table: Table) -> bool:
    """Whether the header is that of an interruption log, be it with a column missing; other tables have minutes and notes too."""
    known = set(COLUMNS) & set(table.columns)
    return "started_at" in known or (len(known) >= 2 and 2 * len(known) >= len(table.columns))


def read_log(table: Table, how: How) -> Extract:
    """All interruptions of a log, a row that repeats another one once. Raises Refused naming the first wrong row."""
    table.need({column: column for column in NEEDED}, SHAPE)
    rows, long = table.take(COLUMNS)
    if len(rows) > MOST_ROWS:
        what = f"the log has more than {MOST_ROWS:,} interruptions"
        raise Refused(table.file_name, what, "Split it into several files, by year say", rows[MOST_ROWS][0])
    at = COLUMNS.index("answered_at")
    dates = decide_order([(line, cells[nth]) for line, cells in rows for nth in (0, at)], how.date_order, table.file_name)
    first_seen: dict[Interruption, Interruption] = {}
    repeats: list[Note] = []
    odd_times: list[Note] = []
    wrong: list[tuple[int, BadCell]] = []
    for line, cells in rows:
        try:
            read = _interruption(line, cells, dates.order, how)
        except BadCell as fault:
            wrong.append((line, fault))
            if len(wrong) > MOST_WRONG:
                break
            continue
        first = first_seen.setdefault(replace(read, line=0), read)
        if first is not read:
            repeats.append(Note(line, f"this row says the same as line {first.line}; it counts once"))
        elif odd := _odd(read.started_at, how.zone):
            odd_times.append(Note(line, odd))
    if wrong:
        raise _refusal(table.file_name, wrong)
    log = LogExport(PurePath(table.file_name).stem, tuple(first_seen.values()), table.file_name)
    notes = (*table.notes, *_unknown_columns(table), *dates.notes, *long, *repeats, *odd_times)
    return Extract((log,), thin(notes))


def _odd(moment: datetime, zone: tzinfo) -> str:
    """What a change of the clocks makes of a start on the wall clock; "" for nothing."""
    first, second = (_aware(moment, zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if moment.tzinfo or first == second:
        return ""
    if first > second:
        return "started_at is a time that the clocks skipped that night; it was read by the clock from before"
    taken = "started_at came twice that night, as the clocks went back; the first was taken"
    return f"{taken}. If it was the second, write its offset behind it, such as -05:00"


def _interruption(line: int, cells: tuple[str, ...], order: str, how: How) -> Interruption:
    started, minutes, about, asked_by, topic, could, answered, via, note, role, estimated = cells
    started_at = named("started_at", parse_moment, started, order)
    return Interruption(
        started_at=started_at,
        minutes=named("minutes", _minutes, minutes),
        about=about,
        asked_by=asked_by,
        topic=topic,
        team_could=named("team_could", yes_or_no, could),
        answered_at=_answered_at(answered, started_at, order, how.zone) if answered else None,
        via=via,
        note=note,
        role=named("role", _role, role),
        estimated=named("estimated", yes_or_no, estimated) or False,
        line=line,
    )


def _minutes(text: str) -> float:
    try:
        minutes = parse_minutes(text)
    except BadCell:
        minutes = 0.0
    if not 0 < minutes <= MOST_MINUTES:
        raise BadCell(f"must be a number of more than 0 and at most {MOST_MINUTES} (a day)")
    return minutes


def _role(text: str) -> str:
    role = text.casefold() or "management"
    if role not in ROLES:
        raise BadCell("is none that an interruption can have")
    return role


def _answered_at(text: str, started_at: datetime, order: str, zone: tzinfo) -> datetime:
    """When it was answered. A time alone is on the day of the start, or past midnight within 12 hours of it."""
    try:
        clock = parse_time(text)
    except BadCell:
        answered = named("answered_at", parse_moment, text, order)
    else:
        answered = datetime.combine(started_at.date(), clock, clock.tzinfo or started_at.tzinfo)
        if answered == started_at.replace(second=0):
            return started_at
        later = answered + timedelta(days=1)
        if _aware(answered, zone) < _aware(started_at, zone) < _aware(later, zone) <= _aware(started_at, zone) + _ONE_NIGHT:
            return later
    if _aware(answered, zone) < _aware(started_at, zone):
        raise BadCell("is earlier than started_at", "answered_at")
    return answered


def _aware(moment: datetime, zone: tzinfo) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _unknown_columns(table: Table) -> Iterator[Note]:
    """By their number: a name that nobody knows can be anything, a patient's too."""
    unknown = [str(at) for at, column in enumerate(table.columns, 1) if column and column not in COLUMNS]
    if unknown:
        those_are = (
            f"column {unknown[0]} of this line is" if len(unknown) == 1 else f"columns {', '.join(unknown)} of this line are"
        )
        yield Note(table.header_line, f"{those_are} none that a log has, and not read")


def _refusal(file_name: str, wrong: list[tuple[int, BadCell]]) -> Refused:
    (line, fault), *others = wrong
    at = [str(line) for line, _ in others[:5]]
    if len(others) == 1:
        more = f". 1 more row is wrong, on line {at[0]}"
    else:
        last = "others" if len(others) > 5 else at.pop() if at else ""
        count = f"{len(others)} more" if len(others) < MOST_WRONG else f"At least {MOST_WRONG:,} more"
        more = f". {count} rows are wrong, on lines {', '.join(at)} and {last}" if others else ""
    return Refused(file_name, str(fault), _WRITE[fault.column] + more, line)
