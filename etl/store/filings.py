"""The distinct texts of events: each stored once, however many events share it, and gone with the last of them."""

import dataclasses
from collections.abc import Sequence

import duckdb
import numpy as np

from etl.clock import Ints
from etl.store import write
from etl.store.kept import schemas
from etl.transform.filed import Filed

_COLUMNS = tuple(field.name for field in dataclasses.fields(Filed))


def numbers(con: duckdb.DuckDBPyConnection, wanted: Sequence[Filed]) -> Ints:
    """The number of each of these; those that are not there yet are put in."""
    stored = con.execute(f"select {', '.join(_COLUMNS)}, filing_id from filings").fetchall()
    known = {Filed(*values): number for *values, number in stored}
    new = [filed for filed in dict.fromkeys(wanted) if filed not in known]
    first = max(known.values(), default=0) + 1
    known |= {filed: first + n for n, filed in enumerate(new)}
    if new:
        columns = {name: write.texts([getattr(filed, name) for filed in new]) for name in _COLUMNS}
        ids = np.arange(first, first + len(new), dtype=np.int32)
        write.insert_columns(con, "filings", {"filing_id": ids, **columns})
    return np.array([known[filed] for filed in wanted], np.int32)


def update(con: duckdb.DuckDBPyConnection, changed: Sequence[tuple[int, Filed]]) -> None:
    """Put these in the place of the rows of their numbers."""
    if not changed:
        return
    columns = {name: write.texts([getattr(filed, name) for _, filed in changed]) for name in _COLUMNS}
    con.register("incoming", {"number": np.array([number for number, _ in changed], np.int32), **columns})
    con.execute(
        f"""update filings set {", ".join(f"{name} = incoming.{name}" for name in _COLUMNS)}
        from incoming where filing_id = incoming.number"""
    )
    con.unregister("incoming")


def prune(con: duckdb.DuckDBPyConnection) -> None:
    """Take out the texts that no occurrence has any more; the file must be written anew after it."""
    used = " union all ".join(f"select filing_id from {schema}.dated" for schema in schemas(con))
    if con.execute(f"delete from filings where filing_id not in ({used})").fetchall()[0][0]:
        con.execute("update about_file set rewrite_due = true")
