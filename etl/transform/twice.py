"""The same interruption in several logs: one of its rows is counted, the others are held back until the owner has answered."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.store import write

_SQL = Path(__file__).with_name("twice.sql")
Rank = tuple[int, bool, str]


@dataclass(slots=True)
class _One:
    """Rows that are one interruption: the one that stands, all of them, and their logs."""

    rank: Rank
    rows: list[str]
    logs: set[str]


def hold(con: duckdb.DuckDBPyConnection) -> None:
    """Hold back, of the rows of different logs that look like one interruption or were called so, all but the one that says
    most. No two of one log are held for the same, nor any that the owner called two."""
    con.execute("delete from log_held")
    logs = con.execute("select distinct coalesce(origins, [source_id]) from log_rows limit 2").fetchall()
    if len(logs) < 2 and not con.execute("select 1 from log_verdicts where same limit 1").fetchall():
        return
    pairs = write.run(con, _SQL).fetchall()
    facts = con.execute("select interruption_id, rank, sources from once").fetchall() if pairs else []
    con.execute("drop table once")
    of = {row: _One(rank, [row], set(logs)) for row, rank, logs in facts}
    told: dict[str, _One] = {}
    apart: dict[str, set[str]] = {}
    for one, two, same in pairs:
        if same is False:
            apart.setdefault(one, set()).add(two)
            apart.setdefault(two, set()).add(one)
            continue
        a, b = of[one], of[two]
        if a is b or not (same or a.logs.isdisjoint(b.logs)):
            continue
        if any(not apart.get(row, set()).isdisjoint(b.rows) for row in a.rows):
            continue
        both = _One(min(a.rank, b.rank), [*a.rows, *b.rows], a.logs | b.logs)
        of |= dict.fromkeys(both.rows, both)
        if same:
            told |= dict.fromkeys(both.rows, both)
    held = [
        (row, stands, row in told and told[row] is told.get(stands))
        for row, (_, _, stands) in ((row, each.rank) for row, each in of.items())
        if row != stands
    ]
    if held:
        names = ("interruption_id", "twin_id", "settled")
        write.insert_columns(con, "log_held", dict(zip(names, map(write.texts, zip(*held, strict=True)), strict=True)))
