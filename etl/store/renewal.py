"""A newer export in the place of the older ones of its source, whatever the order in which they are loaded.

An export has the last word on the events it holds, and on the days it covers: those of its events that do not recur, since
a calendar program cut to one week still hands over recurring events from their first day on. An event that it does not
hold although it covers a day of it was deleted, from the covered days on. What lies outside stays. Of two exports that
tell their age the newer has this word, of others the one loaded later.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import duckdb
import numpy as np

from etl.clock import Ints
from etl.model import Note
from etl.store import filings, sources, write
from etl.store.sources import Source
from etl.transform.rows import Dated, LogRow

_MOST_REMOVED = 1 / 3
_SQL = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Renewed:
    """What became of a source: rows by UID and original start, and hours before now that went and that were known."""

    new: int
    changed: int = 0
    gone: int = 0
    unchanged: int = 0
    removed_hours: float = 0.0
    known_hours: float = 0.0

    @property
    def asks(self) -> bool:
        """Whether so much of the known past would go that the owner should be asked: more than a third."""
        return self.removed_hours > self.known_hours * _MOST_REMOVED + 1e-6


def renew_calendar(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    found: Dated,
    pulled: Sequence[LogRow],
    also_held: Ints,
    exported_at: datetime | None,
    notes: Sequence[Note],
    days: tuple[int | None, int | None],
) -> Renewed:
    """Put an export of a calendar into its source: its plan, and the interruptions that stand in it (`pulled`).

    `also_held` are UIDs that it has beside those of the plan, `days` are those it covers, as sources.days_of gives them.
    """
    stored = con.execute(
        """select file_name, time_zone, content_key, read_zone, read_owners, read_rules, read_pulls
        from sources where source_id = ?""",
        [source.source_id],
    ).fetchall()
    read_owners = source.read_owners
    export_id = _export(con, source, days, min(exported_at or source.loaded_at, source.loaded_at))
    if not stored:
        _insert(con, "dated", found, source.source_id, export_id)
        write.insert(con, "log_rows", pulled, export_id=str(export_id))
        sources.state(con, source, notes)
        return Renewed(len(found.occurrence_id) + len(pulled))
    con.execute("create or replace temp table again as from dated limit 0")
    con.execute("create or replace temp table pulled as from log_rows limit 0")
    con.execute("create or replace temp table held (uid bigint)")
    _insert(con, "again", found, source.source_id, export_id)
    write.insert(con, "pulled", pulled, export_id=str(export_id))
    write.insert_columns(con, "held", {"uid": np.unique(np.concatenate([found.uid, also_held]))})
    write.run(con, _SQL / "renew.sql", source=source.source_id, export=export_id)
    if con.execute("select count(*) from newer").fetchall()[0][0]:  # what is stored of the source says more of it
        names = ("file_name", "time_zone", "content_key", "read_zone", "read_owners", "read_rules", "read_pulls")
        source = replace(source, **dict(zip(names, stored[0], strict=True)))
        sources.state(con, source)
    else:
        sources.state(con, source, notes)
    counts = write.run(con, _SQL / "compare.sql", source=source.source_id, now=source.loaded_at).fetchall()[0]
    for table in ("was", "again", "pulled", "held", "newer", "had", "better", "over"):
        con.execute(f"drop table {table}")
    con.execute("drop view of_calendars")
    renewed = Renewed(*counts)
    # Read by other mail addresses of the owner, other invitations are declined: that was asked for.
    return renewed if not stored or stored[0][4] == read_owners else replace(renewed, removed_hours=0.0)


def renew_log(
    con: duckdb.DuckDBPyConnection, source: Source, rows: Sequence[LogRow], began: Sequence[datetime], notes: Sequence[Note]
) -> Renewed:
    """Put a log into its source: its rows take the place of those between the first and the last of all that it holds, which
    began at these moments."""
    con.execute(
        """create or replace temp table was as
        select interruption_id, starts_at, ends_at from log_rows where source_id = ?""",
        [source.source_id],
    )
    if began:
        con.execute(
            "delete from log_rows where source_id = ? and starts_at between ? and ?",
            [source.source_id, min(began), max(began)],
        )
    write.insert(con, "log_rows", rows)
    before = con.execute("select read_pulls from sources where source_id = ?", [source.source_id]).fetchall()
    sources.state(con, source, notes)
    counts = con.execute(
        """with compared as (
            select w.interruption_id is not null as had, l.interruption_id is not null as has,
                greatest(epoch_us(least(w.ends_at, $now)) - epoch_us(w.starts_at), 0) / 3600e6 as had_hours,
                greatest(epoch_us(least(l.ends_at, $now)) - epoch_us(l.starts_at), 0) / 3600e6 as has_hours
            from was as w full join (from log_rows where source_id = $source) as l using (interruption_id)
        )
        select count(*) filter (where not had), 0, count(*) filter (where not has), count(*) filter (where had and has),
            greatest(coalesce(sum(had_hours) filter (where not has), 0) - coalesce(sum(has_hours) filter (where not had), 0), 0),
            coalesce(sum(had_hours), 0)
        from compared""",
        {"source": source.source_id, "now": source.loaded_at},
    ).fetchall()[0]
    con.execute("drop table was")
    # Read by other telephone numbers, others are left out: that was asked for.
    return Renewed(*counts) if before in ([], [(source.read_pulls,)]) else replace(Renewed(*counts), removed_hours=0.0)


def _insert(con: duckdb.DuckDBPyConnection, table: str, found: Dated, source_id: str, export_id: int) -> None:
    columns = {
        "occurrence_id": found.occurrence_id,
        "uid": found.uid,
        "uid_order": found.uid_order,
        "original": found.original,
        "original_clock": found.original_clock,
        "starts_at": found.starts_at,
        "ends_at": found.ends_at,
        "clock": found.clock,
        "filing_id": filings.numbers(con, found.filings)[found.filed],
        "status": found.status,
        "left_out": found.left_out,
    }
    write.insert_columns(
        con,
        table,
        columns,
        starts_at="make_timestamptz(starts_at * 1000000)",
        ends_at="make_timestamptz(ends_at * 1000000)",
        source_id=write.quoted(source_id),
        export_id=str(export_id),
    )


def _export(
    con: duckdb.DuckDBPyConnection, source: Source, days: tuple[int | None, int | None], exported_at: datetime | None
) -> int:
    """State the export with what it covers, from the first to the last day of its events that do not recur; its number.

    Of the older ones only those are of use that tell their age.
    """
    con.execute(
        "delete from exports where source_id = ? and (exported_at is null or content_key = ?)",
        [source.source_id, source.content_key],
    )
    first, last = days
    return int(
        con.execute(
            """insert into exports
            select
                coalesce((select max(export_id) from (from (select export_id from exports) union all select export_id from dated
                    union all select export_id from log_rows)), 0) + 1,
                $source, $content_key, $exported_at::timestamptz,
                instant_at(time_zone, timezone(time_zone, make_timestamptz($first::bigint))::date::timestamp),
                instant_at(time_zone, (timezone(time_zone, make_timestamptz($last::bigint))::date + 1)::timestamp)
            from practice
            returning export_id""",
            {
                "source": source.source_id,
                "content_key": source.content_key,
                "exported_at": exported_at,
                "first": None if first is None else first * 1_000_000,
                "last": None if last is None else last * 1_000_000,
            },
        ).fetchall()[0][0]
    )
