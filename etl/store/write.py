"""Rows into tables, in bulk."""

import dataclasses
import types
import typing
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

_ARROW = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), datetime: pa.timestamp("us", tz="UTC")}


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Any], **settled: str) -> None:
    """Insert frozen dataclasses whose fields are named as the table's columns; `settled` are SQL values for the rest."""
    if not rows:
        return
    hints = typing.get_type_hints(type(rows[0]))
    names = [f.name for f in dataclasses.fields(rows[0])]
    arrays = [pa.array([getattr(row, name) for row in rows], type=_ARROW[_plain(hints[name])]) for name in names]
    con.register("incoming", pa.table(dict(zip(names, arrays, strict=True))))
    columns = ", ".join([*names, *settled])
    values = ", ".join([*names, *settled.values()])
    con.execute(f"insert into {table} ({columns}) select {values} from incoming")
    con.unregister("incoming")


def _plain(hint: Any) -> type:
    """`str | None` → `str`"""
    if isinstance(hint, types.UnionType):
        hint = next(a for a in typing.get_args(hint) if a is not type(None))
    return typing.cast(type, hint)
