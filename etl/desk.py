"""The database that files are loaded into: looked into while nothing is written, written when something is."""

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb

from etl import recount
from etl.keyed import Key
from etl.practice import Practice
from etl.store import StoreError, holds_sample, open_read, open_write, rewrite_due, sentences
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
        self._making: _Making | None = None

    @contextlib.contextmanager
    def opened(self) -> Iterator["Desk"]:
        """While this lasts, the database may be looked into and written."""
        with self._reading, sentences(self.db):
            if con := self.look():
                self.stored, self.sample, self.rewrite_due = recount.stored_practice(con), holds_sample(con), rewrite_due(con)
            try:
                yield self
            finally:
                if self._making:
                    self._making.give_up()

    def expect_writing(self) -> None:
        """A database that is not there yet is made while the first file is being read: that takes a tenth of a load."""
        if not self.db.exists():
            self._making = _Making(self.db)

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
    def write(self, practice: Practice, path: str) -> Iterator[tuple[duckdb.DuckDBPyConnection, Key]]:
        """A connection to write with, counted by this practice; all is settled at its end."""
        self.close()
        making, self._making = self._making, None
        with making.finished() if making else open_write(self.db) as con:
            key = prepare(con, self.db, practice, path)
            yield con, key
            due = rewrite_due(con)
        self.stored, self.rewrite_due = (practice, path), due


class _Making:
    """A database opened to be written by a thread of its own."""

    def __init__(self, db: Path) -> None:
        self._stack = contextlib.ExitStack()
        self._con: duckdb.DuckDBPyConnection | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._open, args=[db])
        self._thread.start()

    def _open(self, db: Path) -> None:
        try:
            self._con = self._stack.enter_context(open_write(db))
        except BaseException as error:  # noqa: BLE001 - nothing is lost: whoever waits for it is told
            self._error = error

    @contextlib.contextmanager
    def finished(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The connection, as `open_write` gives it."""
        self._thread.join()
        if self._error is not None or self._con is None:
            raise self._error or RuntimeError("the database was not opened")
        with self._stack:
            yield self._con

    def give_up(self) -> None:
        """Nothing is to be written: leave no trace of it."""
        with contextlib.suppress(_NothingToWriteError, StoreError, OSError), self.finished():
            raise _NothingToWriteError


class _NothingToWriteError(Exception):
    pass
