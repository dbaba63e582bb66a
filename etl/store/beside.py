"""What lies beside the database for a while: a copy to pack, a backup that is unpacked, and what is put aside meanwhile."""

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import rmtree
from typing import BinaryIO

import duckdb

from etl.keyed import Key, key_path
from etl.store.connection import alone, connected, replace

BACKING_UP, RESTORING = ".backup", ".restore"
_OLD = ".old"


def copy_into(con: duckdb.DuckDBPyConnection, new: Path) -> None:
    """Copy all that is stored, and nothing that was forgotten, into a file that is not there yet."""
    name = str(con.execute("select current_database()").fetchall()[0][0]).replace('"', '""')
    quoted_path = str(new).replace("'", "''")
    con.execute(f"attach '{quoted_path}' as copied (read_write)")
    con.execute(f'copy from database "{name}" to copied')
    con.execute("update copied.about_file set rewrite_due = false")
    con.execute("checkpoint copied")
    con.execute("detach copied")


@contextlib.contextmanager
def private_file(path: Path) -> Iterator[BinaryIO]:
    """A new file that only its owner may read, on the disk when the block ends."""
    path.unlink(missing_ok=True)  # of a program that was killed
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0), 0o600), "w+b") as f:
        yield f
        f.flush()
        os.fsync(f.fileno())


@contextlib.contextmanager
def private_folder(db: Path) -> Iterator[Path]:
    """A folder beside the database that only its owner may open, for as long as it is needed."""
    folder = db.with_name(db.name + BACKING_UP)
    with alone(folder):
        rmtree(folder, ignore_errors=True)  # of a backup that was killed
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            rmtree(folder, ignore_errors=True)


def put_in_place(db: Path, new: Path, places: Mapping[Path, Path]) -> None:
    """Other files first, from path to place, the old ones kept aside; then the database, in one step, while nobody else
    can open it. All are as before where any of them cannot be moved."""
    moved: list[Path] = []
    placed: list[Path] = []
    with contextlib.ExitStack() as held:
        if db.exists():
            held.enter_context(alone(db))
            lock = held.enter_context(contextlib.ExitStack())
            con = lock.enter_context(connected(db, db, read_only=False))
            if db.with_name(db.name + ".wal").exists():
                con.execute("checkpoint")  # a log that stays behind would be taken for the new database's
            if os.name != "posix":  # Windows replaces no open file
                lock.close()
        try:
            for path, place in places.items():
                if place.exists() and not same(path, place):
                    replace(place, aside(place))
                    moved.append(place)
                if not place.exists():
                    replace(path, place)
                    placed.append(place)
            replace(new, db)
        except BaseException:
            for place in placed:
                place.unlink(missing_ok=True)
            for place in moved:
                replace(aside(place), place)
            raise
    for place in moved:
        with contextlib.suppress(OSError):
            aside(place).unlink(missing_ok=True)


def finish_killed(con: duckdb.DuckDBPyConnection, db: Path, practice: Path) -> None:
    """What a restore that was killed had put aside goes back where it is still the database's own, else away."""
    check = con.execute("select key_check from about_file").fetchall()[0][0]
    texts = [text for (text,) in con.execute("select practice_text from practice").fetchall()]
    for place in (key_path(db), practice):
        if aside(place).exists():
            data = aside(place).read_bytes()
            text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
            own = text in texts if place == practice else Key(data).hash("owner-time") == check
            if own:
                replace(aside(place), place)
            else:
                aside(place).unlink()


def remove_leftovers(db: Path) -> None:
    """Of a backup and of a restore that were killed."""
    rmtree(db.with_name(db.name + BACKING_UP), ignore_errors=True)
    unpacked = db.with_name(db.name + RESTORING)
    for path in (
        unpacked,
        unpacked.with_name(unpacked.name + ".wal"),
        unpacked.with_name(unpacked.name + ".new"),
        key_path(unpacked),
    ):
        path.unlink(missing_ok=True)


def aside(place: Path) -> Path:
    """Where the old file of this place is kept meanwhile."""
    return place.with_name(place.name + _OLD)


def same(path: Path, other: Path) -> bool:
    """Whether both are files of the same bytes."""
    return path.is_file() and other.is_file() and path.read_bytes() == other.read_bytes()
