"""Leave with everything: a folder of CSV, with the practice as a file and a list of what each column means."""

from pathlib import Path

import duckdb

from etl import bundle, stored
from etl.export import COLUMNS, ORDER, select
from etl.store import open_read

MORE = {
    "corrections": "correction_id",
    "interruptions_held": "starts_at, interruption_id",
    "locations": "location_order",
    "load_notes": "source_id, line nulls first, note",
}
"""What goes along beside the tables of the contract, as far as the database has it, and how it is sorted."""

SCHEMA, PRACTICE = "schema.csv", "practice.toml"


def files(con: duckdb.DuckDBPyConnection) -> dict[str, bytes]:
    """Everything to take along: the name and the bytes of each file."""
    there = stored.tables(con)
    order = ORDER | {table: by for table, by in MORE.items() if table in there}
    found: dict[str, bytes] = {}
    told: list[list[str]] = []
    for table, by in order.items():
        known = {column.name: column for column in stored.columns(con, table)}
        picked = COLUMNS.get(table, ", ".join(known))
        names, rows = select(con, table, picked, by)
        found[f"{table}.csv"] = bundle.as_csv(names, rows)
        told += [[table, name, known[name].type, known[name].meaning] for name in names]
    found[SCHEMA] = bundle.as_csv(["table", "column", "type", "meaning"], told)
    for (text,) in con.execute("select practice_text from practice").fetchall():
        found[PRACTICE] = text.encode()
    return found


def as_zip(db: Path) -> bytes:
    """The folder as one zip, made in memory. Raises StoreError where the database cannot be read."""
    with open_read(db) as con:
        return bundle.zipped(files(con))


def take_along(db: Path, out: Path) -> int:
    """Write everything into a new folder, or into one zip where the name ends so; all or nothing. Only its owner may read it.

    Gives the number of files. Raises WrongUsage where the folder holds something already, StoreError where either cannot
    be read or written.
    """
    bundle.verify_free(out)
    with open_read(db) as con:
        found = files(con)
    bundle.write(out, found)
    return len(found)
