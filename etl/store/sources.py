"""The calendars and logs that are stored: which one an export renews, what it covers, taking one out."""

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb
import numpy as np

from etl.clock import DAY, Flags, Ints
from etl.columns import Columns
from etl.model import Note
from etl.store import filings, write
from etl.store.kept import TABLES, schemas


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
    read_pulls: str = ""


@dataclass(frozen=True, slots=True)
class _NoteRow:
    source_id: str
    line: int | None
    note: str


def identify_calendar(con: duckdb.DuckDBPyConnection, name: str, file_stem: str, found: Columns, uids: Ints) -> tuple[str, str]:
    """The source id and name of a calendar export: the stored calendar of that name that it renews, or a new one.

    Two different calendars can bear one name (Outlook calls every calendar "Calendar"): where fewer than a quarter of
    the stored events of the export's days (those of its events that do not recur, if there are any) are in the export too,
    it is another one, told apart by its file's name, unless it holds nothing that is not stored: then it has shrunk.
    A few are shared even then, since one meeting may stand on two calendars. `uids` are the hashed UIDs of the export.
    """
    taken = {row[0] for row in con.execute("select name from sources where kind = 'calendar'").fetchall()}
    if any(each == name or each.startswith(f"{name} (") for each in taken):
        con.register("again", {"uid": uids})
        first, last = days_of(found.start, found.end, found.recurs)
        if first is None or last is None:
            first, last = days_of(found.start, found.end, np.zeros(len(found), bool))
        same = con.execute(
            """with alike as (
                select source_id, name from sources
                where kind = 'calendar' and (name = $name or starts_with(name, $name || ' ('))
            ),
            events as (
                select source_id, uid, bool_or(original between $first and $last) as near
                from (
                    select source_id, uid, original from dated
                    union all select source_id, uid, epoch_us(starts_at) // 1000000 from log_rows where uid is not null
                ) semi join alike using (source_id) group by source_id, uid
            ),
            counted as (
                select
                    source_id,
                    count(*) filter (where uid in (select uid from again)) as shared,
                    count(*) filter (where near) as near
                from events group by source_id
            )
            select source_id, name from alike left join counted using (source_id)
            where coalesce(shared * 4 >= near or shared = (select count(distinct uid) from again), true)
                and (shared > 0 or name = $name)
            order by shared desc nulls last, length(name), name limit 1""",
            {"name": name, "first": (first or 0) // DAY * DAY, "last": (last or 0) // DAY * DAY + DAY - 1},
        ).fetchall()
        con.unregister("again")
        if same:
            return str(same[0][0]), str(same[0][1])
    free = _free(name, file_stem, taken)
    return f"calendar/{free}", free


def identify_calls(con: duckdb.DuckDBPyConnection, name: str, file_stem: str, began: Sequence[datetime]) -> str:
    """The name of the stored call list that an export renews, whose calls `began` at these moments, or a new one.

    The lists of two telephones bear one name: as of calendars, of the same one at least a quarter of what is stored of these
    days is there again.
    """
    taken = {row[0] for row in con.execute("select name from sources where kind = 'interruptions'").fetchall()}
    if name not in taken or not began:
        return name
    con.register("again", {"second": np.unique(np.array([int(moment.timestamp()) for moment in began], np.int64))})
    same = con.execute(
        """with stored as (select source_id, epoch_us(starts_at) // 1000000 as second from log_rows),
        counted as (
            select source_id, count(a.second) as shared, count(*) as near
            from stored as l left join again as a using (second)
            where l.second between (select min(second) from again) and (select max(second) from again)
            group by source_id
        )
        select name from sources left join counted using (source_id)
        where kind = 'interruptions' and read_pulls <> '' and (name = $name or starts_with(name, $name || ' ('))
            and coalesce(shared * 4 >= near, true)
        order by shared desc nulls last, name = $own desc, length(name), name limit 1""",
        {"name": name, "own": f"{name} ({file_stem})"},
    ).fetchall()
    con.unregister("again")
    return str(same[0][0]) if same else _free(name, file_stem, taken)


def _free(name: str, file_stem: str, taken: Collection[str]) -> str:
    """A name for another source, told apart by its file's name."""
    names = itertools.chain([name, f"{name} ({file_stem})"], (f"{name} ({file_stem}, {n})" for n in itertools.count(2)))
    return next(each for each in names if each not in taken)


def days_of(starts: Ints, ends: Ints, recurs: Flags) -> tuple[int | None, int | None]:
    """From when to when an export surely reaches (instants, seconds), None where nothing tells: the first end and the last
    start of its events that do not recur. A program cut to some days hands over a series from its first day on, and a
    holiday that reaches into them as a whole."""
    once = ~recurs
    if not once.any():
        return None, None
    return int(np.maximum(ends[once] - 1, starts[once]).min()), int(starts[once].max())


def state(con: duckdb.DuckDBPyConnection, source: Source, notes: Sequence[Note] | None = None) -> None:
    """State a source anew, with the days of its rows and, where they are given, what there was to say of its export."""
    if notes is not None:
        con.execute("delete from load_notes where source_id = ?", [source.source_id])
        write.insert(con, "load_notes", [_NoteRow(source.source_id, n.line, n.text) for n in notes])
    con.execute("delete from sources where source_id = ?", [source.source_id])
    write.insert(con, "sources", [source])
    restate(con, source.source_id)


def restate(con: duckdb.DuckDBPyConnection, source_id: str) -> None:
    """State the days of a source's rows anew."""
    con.execute(
        """update sources set covers_from = c.from_at, covers_to = c.to_at
        from (
            select min(starts_at) as from_at, max(ends_at) as to_at
            from (
                select starts_at, ends_at from dated where source_id = $source
                union all select starts_at, ends_at from log_rows where source_id = $source
            )
        ) as c
        where source_id = $source""",
        {"source": source_id},
    )


def remove(con: duckdb.DuckDBPyConnection, source_id: str) -> None:
    """Take a source out with all its rows, also those kept for an undo; the file must be written anew after it.

    An archive that held it beside others is no longer known, so that loading it again brings the source back.
    """
    for schema in schemas(con):
        con.execute(
            f"""update {schema}.sources set content_key = ''
            where content_key in (select content_key from {schema}.sources where source_id = ?)""",
            [source_id],
        )
        for table in TABLES:
            con.execute(f"delete from {schema}.{table} where source_id = ?", [source_id])
    con.execute("delete from last_load_sources where source_id = ?", [source_id])
    con.execute("delete from last_load where not exists (from last_load_sources)")
    filings.prune(con)
    con.execute("update about_file set rewrite_due = true")
