"""The database that files are loaded into: looked into while nothing is written, written when something is."""

import contextlib
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

import duckdb

from etl import recount
from etl.keyed import Key
from etl.practice import Practice
from etl.store import fold_in, holds_sample, open_read, open_write, rewrite_due
from etl.store.connection import sentences
from etl.store.key import open_key


def prepare(con: duckdb.DuckDBPyConnection, db: Path, practice: Practice, path: str) -> Key:
    """The key of an open database, with this practice set."""
    key = open_key(con, db)
    recount.set_practice(con, practice, path, key)
    return key


class Desk:
    """The database of one load: looked into by one connection while nothing is written, and what was found there."""

    def __init__(self, db: Path) -> None:
        self.db = db
        self.stored: tuple[Practice, str] | None = None
        self.sample = self.rewrite_due = False
        self._reading = contextlib.ExitStack()
        self._con: duckdb.DuckDBPyConnection | None = None
        self._ahead: _Ahead | None = None

    @contextlib.contextmanager
    def opened(self) -> Iterator["Desk"]:
        """While this lasts, the database may be looked into and written."""
        fold_in(self.db)
        with self._reading, sentences(self.db):
            if con := self.look():
                self.stored, self.sample, self.rewrite_due = recount.stored_practice(con), holds_sample(con), rewrite_due(con)
            yield self

    def look(self) -> duckdb.DuckDBPyConnection | None:
        """A connection to look into the database with, where there is one yet."""
        if self._con is None and self.db.exists():
            self._con = self._reading.enter_context(open_read(self.db))
        return self._con

    def close(self) -> None:
        """Let go of the database, so that it can be written."""
        self._con = None
        self._reading.close()

    @contextlib.contextmanager
    def making(self, practice: Practice, path: str) -> Iterator[None]:
        """While a file is read, make the database that it will be written to, where there is none yet: that takes as long
        as reading a year. Where the reading fails no trace of it is left."""
        if self.db.exists():
            yield
            return
        self._ahead = _Ahead(_open(self.db, practice, path))
        try:
            yield
        except BaseException as error:
            self._ahead.give_up(error)
            self._ahead = None
            raise

    @contextlib.contextmanager
    def write(self, practice: Practice, path: str) -> Iterator[tuple[duckdb.DuckDBPyConnection, Key]]:
        """A connection to write with, counted by this practice; all is settled at its end."""
        self.close()
        ahead, self._ahead = self._ahead, None
        with ahead or _open(self.db, practice, path) as (con, key):
            yield con, key
            due = rewrite_due(con)
        self.stored, self.rewrite_due = (practice, path), due


@contextlib.contextmanager
def _open(db: Path, practice: Practice, path: str) -> Iterator[tuple[duckdb.DuckDBPyConnection, Key]]:
    with open_write(db) as con:
        yield con, prepare(con, db, practice, path)


class _Ahead:
    """A database that a thread of its own opens to write; to be used like what it opens it with."""

    def __init__(self, opening: AbstractContextManager[tuple[duckdb.DuckDBPyConnection, Key]]) -> None:
        self._opening = opening
        self._opened: tuple[duckdb.DuckDBPyConnection, Key] | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._enter)
        self._thread.start()

    def _enter(self) -> None:
        try:
            self._opened = self._opening.__enter__()
        except BaseException as error:  # noqa: BLE001 - nothing is lost: whoever waits for it is told
            self._error = error

    def __enter__(self) -> tuple[duckdb.DuckDBPyConnection, Key]:
        self._thread.join()
        if self._opened is None:
            raise self._error or RuntimeError("the thread ended without a word")
        return self._opened

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> bool | None:
        return self._opening.__exit__(kind, error, at)

    def give_up(self, error: BaseException) -> None:
        """Write nothing, because of this error."""
        self._thread.join()
        if self._opened is not None:
            self._opening.__exit__(type(error), error, error.__traceback__)
