"""Leave with everything: a folder of CSV, with the practice as a file and a list of what each column means."""

import contextlib
import io
import os
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from etl import stored
from etl.export import COLUMNS, ORDER, select, write_csv
from etl.model import WrongUsage
from etl.store import open_read
from etl.store.connection import sentences

MORE = {
    "corrections": "correction_id",
    "interruptions_held": "starts_at, interruption_id",
    "locations": "location_order",
    "load_notes": "source_id, line nulls first, note",
}
"""What goes along beside the tables of the contract, as far as the database has it, and how it is sorted."""

SCHEMA, PRACTICE = "schema.csv", "practice.toml"
_NEW = ".new"  # while it is being written
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can name: the same data gives the same zip


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
        found[f"{table}.csv"] = _csv(names, rows)
        told += [[table, name, known[name].type, known[name].meaning] for name in names]
    found[SCHEMA] = _csv(["table", "column", "type", "meaning"], told)
    for (text,) in con.execute("select practice_text from practice").fetchall():
        found[PRACTICE] = text.encode()
    return found


def as_zip(db: Path) -> bytes:
    """The folder as one zip, made in memory. Raises StoreError where the database cannot be read."""
    with open_read(db) as con:
        return _zipped(files(con))


def take_along(db: Path, out: Path) -> int:
    """Write everything into a new folder, or into one zip where the name ends so; all or nothing. Only its owner may read it.

    Gives the number of files. Raises WrongUsage where the folder holds something already, StoreError where either cannot
    be read or written.
    """
    zipped = out.suffix.lower() == ".zip"
    if out.is_dir() if zipped else out.exists() and not (out.is_dir() and not any(out.iterdir())):
        what = "this is a folder" if zipped else "there is something of this name already"
        raise WrongUsage(out.name, what, "Name a new folder, or a file ending in .zip")
    with open_read(db) as con:
        found = files(con)
    new = out.with_name(out.name + _NEW)
    try:
        with sentences(out):
            _remove(new)
            if zipped:
                _write(new, _zipped(found))
            else:
                new.mkdir(mode=0o700)
                for name, data in found.items():
                    _write(new / name, data)
                if out.is_dir():
                    out.rmdir()  # it is empty; Windows puts no folder in the place of another
            new.replace(out)
    finally:
        with contextlib.suppress(OSError):
            _remove(new)
    return len(found)


def _csv(names: list[str], rows: Iterable[Iterable[Any]]) -> bytes:
    out = io.StringIO(newline="")
    write_csv(out, names, rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _zipped(found: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in found.items():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.external_attr = 0o600 << 16
            packed.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600), "wb") as f:
        f.write(data)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
