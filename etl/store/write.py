"""Rows into tables, in bulk: DuckDB reads NumPy columns as they lie in memory."""

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Any], **settled: str) -> None:
    """Insert frozen dataclasses whose fields are named as the table's columns; `settled` are SQL values for the rest."""
    if rows:
        names = [field.name for field in dataclasses.fields(rows[0])]
        insert_columns(con, table, {name: texts([getattr(row, name) for row in rows]) for name in names}, **settled)


def insert_columns(con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, NDArray[Any]], **settled: str) -> None:
    """Insert columns named as the table's; `settled` are SQL values for the rest, which may name any of the columns."""
    values = {name: name for name in columns} | settled
    con.register("incoming", dict(columns))
    con.execute(f"insert into {table} ({', '.join(values)}) select {', '.join(values.values())} from incoming")
    con.unregister("incoming")


def texts(values: Sequence[Any]) -> NDArray[np.object_]:
    """A column of Python's own values, of which any may be None."""
    return np.fromiter(values, object, len(values))


def run(con: duckdb.DuckDBPyConnection, file: Path, **parameters: Any) -> duckdb.DuckDBPyConnection:
    """Run the statements of an .sql file, each of which ends a line with its semicolon; gives the answer of the last."""
    for statement in file.read_text("utf-8").split(";\n"):
        if statement.strip():
            con.execute(statement, {name: value for name, value in parameters.items() if f"${name}" in statement})
    return con


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
