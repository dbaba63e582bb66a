"""Take a table along: csv, parquet, xlsx; the counted time also as a calendar, the role as its category."""

import csv
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TextIO

import duckdb

from etl.model import Refused, WrongUsage
from etl.store.connection import sentences

COLUMNS = {
    "sources": "source_id, kind, name, file_name, loaded_at, covers_from, covers_to, time_zone",
    "occurrences": (
        "occurrence_id, source_id, uid, starts_at, ends_at, all_day, title, place_text, calendar,"
        " counted, not_counted_because, role, activity, location, decided_by"
    ),
    "interruptions": (
        "interruption_id, source_id, starts_at, ends_at, about_location, asked_by, topic, team_could, answered_at,"
        " note, via, role, estimated"
    ),
    "time_slices": (
        "starts_at, ends_at, role, activity, location, occurrence_id, interruption_id, displaced_role, displaced_location"
    ),
    "hand_overs": ("hand_over_id, kind, topic, uid, group_key, to_role, from_day, good, decides, comes_when, made_at, ended_on"),
    "hand_over_locations": "hand_over_id, location",
    "planned_blocks": "block_id, starts_at, ends_at, made_at",
}
"""What each table hands out: the columns of the contract."""

ORDER = {
    "sources": "source_id",
    "occurrences": "starts_at, occurrence_id",
    "interruptions": "starts_at, interruption_id",
    "time_slices": "starts_at",
    "hand_overs": "made_at, hand_over_id",
    "hand_over_locations": "hand_over_id, location",
    "planned_blocks": "starts_at, block_id",
}
"""How the rows of each are sorted."""

_LONGEST_CELL, _MOST_ROWS = 32_767, 1_048_575  # what a sheet of Excel holds, its header aside
_EXACT = 2**53  # a cell of Excel holds no longer number to its last digit: ids are text there
_NEW = ".new"  # while it is being written
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def export(con: duckdb.DuckDBPyConnection, table: str, out: Path) -> int:
    """Write one table to a file by the file's ending, all or nothing; gives the number of rows.

    Times are the practice's wall clock: with their offset in csv, without in xlsx, which knows none; instants in
    parquet and ics. Raises WrongUsage for an unknown table or ending, StoreError where the file cannot be written.
    """
    if table not in COLUMNS:
        raise WrongUsage(table, "there is no such table to export", f"Choose one of {', '.join(COLUMNS)}")
    ending = out.suffix.lower()
    if ending == ".ics" and table != "time_slices":
        raise WrongUsage(out.name, "only time_slices can be written as a calendar", "Choose csv, parquet or xlsx")
    if ending not in _WRITERS:
        raise WrongUsage(
            out.name,
            "this ending is not known",
            "Name a file ending in .csv, .parquet or .xlsx, or .ics for time_slices",
        )
    new = out.with_name(out.name + _NEW)
    try:
        with sentences(out):
            count = _WRITERS[ending](con, table, new)
            new.replace(out)
    finally:
        new.unlink(missing_ok=True)
    return count


def select(
    con: duckdb.DuckDBPyConnection, table: str, columns: str, order: str, instants: str = "{0}::varchar"
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Names and rows of a table; `instants` is the SQL for a point in time, with {} for its column."""
    types = con.execute(f"describe select {columns} from {table}").fetchall()
    picked = [instants.format(name) if kind == "TIMESTAMP WITH TIME ZONE" else name for name, kind, *_ in types]
    zone = con.execute("select time_zone from practice").fetchall()[0][0]
    con.execute(f"set TimeZone = '{zone}'")  # an IANA name, verified when the practice was read
    try:
        rows = con.execute(f"select {', '.join(picked)} from {table} order by {order}").fetchall()
    finally:
        con.execute("set TimeZone = 'UTC'")
    return [name for name, *_ in types], rows


def _csv(con: duckdb.DuckDBPyConnection, table: str, out: Path) -> int:
    names, rows = select(con, table, COLUMNS[table], ORDER[table])
    with out.open("w", encoding="utf-8-sig", newline="") as f:
        write_csv(f, names, rows)
    return len(rows)


def write_csv(out: TextIO, names: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """A table as CSV whose every cell is harmless."""
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([harmless(value) for value in row] for row in rows)


def harmless(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets a ' in front, which shows it as text."""
    if isinstance(value, str) and value.startswith(_RISKY):
        return "'" + value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def _xlsx(con: duckdb.DuckDBPyConnection, table: str, out: Path) -> int:
    import xlsxwriter  # only here: the command line starts faster without it

    names, rows = select(con, table, COLUMNS[table], ORDER[table], "timezone(current_setting('TimeZone'), {0})")
    shown = out.name.removesuffix(_NEW)
    if len(rows) > _MOST_ROWS:
        raise Refused(shown, f"an Excel sheet holds no more than {_MOST_ROWS:,} rows", "Choose csv or parquet")
    if any(isinstance(value, str) and len(value) > _LONGEST_CELL for row in rows for value in row):
        what = f"a text is longer than the {_LONGEST_CELL:,} characters that a cell of Excel holds"
        raise Refused(shown, what, "Choose csv or parquet")
    book = xlsxwriter.Workbook(str(out), {"in_memory": True})  # else it puts texts into temporary files on the way
    sheet = book.add_worksheet(table)
    bold, time, day = (
        book.add_format(form) for form in ({"bold": True}, {"num_format": "yyyy-mm-dd hh:mm:ss"}, {"num_format": "yyyy-mm-dd"})
    )
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, bold)
    sheet.set_column(0, len(names) - 1, 18)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            elif isinstance(value, bool):
                sheet.write_boolean(number, column, value)
            elif isinstance(value, int) and abs(value) > _EXACT:
                sheet.write_string(number, column, str(value))
            elif isinstance(value, date):
                sheet.write_datetime(number, column, value, time if isinstance(value, datetime) else day)
            elif value is not None:
                sheet.write_number(number, column, value)
    book.close()
    return len(rows)


def _parquet(con: duckdb.DuckDBPyConnection, table: str, out: Path) -> int:
    path = str(out).replace("'", "''")
    con.execute(f"copy (select {COLUMNS[table]} from {table} order by {ORDER[table]}) to '{path}' (format parquet)")
    return int(con.execute(f"select count(*) from {table}").fetchall()[0][0])


def _ics(con: duckdb.DuckDBPyConnection, table: str, out: Path) -> int:
    from ics import Calendar, Event  # its honest place: writing

    rows = con.execute(
        """select epoch(starts_at), epoch(ends_at), role, activity, location from time_slices order by starts_at"""
    ).fetchall()
    calendar = Calendar(creator="-//Owner Time//counted time//EN")
    for starts, ends, role, activity, location in rows:
        begin = datetime.fromtimestamp(starts, UTC)
        calendar.events.add(
            Event(
                name=f"{role.capitalize()}{f' ({activity})' if activity else ''}, {location}",
                begin=begin,
                end=datetime.fromtimestamp(ends, UTC),
                uid=f"{begin:%Y%m%dT%H%M%SZ}@owner-time.invalid",  # the same slice again is the same event
                created=begin,
                location=location,
                categories={role},
                transparent=True,  # laid beside the plan, it must not make the owner look busy twice
            )
        )
    with out.open("w", encoding="utf-8", newline="") as f:
        f.writelines(calendar.serialize_iter())
    return len(rows)


_WRITERS: dict[str, Callable[[duckdb.DuckDBPyConnection, str, Path], int]] = {
    ".csv": _csv,
    ".parquet": _parquet,
    ".xlsx": _xlsx,
    ".ics": _ics,
}
