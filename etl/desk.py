"""The database that files are loaded into: looked into while nothing is written, written when something is."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

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
    def write(self, practice: Practice, path: str) -> Iterator[tuple[duckdb.DuckDBPyConnection, Key]]:
        """A connection to write with, counted by this practice; all is settled at its end."""
        self.close()
        with open_write(self.db) as con:
            key = prepare(con, self.db, practice, path)
            yield con, key
            due = rewrite_due(con)
        self.stored, self.rewrite_due = (practice, path), due
