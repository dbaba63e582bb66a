"""Rows of the log that are changed by hand: which logs they came from, what the owner said of them, and how they were."""

from collections.abc import Collection, Sequence
from typing import Any

import duckdb

from etl.store.kept import schemas

_OF_TWO = "(interruption_id, twin_id) in (($one, $two), ($two, $one))"


def called_the_same(con: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> set[str]:
    """The other rows that the owner called the same as one of these, and those that were called the same as they."""
    pairs = con.execute("select interruption_id, twin_id from log_verdicts where same").fetchall() if ids else []
    reached = set(ids)
    while more := {twin for pair in pairs if not reached.isdisjoint(pair) for twin in pair} - reached:
        reached |= more
    return reached - set(ids)


def logs_of(con: duckdb.DuckDBPyConnection, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The logs that each of these rows came from, also one that was corrected before."""
    rows = con.execute(
        """select interruption_id, list_distinct(flatten(list(coalesce(origins, [source_id]))))
        from log_rows where interruption_id in (select unnest($ids::varchar[])) group by interruption_id""",
        {"ids": list(ids)},
    ).fetchall()
    return {interruption_id: tuple(sorted(logs)) for interruption_id, logs in rows}


def answer(con: duckdb.DuckDBPyConnection, one: str, two: str) -> bool | None:
    """What the owner said of two rows: that they are the same, or two; None where nothing."""
    found = con.execute(f"select same from log_verdicts where {_OF_TWO}", {"one": one, "two": two}).fetchall()
    return bool(found[0][0]) if found else None


def take_answer(con: duckdb.DuckDBPyConnection, one: str, two: str) -> bool:
    """Take back what the owner said of two rows; False where nothing was said."""
    gone = con.execute(f"delete from log_verdicts where {_OF_TWO} returning 1", {"one": one, "two": two})
    return bool(gone.fetchall())


def rename_verdicts(con: duckdb.DuckDBPyConnection, renamed: Sequence[tuple[str, str]]) -> None:
    """Let the owner's answers hold for rows that have another id now."""
    if renamed and con.execute("select 1 from log_verdicts limit 1").fetchall():
        con.execute(
            """update log_verdicts set
                interruption_id = coalesce($new[list_position($old, interruption_id)], interruption_id),
                twin_id = coalesce($new[list_position($old, twin_id)], twin_id)""",
            {"old": [old for old, _ in renamed], "new": [new for _, new in renamed]},
        )


def rows_of(con: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> list[tuple[str, dict[str, Any]]]:
    """Rows of the log by schema, times as text."""
    found = []
    for schema in schemas(con):
        picked = "* replace (starts_at::varchar as starts_at, ends_at::varchar as ends_at, answered_at::varchar as answered_at)"
        rows = con.execute(
            f"select {picked} from {schema}.log_rows where interruption_id in (select unnest($ids::varchar[]))",
            {"ids": list(ids)},
        )
        names = [column[0] for column in rows.description or ()]
        found += [(schema, dict(zip(names, row, strict=True))) for row in rows.fetchall()]
    return found
