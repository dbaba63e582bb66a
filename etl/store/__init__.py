"""The one local DuckDB file: opening it, writing to it all or nothing, and writing it anew when text must leave it.

Open, work, close: while one process has the file open to write, no other can open it, so nobody keeps it open.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb

from etl.keyed import key_path
from etl.store.beside import copy_into, remove_leftovers
from etl.store.connection import HeldError, StoreError, alone, connected, nobody_writing, replace, sentences

SCHEMA_VERSION = 6
_SCHEMA = Path(__file__).with_name("schema.sql")


def default_path() -> Path:
    """$OWNER_TIME_DB, else data/owner_time.duckdb in the project's folder."""
    named = os.environ.get("OWNER_TIME_DB")
    return Path(named) if named else Path(__file__).parents[2] / "data" / "owner_time.duckdb"


def sample_path() -> Path:
    """The sample practice's own file, beside the owner's."""
    return default_path().with_name("sample.duckdb")


@contextlib.contextmanager
def open_read(db: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that cannot change the file. Raises StoreError where there is none, or none of ours.

    A file of an older version is brought up to date first.
    """
    if not db.exists():
        raise StoreError(f"{db.name}: there is no such database yet. Load a calendar first.")
    with contextlib.ExitStack() as opened:
        opened.enter_context(nobody_writing(db))
        con = opened.enter_context(connected(db, db, read_only=True))
        opened.enter_context(sentences(db))
        if _verify(con, db) < SCHEMA_VERSION:
            opened.close()
            _bring_up_to_date(db)
            opened.enter_context(nobody_writing(db))
            con = opened.enter_context(connected(db, db, read_only=True))
            opened.enter_context(sentences(db))
        yield con


@contextlib.contextmanager
def open_write(db: Path, *, is_sample: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection inside one transaction: committed when the block ends well, else nothing of it is kept.

    A database that is not there yet is made beside its place and put there when it is whole, so that a program that
    is killed leaves none that is half made. The write-ahead log is folded in at once, since DuckDB opens an older
    state without a word where that log is lost.
    """
    with alone(db), _writing(db, is_sample=is_sample) as con:
        yield con


@contextlib.contextmanager
def _writing(db: Path, *, is_sample: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    with sentences(db):
        db.parent.mkdir(parents=True, exist_ok=True)
    had_key = key_path(db).exists()
    made, number, failed = db, 0, None
    try:
        with contextlib.ExitStack() as opened:
            made, con = _open_to_write(db, opened)
            opened.enter_context(sentences(db))
            db.with_name(db.name + ".new").unlink(missing_ok=True)  # of a rewrite that was killed
            empty = made != db and not _has_schema(con)
            con.begin()
            try:
                if empty:
                    con.execute(_SCHEMA.read_text("utf-8"))
                    con.execute("insert into about_file values ('owner-time', ?, '', ?, false, 0)", [SCHEMA_VERSION, is_sample])
                if _verify(con, db) < SCHEMA_VERSION:
                    migrate(con, db)
                number = con.execute("update about_file set writes = writes + 1 returning writes").fetchall()[0][0]
                yield con
            except BaseException:
                with contextlib.suppress(duckdb.Error):  # the failure itself is what must be told
                    con.rollback()
                raise
            try:
                con.commit()
                con.execute("checkpoint")
            except duckdb.Error as error:
                failed = error
            if made != db and not failed and os.name == "posix":  # while it is locked, so that nobody else makes it in between
                made.replace(db)
        with sentences(db):
            if failed and (made != db or not _holds_write(db, number)):
                raise failed
            if made != db and os.name != "posix":  # Windows moves no open file
                replace(made, db)
    except HeldError:
        raise
    except BaseException:
        if made != db:
            for leftover in [made, made.with_name(made.name + ".wal")] + ([] if had_key else [key_path(db)]):
                leftover.unlink(missing_ok=True)
        raise


def _open_to_write(db: Path, opened: contextlib.ExitStack) -> tuple[Path, duckdb.DuckDBPyConnection]:
    """A connection to the database or, where there is none yet, to one that is made beside its place; and the file it is to."""
    while True:
        made = db if db.exists() else db.with_name(db.name + ".first")
        try:
            con = opened.enter_context(connected(made, db, read_only=False))
        except HeldError:
            raise
        except StoreError:
            if made != db:
                made.unlink(missing_ok=True)
            raise
        if made == db or not db.exists():
            return made, con
        opened.close()  # another program put its database in place while this one waited for it: ours is empty
        made.unlink(missing_ok=True)


def _holds_write(db: Path, number: int) -> bool:
    """Whether a write is in the file although committing it failed: its log was whole, and only folding it in was not
    possible, on a full disk say. The next write folds it in."""
    with connected(db, db, read_only=True) as con:
        return bool(con.execute("select writes >= ? from about_file", [number]).fetchall()[0][0])


def fold_in(db: Path) -> None:
    """Fold in a log that a killed program left beside the database: where such a log is lost, DuckDB opens an older state
    without a word."""
    if db.exists() and db.with_name(db.name + ".wal").exists():
        with contextlib.suppress(HeldError), alone(db), sentences(db), connected(db, db, read_only=False) as con:
            con.execute("checkpoint")


def rewrite(db: Path) -> None:
    """Write the file anew, so that deleted text is no longer in its unused bytes, and put it in the old one's place.

    Deleting rows leaves their text readable in the file; a copy into a new one does not (PLATFORM: 500 of 500).
    What a backup or a restore left beside it when it was killed holds that text too, and goes.
    """
    new = db.with_name(db.name + ".new")
    with alone(db), sentences(db):
        try:
            with connected(db, db, read_only=False) as con:
                new.unlink(missing_ok=True)  # of a rewrite that was killed
                copy_into(con, new)
                with new.open("rb+") as f:
                    os.fsync(f.fileno())
                if os.name == "posix":  # while the old file is still locked, so that nobody writes to it in between
                    new.replace(db)
            if os.name != "posix":  # Windows replaces no open file
                replace(new, db)
            remove_leftovers(db)
        except HeldError:
            raise
        except BaseException:
            for leftover in (new, new.with_name(new.name + ".wal")):
                leftover.unlink(missing_ok=True)
            raise


def rewrite_due(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether forgotten text may still lie in the file's unused bytes."""
    return bool(con.execute("select rewrite_due from about_file").fetchall()[0][0])


def holds_sample(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether this is the sample practice's file."""
    return bool(con.execute("select is_sample from about_file").fetchall()[0][0])


def remove_database(db: Path) -> None:
    """Remove a database with all that lies beside it for its sake."""
    with sentences(db):
        for ending in ("", ".wal", ".new", ".first", ".first.wal"):
            db.with_name(db.name + ending).unlink(missing_ok=True)
        key_path(db).unlink(missing_ok=True)
        remove_leftovers(db)


def _has_schema(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether a database that is being made already has its tables: from a program that was killed while it made it."""
    try:
        con.execute("from about_file limit 0")
    except duckdb.CatalogException:
        return False
    return True


def migrate(con: duckdb.DuckDBPyConnection, db: Path) -> None:
    """Bring an older version's tables up to date, within the transaction that is open."""
    from etl.store.key import open_key  # these need this module
    from etl.store.migration import bring_up_to_date

    bring_up_to_date(con, _SCHEMA.read_text("utf-8"), SCHEMA_VERSION, open_key(con, db) if key_path(db).exists() else None)


def _bring_up_to_date(db: Path) -> None:
    try:
        with open_write(db):
            pass
    except HeldError:
        raise
    except StoreError as error:
        why = str(error).removeprefix(f"{db.name}: ")
        raise StoreError(
            f"{db.name}: it was written by an older Owner Time and has to be brought up to date once, which did not work: {why}"
        ) from error


def _verify(con: duckdb.DuckDBPyConnection, db: Path) -> int:
    """The version of the tables; StoreError where they are another program's or a newer version's."""
    try:
        (program, version), *_ = con.execute("select program, schema_version from about_file").fetchall()
    except (duckdb.CatalogException, duckdb.BinderException, ValueError):
        program, version = "", 0
    if program != "owner-time":
        raise StoreError(f"{db.name}: this database belongs to another program. It was left as it is; name another with --db.")
    if version > SCHEMA_VERSION:
        raise StoreError(f"{db.name}: it was written by a newer Owner Time. Update Owner Time, then open it again.")
    return int(version)
