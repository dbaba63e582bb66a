"""Connections to the one file: one writer at a time, a wait for another program, and a plain sentence for what goes wrong."""

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from etl.store.gate import gate

PATIENCE = 3.0  # seconds to wait for another process to let go of the file
_SPARE: deque[duckdb.DuckDBPyConnection] = deque(maxlen=4)
"""Instances in memory that nothing is attached to now."""
_READ: dict[Path, tuple[duckdb.DuckDBPyConnection, int]] = {}
"""The files that are being read, each with its instance, and by how many."""
_ALONE = threading.Lock()
_GUEST = "practice_file"
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # Nothing is fetched, and nothing is spilled to a temporary file: what is dropped in memory never meets the disk.
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "temp_directory": "",
    # What is committed goes into the file at once: the write-ahead log would only be written to be folded in after it.
    "checkpoint_threshold": "1KB",
    "threads": 1,  # ten years fit into one row group: a second thread has nothing to do but wait
}


# How DuckDB says that the file is in use (Linux and macOS; Windows; this very process) and that it is not sound.
_HELD = ("Could not set lock", "being used by another process", "different configuration", "Unique file handle conflict")
_DAMAGED = ("not a valid DuckDB", "Serialization", "Could not read enough bytes", "Corrupt", "corrupt")


class StoreError(Exception):
    """The database cannot be used; the text is the sentence to show."""


class HeldError(StoreError):
    """Another program has the database open."""


def alone(db: Path) -> contextlib.AbstractContextManager[None]:
    """One writer at a time within this process too, and nobody who reads: DuckDB's lock on the file holds off other processes
    only, and each session of the dashboard is a thread."""
    return _in_turn(db, gate(db).to_write(PATIENCE))


def nobody_writing(db: Path) -> contextlib.AbstractContextManager[None]:
    """While no thread of this process writes it."""
    return _in_turn(db, gate(db).to_read(PATIENCE))


@contextlib.contextmanager
def _in_turn(db: Path, turn: contextlib.AbstractContextManager[bool]) -> Iterator[None]:
    with turn as free:
        if not free:
            raise HeldError(f"{db.name}: another page is changing it just now. Wait a moment, then try again.")
        yield


@contextlib.contextmanager
def sentences(db: Path) -> Iterator[None]:
    """Turn what the disk and DuckDB say, which may quote content, into one plain sentence."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise StoreError(f"{db.name}: this machine has not enough free memory for it. Close other programs.") from error
    except (duckdb.Error, OSError) as error:
        text = str(error)
        if isinstance(error, duckdb.Error) and any(sign in text for sign in _DAMAGED):
            raise StoreError(
                f"{db.name}: this file is no Owner Time database, or it is damaged. It was left as it is: move it"
                " away and restore a backup, or name another with --db."
            ) from error
        if "No space left" in text or getattr(error, "errno", None) == 28:
            raise StoreError(f"{db.name}: the disk is full, so nothing was changed. Free some space and try again.") from error
        if isinstance(error, FileNotFoundError | NotADirectoryError | FileExistsError):
            raise StoreError(f"{db.name}: its folder is not there and cannot be made. Choose another place.") from error
        if isinstance(error, PermissionError) or "Permission denied" in text or "Read-only" in text:
            raise StoreError(f"{db.name}: this folder or file may not be written to. Choose another place with --db.") from error
        if isinstance(error, duckdb.IOException | OSError):
            raise StoreError(
                f"{db.name}: the disk refused to write or read it. Check the disk and its free space; what was"
                " stored before is still there."
            ) from error
        raise


def replace(new: Path, db: Path) -> None:
    """os.replace, tried again while another process reads the old file (Windows holds it back)."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            new.replace(db)
            return
        except PermissionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


@contextlib.contextmanager
def connected(path: Path, db: Path, *, read_only: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a file; `db` is what messages call it."""
    if read_only:
        with _shared(path, db) as home, another(home) as guest:
            yield guest
        return
    con = _patiently(db, lambda: duckdb.connect(str(path), config=_CONFIG))
    try:
        con.execute("set TimeZone = 'UTC'")
        yield con
    finally:
        con.close()


@contextlib.contextmanager
def _shared(path: Path, db: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The instance to which the file is attached while anybody in this process reads it.

    It is opened once for all of them: POSIX drops all locks of a process on a file as soon as any of its descriptors of that
    file is closed, and a writer of another process would be let in under those that go on reading.
    """
    place = path.resolve()
    home = _patiently(db, lambda: _attach(place))
    try:
        yield home
    finally:
        _detach(place)


@contextlib.contextmanager
def another(con: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """A second connection that reads what this one reads, for another thread; this one has to outlive it."""
    second = con.cursor()
    try:
        second.execute(f"use {_GUEST}")
        second.execute("set TimeZone = 'UTC'")
        yield second
    finally:
        second.close()


def _attach(path: Path) -> duckdb.DuckDBPyConnection:
    """The instance for this file, kept from reading to reading: to start one takes seven times as long as to attach a file (16
    ms and 2)."""
    with _ALONE:
        home, readers = _READ.get(path) or (None, 0)
        if home is None:
            home = _SPARE.pop() if _SPARE else duckdb.connect(config=_CONFIG)
            try:
                home.execute(f"attach {_quoted(path)} as {_GUEST} (read_only)")
            except BaseException:
                home.close()
                raise
        _READ[path] = home, readers + 1
        return home


def _detach(path: Path) -> None:
    """Let go of the file where nobody else reads it; the instance is kept, unless something was left open in it."""
    with _ALONE:
        home, readers = _READ.pop(path)
        if readers > 1:
            _READ[path] = home, readers - 1
            return
        try:
            home.execute(f"detach {_GUEST}")
        except duckdb.Error:
            home.close()
            return
        _SPARE.append(home)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _patiently(db: Path, connect: Callable[[], duckdb.DuckDBPyConnection]) -> duckdb.DuckDBPyConnection:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return connect()
        except duckdb.Error as error:
            text = str(error)
            if not any(sign in text for sign in _HELD):
                with sentences(db):
                    raise
            if time.monotonic() > deadline:
                raise HeldError(
                    f"{db.name}: another program has it open{_holder(text)}. Close that program, then try again."
                ) from error
            time.sleep(0.05)


def _holder(text: str) -> str:
    """DuckDB names the process that holds the lock; only its number is repeated here."""
    after = text.partition("PID ")[2]
    number = "".join(c for c in after[:10] if c.isdigit())
    return f" (process {number})" if number else ""
