"""Which source a file renews, and putting its rows in the place of the older ones."""

import itertools
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


def identify_calendar(con: duckdb.DuckDBPyConnection, name: str, file_stem: str, events: set[tuple[str, str]]) -> tuple[str, str]:
    """The source id and name of a calendar export: the stored calendar of that name that it renews, or a new one.

    Two different calendars can bear one name (Outlook calls every calendar "Calendar"): where fewer than a quarter of
    the stored events of the export's days are in the export too, it is another one, told apart by its file's name.
    A few are shared even then, since one meeting may stand on two calendars. `events` are hashed UID and original start.
    """
    days = [original[:8] for _, original in events]
    same = con.execute(
        """with again as (select unnest($uids) as uid),
        alike as (
            select s.source_id, s.name, count(distinct o.uid) filter (where again.uid is not null) as shared,
                count(distinct o.uid) filter (where left(o.original, 8) between $first and $last) as near
            from sources as s left join occurrences as o using (source_id) left join again on again.uid = o.uid
            where s.kind = 'calendar' and (s.name = $name or starts_with(s.name, $name || ' ('))
            group by s.source_id, s.name
        )
        select source_id, name from alike where shared * 4 >= near and (shared > 0 or name = $name)
        order by shared desc, length(name), name limit 1""",
        {
            "name": name,
            "uids": sorted({uid for uid, _ in events}),
            "first": min(days, default=""),
            "last": max(days, default=""),
        },
    ).fetchall()
    if same:
        return str(same[0][0]), str(same[0][1])
    taken = {row[0] for row in con.execute("select name from sources where kind = 'calendar'").fetchall()}
    names = itertools.chain([name, f"{name} ({file_stem})"], (f"{name} ({file_stem}, {n})" for n in itertools.count(2)))
    free = next(each for each in names if each not in taken)
    return f"calendar/{free}", free


def renew(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    rows: Sequence[OccurrenceRow | LogRow],
    notes: Sequence[Note],
) -> None:
    """Put a source's rows in the place of its older ones. What lies outside the new export's own days stays, and what
    the owner took out of a log by hand stays out.

    An export's days are those of its events that do not recur: a calendar program cut to one week still hands over
    recurring events from their first day on.
    """
    table = "occurrences" if source.kind == "calendar" else "log_rows"
    _forget_replaced(con, table, source.source_id, rows)
    taken_out = {row[0] for row in con.execute("select interruption_id from log_forgotten").fetchall()}
    rows = [row for row in rows if isinstance(row, OccurrenceRow) or row.interruption_id not in taken_out]
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
    """Take a source out with all its rows; the file must be written anew after it.

    An archive that held it beside others is no longer known, so that loading it again brings the source back.
    """
    con.execute(
        "update sources set content_key = '' where content_key in (select content_key from sources where source_id = ?)",
        [source_id],
    )
    for table in ("occurrences", "log_rows", "load_notes", "sources"):
        con.execute(f"delete from {table} where source_id = ?", [source_id])
    con.execute("update about_file set rewrite_due = true")


def _forget_replaced(con: duckdb.DuckDBPyConnection, table: str, source_id: str, rows: Sequence[OccurrenceRow | LogRow]) -> None:
    if not con.execute("select count(*) from sources where source_id = ?", [source_id]).fetchall()[0][0]:
        return
    con.execute("create or replace temp table again (uid varchar, starts_at timestamptz)")
    write.insert(
        con,
        "again",
        [_Again(r.uid if isinstance(r, OccurrenceRow) else str(n), r.starts_at) for n, r in enumerate(rows)],
    )
    same_event = "uid in (select uid from again) or" if table == "occurrences" else ""
    gone = con.execute(
        f"""delete from {table} using (
            select min(starts_at) as from_at, max(starts_at) as to_at
            from (select * from again qualify count(*) over (partition by uid) = 1)
        ) as days
        where source_id = $source and ({same_event} starts_at between days.from_at and days.to_at)""",
        {"source": source_id},
    ).fetchall()
    con.execute("drop table again")
    if gone[0][0]:
        con.execute("update about_file set rewrite_due = true")


@dataclass(frozen=True, slots=True)
class _Again:
    uid: str
    starts_at: datetime
