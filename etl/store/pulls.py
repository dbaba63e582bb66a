"""Interruptions that stand in a calendar, in the place of those of its older exports; and rows that look like one twice."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import duckdb
import numpy as np

from etl.clock import Flags, Ints
from etl.store import write
from etl.store.renewal import Renewed
from etl.transform.rows import LogRow

_SQL = Path(__file__).parent


def renew_pulls(
    con: duckdb.DuckDBPyConnection,
    source_id: str,
    rows: Sequence[LogRow],
    no_longer: Collection[str],
    instances: Iterable[Ints | Flags],
) -> Renewed:
    """Put the interruptions of a calendar's newest loaded export into its log, by the rules of renewal.py: an export has the
    last word on what it holds and on the days it covers, unless a newer one covers them.

    `no_longer` are the ids of its events that are a plan now, `instances` are UID, original start, its clock, and whether it
    recurs, of those that are interruptions, which are no plan any more.
    """
    taken_out = {row[0] for row in con.execute("select interruption_id from log_forgotten").fetchall()}
    rows = [row for row in rows if row.interruption_id not in taken_out]
    con.execute("create or replace temp table held as from log_rows limit 0")
    write.insert(con, "held", rows)
    names = ("uid", "original", "original_clock", "recurs")
    con.execute("create or replace temp table instances (uid bigint, original bigint, original_clock tinyint, recurs tinyint)")
    write.insert_columns(con, "instances", dict(zip(names, (np.asarray(each, np.int64) for each in instances), strict=True)))
    con.execute("create or replace temp table planned (interruption_id varchar)")
    if no_longer:
        write.insert_columns(con, "planned", {"interruption_id": write.texts(list(no_longer))})
    counts = write.run(con, _SQL / "pulls.sql", source=source_id).fetchall()[0]
    con.execute("drop table held; drop table planned; drop table instances; drop table known; drop table over; drop table this")
    return Renewed(*counts)


def has_pulls(con: duckdb.DuckDBPyConnection, source_id: str) -> bool:
    """Whether a calendar has interruptions in the log."""
    return bool(con.execute("select 1 from log_rows where source_id = ? limit 1", [source_id]).fetchall())
