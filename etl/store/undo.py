"""The last load can be undone: what it changed is kept as it was, until the next one.

A load is one call for several files. Titles are not kept twice: they stay in `filings`, where everything that takes a
title out of the file finds them.
"""

from datetime import datetime

import duckdb

from etl.store import filings
from etl.store.kept import BEFORE, TABLES, schemas


def begin(con: duckdb.DuckDBPyConnection, loaded_at: datetime, file_name: str) -> None:
    """Begin a file of the load of this moment; what was kept of an earlier load goes."""
    if not con.execute("select 1 from last_load where loaded_at = ?", [loaded_at]).fetchall():
        forget(con)
    con.execute("insert into last_load values (?, ?)", [file_name, loaded_at])


def keep(con: duckdb.DuckDBPyConnection, source_id: str) -> None:
    """Keep a source as it is before this load changes it."""
    if con.execute("select 1 from last_load_sources where source_id = ?", [source_id]).fetchall():
        return  # an earlier file of this load changed it
    con.execute("insert into last_load_sources values (?)", [source_id])
    if not con.execute("select 1 from sources where source_id = ?", [source_id]).fetchall():
        return
    con.execute(f"create schema if not exists {BEFORE}")
    for table in TABLES:
        con.execute(f"create table if not exists {BEFORE}.{table} as from main.{table} limit 0")
        con.execute(f"insert into {BEFORE}.{table} by name from main.{table} where source_id = ?", [source_id])


def last(con: duckdb.DuckDBPyConnection) -> tuple[tuple[str, ...], str] | None:
    """The files of the last load and its moment (UTC, ISO), where there is one that can be undone."""
    rows = con.execute("select file_name, strftime(loaded_at, '%Y-%m-%dT%H:%M:%S.%f') from last_load").fetchall()
    return (tuple(name for name, _ in rows), rows[0][1]) if rows else None


def undo(con: duckdb.DuckDBPyConnection) -> None:
    """Put the sources of the last load back as they were; what the owner took out of a log since then stays out."""
    kept = schemas(con)
    for (source_id,) in con.execute("select source_id from last_load_sources").fetchall():
        for table in TABLES:
            con.execute(f"delete from main.{table} where source_id = ?", [source_id])
            if BEFORE in kept:
                con.execute(f"insert into main.{table} by name from {BEFORE}.{table} where source_id = ?", [source_id])
    con.execute("delete from log_rows where interruption_id in (from log_forgotten)")
    con.execute("update about_file set rewrite_due = true")
    forget(con)
    filings.prune(con)


def forget(con: duckdb.DuckDBPyConnection) -> None:
    """The last load can be undone no more."""
    con.execute("delete from last_load")
    con.execute("delete from last_load_sources")
    if BEFORE not in schemas(con):
        return
    con.execute(
        f"""update about_file set rewrite_due = true where exists (
            from {BEFORE}.log_rows where interruption_id not in (select interruption_id from main.log_rows))"""
    )
    con.execute(f"drop schema {BEFORE} cascade")
    filings.prune(con)
