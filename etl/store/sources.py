"""Which source a file renews, and putting its rows in the place of the older ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from etl.model import Note
from etl.store import write
from etl.transform.rows import LogRow, OccurrenceRow


@dataclass(frozen=True, slots=True)
class Source:
    """A row of the table `sources`; see schema.sql."""

    source_id: str
    kind: str
    name: str
    file_name: str
    loaded_at: datetime
    covers_from: datetime | None
    covers_to: datetime | None
    time_zone: str | None
    content_key: str
    read_zone: str
    read_owners: str
    read_rules: str
    read_until: datetime


@dataclass(frozen=True, slots=True)
class _NoteRow:
    source_id: str
    line: int | None
    note: str


def identify_calendar(con: duckdb.DuckDBPyConnection, name: str, file_name: str, uids: set[str]) -> tuple[str, str]:
    """The source id and name of a calendar export: the stored calendar of that name that it renews, or a new one.

    Two different calendars can bear one name (Outlook calls every calendar "Calendar"): where they share no event
    at all, the second is told apart by its file's name.
    """
    source_id = f"calendar/{name}"
    stored = {row[0] for row in con.execute("select distinct uid from occurrences where source_id = ?", [source_id]).fetchall()}
    if not stored or not uids or stored & uids:
        return source_id, name
    name = f"{name} ({file_name})"
    return f"calendar/{name}", name


def renew(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    rows: Sequence[OccurrenceRow | LogRow],
    notes: Sequence[Note],
) -> None:
    """Put a source's rows in the place of its older ones. What lies outside the new export's own days stays.

    An export's days are those of its events that do not recur: a calendar program cut to one week still hands over
    recurring events from their first day on.
    """
    table = "occurrences" if source.kind == "calendar" else "log_rows"
    _forget_replaced(con, table, source.source_id, rows)
    con.execute("delete from load_notes where source_id = ?", [source.source_id])
    write.insert(con, "load_notes", [_NoteRow(source.source_id, n.line, n.text) for n in notes])
    add_rows(con, source, rows)


def add_rows(con: duckdb.DuckDBPyConnection, source: Source, rows: Sequence[OccurrenceRow | LogRow]) -> None:
    """Add rows to a source, and state anew what it covers."""
    table = "occurrences" if source.kind == "calendar" else "log_rows"
    if rows and isinstance(rows[0], OccurrenceRow):
        write.insert(
            con,
            table,
            rows,
            counted="false",
            not_counted_because="left_out_because",
            location="coalesce(own_location, 'Practice-wide')",
        )
    else:
        write.insert(con, table, rows)
    con.execute("delete from sources where source_id = ?", [source.source_id])
    write.insert(con, "sources", [source])
    con.execute(
        f"""update sources set covers_from = c.from_at, covers_to = c.to_at
        from (select min(starts_at) as from_at, max(ends_at) as to_at from {table} where source_id = $source) as c
        where source_id = $source""",
        {"source": source.source_id},
    )


def remove(con: duckdb.DuckDBPyConnection, source_id: str) -> None:
    """Take a source out with all its rows; the file must be written anew after it."""
    for table in ("occurrences", "log_rows", "load_notes", "sources"):
        con.execute(f"delete from {table} where source_id = ?", [source_id])
    con.execute("update about_file set rewrite_due = true")


def _forget_replaced(
    con: duckdb.DuckDBPyConnection, table: str, source_id: str, rows: Sequence[OccurrenceRow | LogRow]
) -> None:
    if not con.execute("select count(*) from sources where source_id = ?", [source_id]).fetchall()[0][0]:
        return
    con.execute("create or replace temp table again (uid varchar, starts_at timestamptz, ends_at timestamptz)")
    write.insert(
        con,
        "again",
        [_Again(r.uid if isinstance(r, OccurrenceRow) else str(n), r.starts_at, r.ends_at) for n, r in enumerate(rows)],
    )
    same_event = "uid in (select uid from again) or" if table == "occurrences" else ""
    gone = con.execute(
        f"""delete from {table} using (
            select min(starts_at) as from_at, max(starts_at) as to_at
            from (select * from again qualify count(*) over (partition by uid) = 1)
        ) as days
        where source_id = ? and ({same_event} starts_at between days.from_at and days.to_at)""",
        [source_id],
    ).fetchall()
    con.execute("drop table again")
    if gone:
        con.execute("update about_file set rewrite_due = true")


@dataclass(frozen=True, slots=True)
class _Again:
    uid: str
    starts_at: datetime
    ends_at: datetime
