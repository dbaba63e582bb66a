"""Back up into one file, and restore from it: all or nothing, and nothing that fails the check takes the place of the old."""

import contextlib
import io
from pathlib import Path
from typing import BinaryIO

import duckdb

from etl import backup_file, marts, recount
from etl.backup_file import DATABASE, KEY, Backup, Opened
from etl.changes import changed_outside, practice_file
from etl.edit import practice_beside
from etl.given import Given
from etl.keyed import Key, key_path
from etl.model import Refused, WrongUsage
from etl.store import default_path, holds_sample, open_read, open_write, rewrite, rewrite_due, sample_path
from etl.store.beside import RESTORING, copy_into, finish_killed, private_file, private_folder, put_in_place, same
from etl.store.connection import HeldError, StoreError, alone, connected, replace, sentences
from etl.store.key import open_key

_NEW = ".new"
_OLDER = "Nothing was changed; take an older backup"


def back_up(db: Path, out: Path) -> None:
    """Write everything into one file, all or nothing; only its owner may read it.

    Raises WrongUsage where the file cannot be the backup's, StoreError where either cannot be read or written.
    """
    if out.is_dir():
        raise WrongUsage(out.name, "this is a folder", "Name the file to back up into")
    if out.resolve() in {path.resolve() for path in (db, key_path(db), practice_file(db))}:
        raise WrongUsage(out.name, "this is one of the files to back up", "Name another file")
    new = out.with_name(out.name + _NEW)
    try:
        with sentences(out), private_file(new) as f:
            _write(db, f)
        with sentences(out):
            replace(new, out)
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)


def as_bytes(db: Path) -> bytes:
    """The same in memory. Raises StoreError where the database cannot be read."""
    out = io.BytesIO()
    _write(db, out)
    return out.getvalue()


def restore(file: Given, db: Path) -> Backup:
    """Put what a backup holds in the place of the database, its key and its practice.toml; what the backup was.

    It is unpacked beside them, brought up to date and checked first; the old ones stay until all three are in place.
    Raises Refused where the backup cannot be taken or would cost something that is nowhere else, StoreError where the disk or
    the database in place does not let it; nothing is changed then.
    """
    with backup_file.opened(file) as backup:
        practice = _place(db, backup)
        staged, settings = db.with_name(db.name + RESTORING), practice.with_name(practice.name + RESTORING)
        with sentences(db):
            db.parent.mkdir(parents=True, exist_ok=True)
        places = {key_path(staged): key_path(db), settings: practice}
        with sentences(db), alone(key_path(staged)):
            if db.exists():
                with open_read(db) as con:
                    finish_killed(con, db, practice)
            try:
                if db.exists() and changed_outside(db):
                    mend = "Take that change over on the Data page, or move the file away, then restore again"
                    raise Refused(practice.name, "it was changed outside of the dashboard", mend)
                for part, path in ((DATABASE, staged), (KEY, key_path(staged))):
                    with private_file(path) as f:
                        backup.copy(part, f)
                text = _made_ready(backup, staged, practice)
                with private_file(settings) as f:
                    f.write(text.encode())
                _verify_nothing_is_lost(db, places)
                put_in_place(db, staged, places)
            finally:
                with contextlib.suppress(OSError):
                    for path in (staged, staged.with_name(staged.name + ".wal"), staged.with_name(staged.name + _NEW), *places):
                        path.unlink(missing_ok=True)
        return backup.about


def _write(db: Path, out: BinaryIO) -> None:
    """The database is copied row by row, so that no forgotten bytes go along."""
    with open_read(db):  # where there is none, or none of ours, nothing is made beside it
        pass
    with sentences(db), private_folder(db) as folder, open_read(db) as con:
        practice = con.execute("select practice_text from practice").fetchall()
        if not practice:
            raise Refused(db.name, "there is nothing in it yet to back up", "Load a calendar first")
        open_key(con, db)
        copy_into(con, folder / DATABASE)
        key = key_path(db).read_bytes()
        backup_file.write(out, folder / DATABASE, key, practice[0][0].encode(), is_sample=holds_sample(con))


def _place(db: Path, backup: Opened) -> Path:
    """Where the practice.toml of this database is to be. Refused where the backup is not one for this database.

    The path in the backup is that of another day and perhaps another machine: a copy that is restored elsewhere must not
    write over the file of the one that is in use.
    """
    sample = backup.about.is_sample
    if db.exists():
        try:
            with open_read(db) as con:
                there = holds_sample(con)
            practice = practice_file(db)
        except HeldError:
            raise
        except StoreError as error:
            what = "what is there now cannot be read, so it is not replaced"
            raise Refused(db.name, what, "Move it to another place, then restore again") from error
    else:
        there = {sample_path(): True, default_path(): False}.get(db, sample)
        practice = practice_beside(db, is_sample=sample)
    if there != sample:
        what = "it is of the sample practice" if sample else "it is of a practice, and this is the sample"
        raise Refused(backup.name, what, "Name the other database with --db, or change over in the dashboard, then restore it")
    return practice.resolve()


def _made_ready(backup: Opened, staged: Path, practice: Path) -> str:
    """Bring the unpacked database up to date, verify it, and tell it where its practice.toml is to be; that file's text."""
    name = backup.name
    _verify_contents(backup, staged)
    try:
        with open_write(staged) as con:
            con.execute("update practice set practice_path = ?", [str(practice)])
            stored = recount.stored_practice(con)
            broken = sum(1 for _, _, times in marts.ask(con, "check").fetchall() if times)
            due = rewrite_due(con)
            if stored is None or broken:
                what = f"the database in it breaks {broken} of the counting rules" if stored else "the database in it is empty"
                raise Refused(name, what, _OLDER)
        if due:
            rewrite(staged)
    except StoreError as error:
        why = str(error).partition(": ")[2].rstrip(".")
        raise StoreError(f"{name}: it was not restored, and nothing was changed: {why}.") from error
    except duckdb.Error as error:
        raise Refused(name, "the database in it is damaged", _OLDER) from error
    return stored[0].text


def _verify_contents(backup: Opened, staged: Path) -> None:
    """The unpacked database is what the backup says, and the key is its own."""
    try:
        with connected(staged, staged, read_only=True) as con:
            told = con.execute("select program, schema_version, is_sample, key_check from about_file").fetchall()
    except (StoreError, duckdb.Error):
        told = []
    if [row[:3] for row in told] != [("owner-time", backup.about.schema_version, backup.about.is_sample)]:
        raise Refused(backup.name, "the database in it is damaged, or another than the backup says", _OLDER)
    if Key(key_path(staged).read_bytes()).hash("owner-time") != told[0][3]:
        raise Refused(backup.name, "the key in it belongs to another database", _OLDER)


def _verify_nothing_is_lost(db: Path, places: dict[Path, Path]) -> None:
    """Where there is no database, a key or a practice.toml may still be all that is left of one."""
    for new, place in places.items():
        if not db.exists() and place.exists() and not same(new, place):
            what = "it lies there without its database, and restoring would replace it"
            raise Refused(place.name, what, "Move it to another place, then restore again")
