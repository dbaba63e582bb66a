"""What is stored, told to its owner: each table and column with its meaning, a few real rows, and the files on the disk."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.keyed import key_path

_WORDS = Path(__file__).parent / "store" / "columns.toml"
_TABLE = "*"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, DuckDB's name of its type, and its meaning in one sentence."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class FileThere:
    """A file of this database on the disk: its name without the folder, its size in bytes, what it is for."""

    name: str
    size: int
    what: str


@functools.cache
def words() -> dict[str, dict[str, str]]:
    """The sentence of each column by table and column; that of a table itself is under `"*"`."""
    found: dict[str, dict[str, str]] = tomllib.loads(_WORDS.read_text("utf-8"))
    return found


def about(table: str) -> str:
    """What a table holds, in one sentence."""
    return words()[table][_TABLE]


def tables(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """The tables and views of this database whose meaning is known, in the order in which to show them."""
    there = con.execute(
        """select distinct table_name from duckdb_columns()
        where not internal and schema_name = 'main' and database_name = current_database()"""
    ).fetchall()
    return tuple(table for table in words() if (table,) in there)


def columns(con: duckdb.DuckDBPyConnection, table: str) -> tuple[Column, ...]:
    """The columns of a table, in its own order. LookupError for one that is not among `words`."""
    told = words()[table]
    return tuple(Column(name, kind, told.get(name, "")) for name, kind, *_ in con.execute(f"describe {table}").fetchall())


def rows(con: duckdb.DuckDBPyConnection, table: str, most: int) -> list[tuple[str | None, ...]]:
    """The first rows of a table as text, times on the practice's clock. LookupError for a table that is not among `words`."""
    picked = ", ".join(f'"{column.name}"::varchar' for column in columns(con, table))  # no name reaches SQL but from words()
    with_zone = con.execute("select time_zone from practice").fetchall()
    con.execute(f"set TimeZone = '{with_zone[0][0] if with_zone else 'UTC'}'")  # an IANA name, verified when it was read
    try:
        return con.execute(f"select {picked} from {table} limit ?", [most]).fetchall()
    finally:
        con.execute("set TimeZone = 'UTC'")


def files(db: Path, practice: Path) -> tuple[FileThere, ...]:
    """The database, and what lies beside it for its sake."""
    known = {
        db.name: "everything that is stored",
        key_path(db).name: "the key behind the keyed marks",
        db.name + ".wal": "what the last program wrote before it was stopped",
    }
    beside = sorted(path for path in db.parent.glob("*") if path.name.startswith(db.name))
    leftover = "left over from a program that was stopped"
    there = [FileThere(path.name, _size(path), known.get(path.name, leftover)) for path in beside]
    if practice.is_file():
        there.append(FileThere(practice.name, _size(practice), "your settings and rules"))
    return tuple(there)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else sum(_size(each) for each in path.glob("*"))
